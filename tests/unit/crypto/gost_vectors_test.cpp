#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "crypto/gost/sign.hpp"
#include "crypto/gost/verify.hpp"
#include "gost_support.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using gost_support::bytes;
using gost_support::number;
using gost_support::reversed;
using gost_support::vectors;

digest_algorithm digest_named(std::string_view name) {
  if (name == "Streebog-256") return digest_algorithm::streebog256;
  if (name == "Streebog-512") return digest_algorithm::streebog512;
  EXPECT_EQ(name, "GOST34311-95-TestParamSet");
  return digest_algorithm::gost34311;
}

gost::curve curve_named(std::string_view id) {
  if (id == "tc26-512-A") return gost::curve::tc26_512_a;
  if (id == "tc26-256-A") return gost::curve::tc26_256_a;
  EXPECT_EQ(id, "cryptopro-A");
  return gost::curve::cryptopro_a;
}

std::shared_ptr<const gost::verifying_key> key_of(const boost::json::value& v) {
  auto why = gost::verifying_key::refusal::none;
  return gost::verifying_key::from_octets(curve_named(v.at("curve").as_string()), bytes(v, "public_key_hex"), why);
}

TEST(GostVectors, EveryHash) {
  SHEP_NEEDS_VECTORS();
  std::size_t count = 0;
  for (const auto& v : vectors().at("hashes").as_array()) {
    EXPECT_EQ(to_hex(digest(digest_named(v.at("algorithm").as_string()), bytes(v, "message_hex"))), v.at("digest_hex").as_string().c_str())
        << v.at("id");
    ++count;
  }
  EXPECT_EQ(count, 9U);
}

TEST(GostVectors, TheOtherSBoxGivesOtherValuesAndIsKeptForForensics) {
  SHEP_NEEDS_VECTORS();
  std::size_t count = 0;
  for (const auto& v : vectors().at("hashes_with_wrong_sbox").at("values").as_array()) {
    const std::string expected = bytes(v, "digest_hex");
    EXPECT_NE(digest(digest_algorithm::gost34311, bytes(v, "message_hex")), expected) << v.at("id");
    EXPECT_EQ(digest(digest_algorithm::gost34311_cryptopro, bytes(v, "message_hex")), expected) << v.at("id");
    ++count;
  }
  EXPECT_GE(count, 2U);
}

/// The generator as a public key is the key of d = 1: on its curve and of order q, or it would be refused (512-A and CryptoPro-A have no
/// other points; for 256-A the order is checked). Signing with d = 1 has to give signatures of that key.
TEST(GostVectors, EveryCurve) {
  SHEP_NEEDS_VECTORS();
  std::size_t count = 0;
  for (const auto& v : vectors().at("curves").as_array()) {
    const gost::curve c = curve_named(v.at("id").as_string());
    const std::size_t size = gost::size_of(c);
    const std::string generator = reversed(bytes(v, "gx_hex")) + reversed(bytes(v, "gy_hex"));
    auto why = gost::verifying_key::refusal::none;
    const auto key = gost::verifying_key::from_octets(c, generator, why);
    ASSERT_NE(key, nullptr) << v.at("id");
    std::string one(size, '\0');
    one[0] = 1;
    const auto signer = gost::signing_key::from_number(c, one);
    ASSERT_NE(signer, nullptr);
    EXPECT_EQ(to_hex(signer->public_octets()), to_hex(generator)) << v.at("id");
    const std::string value(size, 'v');
    EXPECT_EQ(key->verify(value, signer->sign(value).value()), gost::verdict::good);
    // q G = O: d = q - 1 is the negated generator, and d = q is no number at all.
    std::string q = reversed(bytes(v, "q_hex"));
    EXPECT_EQ(gost::signing_key::from_number(c, q), nullptr);
    q[0] = static_cast<char>(q[0] - 1);
    const std::string negated = gost::signing_key::from_number(c, q)->public_octets();
    EXPECT_EQ(negated.substr(0, size), generator.substr(0, size));
    EXPECT_NE(negated, generator);
    ++count;
  }
  EXPECT_EQ(count, 3U);
}

TEST(GostVectors, EverySignature) {
  SHEP_NEEDS_VECTORS();
  std::size_t count = 0;
  for (const auto& v : vectors().at("signatures").as_array()) {
    const auto key = key_of(v);
    ASSERT_NE(key, nullptr) << v.at("id");
    // Often enough to come to the table of a hot key.
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(key->verify(bytes(v, "digest_hex"), bytes(v, "signature_hex")), gost::verdict::good) << v.at("id") << " " << i;
      EXPECT_EQ(key->verify(reversed(bytes(v, "digest_hex")), bytes(v, "signature_hex")), gost::verdict::no_match) << v.at("id");
    }
    ++count;
  }
  EXPECT_EQ(count, 2U);
}

TEST(GostVectors, DeterministicSigning) {
  SHEP_NEEDS_VECTORS();
  std::size_t count = 0;
  for (const auto& v : vectors().at("signing").as_array()) {
    const auto signer =
        gost::signing_key::from_number(curve_named(v.at("curve").as_string()), reversed(number(v, "private_key_d_hex", 64)));
    ASSERT_NE(signer, nullptr);
    EXPECT_EQ(to_hex(digest(digest_algorithm::streebog512, bytes(v, "message_hex"))), v.at("digest_hex").as_string().c_str());
    EXPECT_EQ(to_hex(signer->public_octets()), v.at("public_key_hex").as_string().c_str());
    const auto signature = signer->sign_with_nonce(bytes(v, "digest_hex"), reversed(number(v, "nonce_k_hex", 64)));
    EXPECT_EQ(to_hex(signature.value()), v.at("signature_hex").as_string().c_str());
    EXPECT_EQ(key_of(v)->verify(bytes(v, "digest_hex"), *signature), gost::verdict::good);
    ++count;
  }
  EXPECT_EQ(count, 1U);
}

}  // namespace
}  // namespace shep::crypto
