#include "crafted.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/problems.hpp"
#include "pkcs12_mac.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::key;

/// Containers put together here (RFC 7292), so that their MAC is right whatever stands inside.
constexpr std::string_view assembled_password = "secret";
constexpr std::string_view data_oid = "1.2.840.113549.1.7.1";
constexpr std::string_view pbe_3des = "1.2.840.113549.1.12.1.3";

std::string content_info(std::string_view oid, const std::string& content) {
  return write(tags::sequence, write_oid(oid) + write(tags::context(0, true), content));
}

std::string plain_safe(const std::string& bags) { return content_info(data_oid, write(tags::octet_string, write(tags::sequence, bags))); }

std::string bag(std::string_view oid, const std::string& value) { return content_info(oid, value); }
std::string key_bag(std::size_t number) { return bag("1.2.840.113549.1.12.10.1.1", key(number).pkcs8()); }
std::string shrouded_key_bag(const std::string& algorithm) {
  return bag("1.2.840.113549.1.12.10.1.2", write(tags::sequence, algorithm + write(tags::octet_string, std::string(16, 'x'))));
}
std::string certificate_bag(const std::string& der) {
  return bag("1.2.840.113549.1.12.10.1.3", content_info("1.2.840.113549.1.9.22.1", write(tags::octet_string, der)));
}
std::string encrypted_safe(const std::string& algorithm) {
  const std::string content = write(tags::sequence, write_oid(data_oid) + algorithm + write(tags::context(0, false), std::string(16, 'x')));
  return content_info("1.2.840.113549.1.7.6", write(tags::sequence, write_small(0) + content));
}

std::string pbes1(std::string_view oid, const std::string& count) {
  return write(tags::sequence, write_oid(oid) + write(tags::sequence, write(tags::octet_string, "saltsalt") + count));
}
std::string pbes2(const std::string& derivation) {
  const std::string aes = write(tags::sequence, write_oid("2.16.840.1.101.3.4.1.42") + write(tags::octet_string, std::string(16, 'i')));
  return write(tags::sequence, write_oid("1.2.840.113549.1.5.13") + write(tags::sequence, derivation + aes));
}
std::string pbkdf2(const std::string& count) {
  return write(tags::sequence, write_oid("1.2.840.113549.1.5.12") + write(tags::sequence, write(tags::octet_string, "saltsalt") + count));
}

std::string container(const std::string& safes, const std::string& mac_count = "", std::string_view mac_oid = "1.3.14.3.2.26") {
  const std::string content = write(tags::sequence, safes);
  const std::string salt = "12345678";
  const std::string digest_info =
      write(tags::sequence, write(tags::sequence, write_oid(mac_oid) + write(tags::null, "")) +
                                write(tags::octet_string, pkcs12_mac::hmac_sha1(pkcs12_mac::key(assembled_password, salt), content)));
  const std::string mac = write(tags::sequence, digest_info + write(tags::octet_string, salt) + mac_count);
  return write(tags::sequence, write_small(3) + content_info(data_oid, write(tags::octet_string, content)) + mac);
}

std::string own_certificate(std::size_t number) {
  crafted::parts p;
  p.spki = key(number).public_key().spki();
  return p.signed_by(key(number));
}

void expect_refused(const std::string& der, std::string_view sentence) {
  const auto read = read_pkcs12(der, assembled_password);
  ASSERT_FALSE(read) << sentence;
  EXPECT_EQ(read.error().code, problems::pkcs12_format) << describe(read.error());
  EXPECT_NE(read.error().detail.find(sentence), std::string::npos) << describe(read.error());
}

TEST(AssembledPkcs12, APlainContainerIsRead) {
  const auto read = read_pkcs12(container(plain_safe(key_bag(1) + certificate_bag(own_certificate(1)))), assembled_password).value();
  EXPECT_EQ(read.key.public_key().spki(), key(1).public_key().spki());
  EXPECT_EQ(read_pkcs12(container(plain_safe(key_bag(1))), "Secret").error().code, problems::pkcs12_password);
}

TEST(AssembledPkcs12, TheCertificateIsFoundByItsKeyWhereverItStands) {
  const auto read =
      read_pkcs12(container(plain_safe(certificate_bag(own_certificate(2)) + certificate_bag(own_certificate(1))) + plain_safe(key_bag(1))),
                  assembled_password)
          .value();
  EXPECT_EQ(read.certificate.key().spki(), key(1).public_key().spki());
  EXPECT_EQ(read.others.size(), 1U);
}

TEST(AssembledPkcs12, C13_SeveralKeysAreRefused) {
  expect_refused(container(plain_safe(key_bag(1) + key_bag(2) + certificate_bag(own_certificate(1)))), "several private keys");
  expect_refused(container(plain_safe(key_bag(1)) + plain_safe(key_bag(2))), "several private keys");
}

