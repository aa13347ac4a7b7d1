#include "core/bytes.hpp"
#include "crypto/key.hpp"
#include "crypto/problems.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

/// Project Wycheproof's PKCS#1 v1.5 verification vectors, every one of them (security catalogue S44). The one "acceptable" vector per file
/// leaves the NULL out of the DigestInfo (flag MissingNull): RFC 8017 section 9.2 wants it, so it is refused here.
class Wycheproof : public ::testing::TestWithParam<const char*> {};

std::filesystem::path published_vectors() {
  const char* named = std::getenv("SHEPSIM_VECTORS");
  return named != nullptr ? std::filesystem::path(named) : std::filesystem::path(SHEPSIM_SOURCE_DIR) / ".." / "shared" / "vectors";
}

TEST_P(Wycheproof, S44_EveryVerdictIsAsPublished) {
  const std::filesystem::path file = published_vectors() / "rsa" / GetParam();
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "skipped: no vectors folder (SHEPSIM_VECTORS)";
  std::ifstream in(file);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  const boost::json::value root = boost::json::parse(content);
  std::size_t tests = 0;
  std::size_t valid = 0;
  for (const auto& group : root.at("testGroups").as_array()) {
    const auto spki = from_hex(std::string(group.at("publicKeyDer").as_string())).value();
    const public_key key = public_key::from_spki(spki).value();
    EXPECT_EQ(group.at("sha").as_string(), "SHA-256");
    for (const auto& test : group.at("tests").as_array()) {
      const auto message = from_hex(std::string(test.at("msg").as_string())).value();
      const auto signature = from_hex(std::string(test.at("sig").as_string())).value();
      const bool expected = test.at("result").as_string() == "valid";
      const result<void> verdict = key.verify(signature_algorithm::rsa_sha256, message, signature);
      EXPECT_EQ(static_cast<bool>(verdict), expected)
          << "tcId " << test.at("tcId").as_int64() << ": " << test.at("comment").as_string().c_str();
      if (!verdict) {
        EXPECT_EQ(verdict.error().code, problems::crypto_signature) << "tcId " << test.at("tcId").as_int64();
      }
      ++tests;
      valid += expected ? 1 : 0;
    }
  }
  EXPECT_EQ(tests, static_cast<std::size_t>(root.at("numberOfTests").as_int64()));
  EXPECT_GE(valid, 7U);
}

INSTANTIATE_TEST_SUITE_P(Files, Wycheproof,
                         ::testing::Values("rsa_signature_2048_sha256_test.json", "rsa_signature_3072_sha256_test.json",
                                           "rsa_signature_4096_sha256_test.json"));

}  // namespace
}  // namespace shep::crypto
