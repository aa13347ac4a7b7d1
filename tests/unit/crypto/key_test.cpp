#include "crypto/key.hpp"

#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/problems.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

const private_key& test_key() {
  static const private_key key = private_key::generate(key_kind::rsa).value();
  return key;
}

std::string rsa_spki(const std::string& modulus, const std::string& exponent) {
  using namespace asn1;
  const std::string key = write(tags::sequence, write_unsigned(modulus) + write_unsigned(exponent));
  return write(tags::sequence, write(tags::sequence, write_oid("1.2.840.113549.1.1.1") + write(tags::null, "")) + write_bit_string(key));
}

problem refusal(const std::string& modulus, const std::string& exponent) {
  const auto key = public_key::from_spki(rsa_spki(modulus, exponent));
  EXPECT_TRUE(key) << "keys outside the limits are still read";
  return key->verify(signature_algorithm::rsa_sha256, "x", std::string(modulus.size(), '\1')).error();
}

std::string modulus_of(std::size_t octets) {
  std::string n(octets, '\xC3');
  n.back() = '\x01';
  return n;
}

const std::string usual_exponent("\x01\x00\x01", 3);

TEST(Key, SignsAndVerifies) {
  for (const signature_algorithm a : {signature_algorithm::rsa_sha1, signature_algorithm::rsa_sha256, signature_algorithm::rsa_sha512}) {
    const std::string signature = test_key().sign(a, "hello").value();
    EXPECT_EQ(signature.size(), 256U);
    EXPECT_TRUE(test_key().public_key().verify(a, "hello", signature)) << name_of(a);
    EXPECT_EQ(test_key().public_key().verify(a, "hellO", signature).error().code, problems::crypto_signature) << name_of(a);
  }
}

TEST(Key, TheDigestIsPartOfTheSignature) {
  const std::string signature = test_key().sign(signature_algorithm::rsa_sha256, "hello").value();
  EXPECT_EQ(test_key().public_key().verify(signature_algorithm::rsa_sha512, "hello", signature).error().code, problems::crypto_signature);
}

TEST(Key, SurvivesPkcs8AndSpki) {
  std::string secret = test_key().pkcs8();
  const private_key again = private_key::from_pkcs8(secret).value();
  cleanse(secret);
  EXPECT_TRUE(secret.empty());
  EXPECT_EQ(again.public_key().spki(), test_key().public_key().spki());
  EXPECT_EQ(again.kind(), key_kind::rsa);
  EXPECT_EQ(again.public_key().bits(), 2048U);
  const public_key half = public_key::from_spki(test_key().public_key().spki()).value();
  EXPECT_TRUE(half.verify(signature_algorithm::rsa_sha256, "a", again.sign(signature_algorithm::rsa_sha256, "a").value()));
}

TEST(Key, S32_RefusesAnAlgorithmOfAnotherKind) {
  for (const signature_algorithm a :
       {signature_algorithm::gost2004, signature_algorithm::gost2015_256, signature_algorithm::gost2015_512}) {
    EXPECT_EQ(test_key().public_key().verify(a, "x", "y").error().code, problems::crypto_key) << name_of(a);
    EXPECT_EQ(test_key().sign(a, "x").error().code, problems::crypto_key) << name_of(a);
  }
}

TEST(Key, S32_ReadsAnEllipticKeyOfNoUseHere) {
  using namespace asn1;
  const std::string der = write(tags::sequence, write(tags::sequence, write_oid("1.2.840.10045.2.1") + write_oid("1.2.840.10045.3.1.7")) +
                                                    write_bit_string(std::string(65, '\4')));
  const public_key key = public_key::from_spki(der).value();
  EXPECT_EQ(key.kind(), key_kind::other);
  EXPECT_EQ(key.verify(signature_algorithm::rsa_sha256, "x", "y").error().code, problems::crypto_key);
}

TEST(Key, S44_RefusesModuliOutsideTheWindow) {
  for (const std::size_t octets : {64U, 128U, 255U, 1025U, 2048U}) {
    const problem p = refusal(modulus_of(octets), usual_exponent);
    EXPECT_EQ(p.code, problems::crypto_key) << octets;
    EXPECT_NE(p.detail.find("2048 to 8192"), std::string::npos) << p.detail;
  }
  for (const std::size_t octets : {256U, 1024U}) {
    EXPECT_EQ(refusal(modulus_of(octets), usual_exponent).code, problems::crypto_signature) << octets;
  }
  std::string short_by_one_bit = modulus_of(256);
  short_by_one_bit[0] = '\x7F';
  EXPECT_EQ(refusal(short_by_one_bit, usual_exponent).code, problems::crypto_key) << "2047 bits";
}