TEST(AssembledPkcs12, C12_IterationsAboveTwoToThe20AreRefusedBeforeTheFirst) {
  const std::string good = plain_safe(key_bag(1));
  for (const std::uint64_t n :
       {std::uint64_t{(1U << 20) + 1}, std::uint64_t{0x7FFFFFFF}, std::uint64_t{0xFFFFFFFF}, ~std::uint64_t{0}, std::uint64_t{0}}) {
    const std::string count = write_small(n);
    expect_refused(container(good, count), "iterations");
    expect_refused(container(encrypted_safe(pbes1(pbe_3des, count))), "iterations");
    expect_refused(container(encrypted_safe(pbes2(pbkdf2(count)))), "iterations");
    expect_refused(container(plain_safe(shrouded_key_bag(pbes1(pbe_3des, count)))), "iterations");
    expect_refused(container(plain_safe(shrouded_key_bag(pbes2(pbkdf2(count))))), "iterations");
  }
  const std::string negative = write(tags::integer, "\xFF");
  expect_refused(container(good, negative), "iterations");
  expect_refused(container(encrypted_safe(pbes1(pbe_3des, negative))), "iterations");
}

TEST(AssembledPkcs12, C12_AllPartsOfAContainerShareTheIterations) {
  // The MAC takes one round, so 2^20 in another part are one too many.
  expect_refused(container(plain_safe(key_bag(1)) + encrypted_safe(pbes2(pbkdf2(write_small(1U << 20))))), "iterations");
  expect_refused(
      container(plain_safe(key_bag(1) + certificate_bag(own_certificate(1))) + encrypted_safe(pbes1(pbe_3des, write_small(1U << 20)))),
      "iterations");
  expect_refused(container(plain_safe(shrouded_key_bag(pbes2(pbkdf2(write_small(1U << 20)))))), "iterations");
}

TEST(AssembledPkcs12, C12_ContainersOfOneAccountShareTheIterations) {
  const std::string plain = container(plain_safe(key_bag(1) + certificate_bag(own_certificate(1))));
  std::int64_t left = 2;
  EXPECT_TRUE(read_pkcs12(plain, assembled_password, left));
  EXPECT_TRUE(read_pkcs12(plain, assembled_password, left));
  EXPECT_EQ(left, 0);
  const auto third = read_pkcs12(plain, assembled_password, left);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, problems::pkcs12_format);
  EXPECT_NE(third.error().detail.find("iterations"), std::string::npos);
}

TEST(AssembledPkcs12, C12_EncryptionsOfUnknownCostAreRefused) {
  const std::string scrypt = write(tags::sequence, write_oid("1.3.6.1.4.1.11591.4.11") +
                                                       write(tags::sequence, write(tags::octet_string, "saltsalt") + write_small(1U << 30) +
                                                                                 write_small(8) + write_small(1)));
  expect_refused(container(encrypted_safe(pbes2(scrypt))), "not supported");
  expect_refused(container(plain_safe(shrouded_key_bag(pbes2(scrypt)))), "not supported");
  expect_refused(container(encrypted_safe(pbes1("1.2.840.113549.1.5.3", write_small(1)))), "not supported");
  expect_refused(container(encrypted_safe(pbes1("1.2.3.4", write_small(1)))), "not supported");
  expect_refused(container(encrypted_safe(write(tags::sequence, write_oid(pbe_3des)))), "not supported");
  expect_refused(container(encrypted_safe(pbes2(write(tags::sequence, write_oid("1.2.840.113549.1.5.12"))))), "not supported");
}

TEST(AssembledPkcs12, C12_MacsOfUnknownCostAreRefused) {
  for (const char* oid : {"1.2.840.113549.1.5.14", "1.2.840.113549.2.5", "1.2.3.4"}) {
    expect_refused(container(plain_safe(key_bag(1)), "", oid), "MAC is made in a way that is not supported");
  }
}

TEST(AssembledPkcs12, C12_ManySafesAndManyCertificatesAreRefused) {
  std::string safes;
  for (int i = 0; i < 17; ++i) safes += plain_safe("");
  expect_refused(container(safes), "more than 16 safes");
  std::string bags = key_bag(1);
  const std::string one = certificate_bag(own_certificate(1));
  for (int i = 0; i < 33; ++i) bags += one;
  expect_refused(container(plain_safe(bags)), "more than 32 certificates");
}

TEST(AssembledPkcs12, C13_BrokenInsidesUnderARightMacAreRefused) {
  expect_refused(container(""), "no private key");
  expect_refused(container(plain_safe(key_bag(1))), "belongs to its key");
  expect_refused(container(plain_safe(certificate_bag(own_certificate(1)))), "no private key");
  expect_refused(container(plain_safe(key_bag(1) + certificate_bag("not DER"))), "certificate");
  expect_refused(container(write(tags::null, "")), "safes");
  expect_refused(container(encrypted_safe(pbes1(pbe_3des, write_small(1)))), "cannot be decrypted");
  expect_refused(container(plain_safe(shrouded_key_bag(pbes1(pbe_3des, write_small(1))))), "cannot be decrypted");
  expect_refused(container(content_info("1.2.840.113549.1.7.3", write(tags::sequence, ""))), "safe");
}

}  // namespace
}  // namespace shep::crypto
