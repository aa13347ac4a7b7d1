#pragma once

#include "crypto/gost/curve.hpp"
#include "crypto/gost/field.hpp"
#include "crypto/gost/scalar.hpp"

/// The numbers of kz-eds.md section 1. Curves y^2 = x^3 + a x + b over p = 2^(64 N) - C. Inside module gost.
namespace shep::gost {

struct tc26_512_a {
  static constexpr curve id = curve::tc26_512_a;
  static constexpr std::size_t words = 8;
  using base = field<words, 569>;
  static constexpr bool a_is_minus_three = true;
  static constexpr unsigned cofactor = 1;
  static constexpr number<words> a = from_digits<words>(
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFDC4");
  static constexpr number<words> b = from_digits<words>(
      "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
      "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760");
  static constexpr number<words> x = from_digits<words>(
      "0000000000000000000000000000000000000000000000000000000000000000"
      "0000000000000000000000000000000000000000000000000000000000000003");
  static constexpr number<words> y = from_digits<words>(
      "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921"
      "DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4");
  static constexpr scalars<words> group{
      from_digits<words>("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
                         "27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275")};
};

struct cryptopro_a {
  static constexpr curve id = curve::cryptopro_a;
  static constexpr std::size_t words = 4;
  using base = field<words, 617>;
  static constexpr bool a_is_minus_three = true;
  static constexpr unsigned cofactor = 1;
  static constexpr number<words> a = from_digits<words>("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFD94");
  static constexpr number<words> b = from_digits<words>("00000000000000000000000000000000000000000000000000000000000000A6");
  static constexpr number<words> x = from_digits<words>("0000000000000000000000000000000000000000000000000000000000000001");
  static constexpr number<words> y = from_digits<words>("8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14");
  static constexpr scalars<words> group{from_digits<words>("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893")};
};

struct tc26_256_a {
  static constexpr curve id = curve::tc26_256_a;
  static constexpr std::size_t words = 4;
  using base = field<words, 617>;
  static constexpr bool a_is_minus_three = false;
  static constexpr unsigned cofactor = 4;
  static constexpr number<words> a = from_digits<words>("C2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335");
  static constexpr number<words> b = from_digits<words>("295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513");
  static constexpr number<words> x = from_digits<words>("91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28");
  static constexpr number<words> y = from_digits<words>("32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C");
  static constexpr scalars<words> group{from_digits<words>("400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67")};
};

}  // namespace shep::gost