TEST(Key, S44_RefusesExponentsThatAreOneEvenOrHuge) {
  for (const std::string& e : {std::string("\x01"), std::string("\x02"), std::string("\x01\x00\x00", 3),
                               std::string("\x01\x00\x00\x00\x01", 5), std::string(256, '\x55')}) {
    const problem p = refusal(modulus_of(256), e);
    EXPECT_EQ(p.code, problems::crypto_key) << to_hex(e);
    EXPECT_NE(p.detail.find("exponent"), std::string::npos) << p.detail;
  }
  for (const std::string& e : {std::string("\x03"), std::string("\xFF\xFF\xFF\xFF")}) {
    EXPECT_EQ(refusal(modulus_of(256), e).code, problems::crypto_signature) << to_hex(e);
  }
}

TEST(Key, S44_RefusesAnEvenModulus) {
  std::string n = modulus_of(256);
  n.back() = '\x02';
  EXPECT_EQ(refusal(n, usual_exponent).code, problems::crypto_key);
}

TEST(Key, S44_RefusesSignaturesThatAreNotAsLongAsTheModulus) {
  const std::string good = test_key().sign(signature_algorithm::rsa_sha256, "x").value();
  const public_key key = test_key().public_key();
  ASSERT_TRUE(key.verify(signature_algorithm::rsa_sha256, "x", good));
  const std::string zero(1, '\0');
  for (const std::string& s :
       {zero + good, good + zero, good.substr(1), good.substr(0, 255), std::string(), good + good, std::string(1 << 20, 'a')}) {
    const problem p = key.verify(signature_algorithm::rsa_sha256, "x", s).error();
    EXPECT_EQ(p.code, problems::crypto_signature) << s.size();
    EXPECT_NE(p.detail.find("256"), std::string::npos) << p.detail;
  }
}

TEST(Key, S44_RefusesASignatureNumberThatIsNotBelowTheModulus) {
  const public_key key = test_key().public_key();
  EXPECT_FALSE(key.verify(signature_algorithm::rsa_sha256, "x", std::string(256, '\xFF')));
  EXPECT_FALSE(key.verify(signature_algorithm::rsa_sha256, "x", std::string(256, '\0')));
}

TEST(Key, C12_RefusesEverySpkiThatIsCutOrBent) {
  const std::string good = test_key().public_key().spki();
  for (std::size_t n = 0; n < good.size(); ++n) {
    const auto key = public_key::from_spki(std::string_view(good).substr(0, n));
    ASSERT_FALSE(key) << n;
    EXPECT_EQ(key.error().code, problems::crypto_key) << n;
  }
  EXPECT_FALSE(public_key::from_spki(good + '\0')) << "trailing octet";
  EXPECT_FALSE(public_key::from_spki(rsa_spki(std::string("\0", 1), usual_exponent))) << "modulus 0";
}

TEST(Key, RefusesPrivateKeysThatAreNotUsable) {
  const std::string good = test_key().pkcs8();
  for (std::size_t n = 0; n < good.size(); n += 7) EXPECT_FALSE(private_key::from_pkcs8(std::string_view(good).substr(0, n))) << n;
  EXPECT_FALSE(private_key::from_pkcs8(good + '\0'));
  EXPECT_FALSE(private_key::from_pkcs8(std::string(20000, '0')));
  EXPECT_EQ(private_key::generate(key_kind::other).error().code, problems::crypto_key);
  EXPECT_EQ(private_key::generate(key_kind::rsa, 1024).error().code, problems::crypto_key);
  EXPECT_EQ(private_key::generate(key_kind::rsa, 16384).error().code, problems::crypto_key);
}

TEST(Key, RefusesAPrivateKeyWhoseHalvesDoNotMatch) {
  std::string bent = test_key().pkcs8();
  const std::string& spki = test_key().public_key().spki();
  // Any octet inside the modulus will do: the secret numbers no longer belong to it.
  const std::size_t at = bent.find(spki.substr(spki.size() - 60, 20));
  ASSERT_NE(at, std::string::npos);
  bent[at] = static_cast<char>(bent[at] ^ 1);
  EXPECT_EQ(private_key::from_pkcs8(bent).error().code, problems::crypto_key);
}

TEST(Key, ServesSeveralThreadsAndAlgorithmsAtOnce) {
  const public_key half = test_key().public_key();
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t) {
    threads.emplace_back([&, t] {
      const auto algorithm = t % 2 == 0 ? signature_algorithm::rsa_sha256 : signature_algorithm::rsa_sha512;
      for (int i = 0; i < 20; ++i) {
        const std::string text = std::to_string(t * 1000 + i);
        const auto signature = test_key().sign(algorithm, text);
        if (!signature || !half.verify(algorithm, text, *signature) || half.verify(algorithm, text + "x", *signature)) ++failures;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace shep::crypto
