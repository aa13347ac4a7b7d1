#include "crypto/digest.hpp"

#include "core/bytes.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

TEST(Digest, MatchesThePublishedValues) {
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha1, "abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha384, "abc")),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(
      to_hex(digest(digest_algorithm::sha512, "abc")),
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, AnyCutOfTheInputGivesTheSameValue) {
  const std::string octets(1000, 'q');
  for (const digest_algorithm d : {digest_algorithm::sha256, digest_algorithm::streebog256, digest_algorithm::streebog512,
                                   digest_algorithm::gost34311, digest_algorithm::gost34311_cryptopro}) {
    digester running(d);
    for (std::size_t cut = 0; cut <= octets.size(); cut += 37) {
      running.update(std::string_view(octets).substr(0, cut));
      running.update(std::string_view(octets).substr(cut));
      EXPECT_EQ(running.finish(), digest(d, octets)) << name_of(d) << " " << cut;
    }
  }
}

TEST(Digest, AnAbandonedDigestLeavesNothingToTheNext) {
  { digester(digest_algorithm::sha256).update("left over"); }
  { digester(digest_algorithm::streebog256).update("left over"); }
  EXPECT_EQ(to_hex(digest(digest_algorithm::streebog256, "")), "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, MovesToAnotherThread) {
  digester running(digest_algorithm::sha256);
  running.update("ab");
  std::string value;
  std::thread([&value, moved = std::move(running)]() mutable {
    moved.update("c");
    value = moved.finish();
  }).join();
  EXPECT_EQ(value, digest(digest_algorithm::sha256, "abc"));
}

TEST(Digest, EveryAlgorithmIsHereWithItsSize) {
  for (int i = 0; i <= static_cast<int>(digest_algorithm::gost34311_cryptopro); ++i) {
    const auto d = static_cast<digest_algorithm>(i);
    EXPECT_TRUE(supported(d)) << name_of(d);
    EXPECT_EQ(digest(d, "abc").size(), size_of(d)) << name_of(d);
  }
  EXPECT_EQ(size_of(digest_algorithm::streebog512), 64U);
  EXPECT_EQ(size_of(digest_algorithm::gost34311), 32U);
}

TEST(Algorithm, IdentifiersLeadBackToTheirAlgorithm) {
  for (int i = 0; i <= static_cast<int>(signature_algorithm::gost2015_512); ++i) {
    const auto s = static_cast<signature_algorithm>(i);
    EXPECT_EQ(signature_by_oid(oid_of(s)), s);
    EXPECT_FALSE(name_of(s).empty());
  }
  for (int i = 0; i <= static_cast<int>(digest_algorithm::streebog512); ++i) {
    const auto d = static_cast<digest_algorithm>(i);
    EXPECT_EQ(digest_by_oid(oid_of(d)), d);
  }
  EXPECT_EQ(digest_by_oid(""), std::nullopt);
  EXPECT_EQ(signature_by_oid("1.2.840.113549.1.1.4"), std::nullopt) << "MD5 with RSA has no place here";
  EXPECT_EQ(key_of(signature_algorithm::gost2015_512), key_kind::gost2015_512);
  EXPECT_EQ(digest_of(signature_algorithm::gost2015_512), digest_algorithm::streebog512);
  EXPECT_TRUE(is_weak(signature_algorithm::rsa_sha1));
  EXPECT_FALSE(is_weak(signature_algorithm::rsa_sha256));
}

TEST(Algorithm, S32_ASignatureIdentifierHasToFitTheKey) {
  EXPECT_EQ(signature_for("1.2.840.113549.1.1.11", key_kind::rsa), signature_algorithm::rsa_sha256);
  EXPECT_EQ(signature_for("1.2.840.113549.1.1.11", key_kind::gost2004), std::nullopt);
  EXPECT_EQ(signature_for("1.2.398.3.10.1.1.1.2", key_kind::gost2004), signature_algorithm::gost2004);
  EXPECT_EQ(signature_for("1.2.398.3.10.1.1.1.2", key_kind::gost2015_512), std::nullopt);
  EXPECT_EQ(signature_for("1.2.398.3.10.1.1.1.1", key_kind::gost2004), signature_algorithm::gost2004) << "the key's own, as old CMS has it";
  EXPECT_EQ(signature_for("1.2.398.3.10.1.1.2.2", key_kind::gost2015_512), signature_algorithm::gost2015_512);
  EXPECT_EQ(signature_for("1.2.398.3.10.1.1.2.2", key_kind::gost2004), std::nullopt);
  EXPECT_EQ(signature_for("1.2.840.113549.1.1.1", key_kind::rsa), std::nullopt) << "rsaEncryption names no digest";
  EXPECT_EQ(signature_for("", key_kind::other), std::nullopt);
}

TEST(Algorithm, IdentifiersAreWrittenAsTheNcaWritesThem) {
  EXPECT_EQ(to_hex(algorithm_identifier(signature_algorithm::gost2015_512)), "300e060a2a830e030a01010203020500");
  EXPECT_EQ(to_hex(algorithm_identifier(signature_algorithm::gost2004)), "300d06092a830e030a010101020500");
  EXPECT_EQ(to_hex(algorithm_identifier(digest_algorithm::streebog512)), "300c06082a830e030a0103030500");
  EXPECT_EQ(to_hex(algorithm_identifier(digest_algorithm::gost34311)), "300c06082a830e030a0103010500");
  EXPECT_THROW(algorithm_identifier(digest_algorithm::gost34311_cryptopro), std::logic_error);
}

}  // namespace
}  // namespace shep::crypto
