#include "crafted.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/issue.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/problems.hpp"
#include "oracle.hpp"
#include "pkcs12_mac.hpp"

#include <memory>

#include <gtest/gtest.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::at;

/// Containers of GOST keys: ours, and one built as the NCA builds them (kz-eds.md section 4): certificates under RC2-40, the key under
/// 3DES, lengths left open.
class GostPkcs12 : public ::testing::TestWithParam<key_kind> {
 protected:
  identity made() const {
    const private_key root_key = private_key::generate(GetParam()).value();
    const private_key leaf_key = private_key::generate(GetParam()).value();
    certificate_request r;
    r.common_name = "TEST root";
    r.is_ca = true;
    r.not_before = at(2020);
    r.not_after = at(2040);
    const certificate root = issue(r, root_key.public_key(), nullptr, root_key).value();
    const issuer by{root, root_key};
    r.is_ca = false;
    r.common_name = "TEST адам";
    return {leaf_key, issue(r, leaf_key.public_key(), &by, leaf_key).value(), {root}};
  }
};

void expect_same(const identity& read, const identity& expected) {
  EXPECT_EQ(read.certificate.der(), expected.certificate.der());
  EXPECT_EQ(read.key.public_key().spki(), expected.key.public_key().spki());
  ASSERT_EQ(read.others.size(), 1U);
  EXPECT_EQ(read.others[0].der(), expected.others[0].der());
  const signature_algorithm scheme = usual_signature(read.key.kind()).value();
  EXPECT_TRUE(expected.certificate.key().verify(scheme, "x", read.key.sign(scheme, "x").value()));
}

TEST_P(GostPkcs12, OursIsReadBack) {
  const identity id = made();
  const std::string der = write_pkcs12(id, "secret", "псевдоним").value();
  expect_same(read_pkcs12(der, "secret").value(), id);
  EXPECT_EQ(read_pkcs12(der, "Secret").error().code, problems::pkcs12_password);
}

TEST_P(GostPkcs12, OpensslSeesTheSameCertificates) {
  SHEP_NEEDS_OPENSSL_COMMAND();
  const identity id = made();
  const oracle::workbench bench;
  bench.put("ours.p12", write_pkcs12(id, "secret", "alias").value());
  ASSERT_TRUE(bench.openssl("pkcs12 -in ours.p12 -passin pass:secret -nokeys -out certs.pem")) << bench.get("output");
  const auto certificates = read_certificates(bench.get("certs.pem")).value();
  ASSERT_EQ(certificates.size(), 2U);
  EXPECT_EQ(certificates[0].der(), id.certificate.der());
}

// ---- as the NCA writes them

std::string open_ended(std::uint8_t tag, const std::string& content) {
  return std::string{static_cast<char>(tag), '\x80'} + content + std::string(2, '\0');
}

/// An OCTET STRING in pieces.
std::string in_pieces(const std::string& octets) {
  std::string pieces;
  for (std::size_t i = 0; i < octets.size(); i += 100) pieces += write(tags::octet_string, octets.substr(i, 100));
  return open_ended(0x24, pieces);
}

/// OpenSSL's default library is another for one scope: the one with the legacy algorithms.
class legacy_scope {
 public:
  legacy_scope()
      : context_(OSSL_LIB_CTX_new()),
        usual_(OSSL_PROVIDER_load(context_, "default")),
        legacy_(OSSL_PROVIDER_load(context_, "legacy")),
        before_(OSSL_LIB_CTX_set0_default(context_)) {}
  legacy_scope(const legacy_scope&) = delete;
  legacy_scope& operator=(const legacy_scope&) = delete;
  ~legacy_scope() {
    OSSL_LIB_CTX_set0_default(before_);
    if (legacy_ != nullptr) OSSL_PROVIDER_unload(legacy_);
    OSSL_PROVIDER_unload(usual_);
    OSSL_LIB_CTX_free(context_);
  }
  bool available() const { return legacy_ != nullptr; }

 private:
  OSSL_LIB_CTX* context_;
  OSSL_PROVIDER* usual_;
  OSSL_PROVIDER* legacy_;
  OSSL_LIB_CTX* before_;
};

const unsigned char* octets(const std::string& s) { return reinterpret_cast<const unsigned char*>(s.data()); }

std::string rc2_safe(const std::vector<certificate>& certificates) {
  STACK_OF(PKCS12_SAFEBAG)* bags = sk_PKCS12_SAFEBAG_new_null();
  for (const certificate& c : certificates) {
    const unsigned char* from = octets(c.der());
    X509* x509 = d2i_X509(nullptr, &from, static_cast<long>(c.der().size()));
    sk_PKCS12_SAFEBAG_push(bags, PKCS12_add_cert(nullptr, x509));
    X509_free(x509);
  }
  STACK_OF(PKCS7)* safes = nullptr;
  PKCS12_add_safe(&safes, bags, NID_pbe_WithSHA1And40BitRC2_CBC, 1024, "secret");
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  unsigned char* der = nullptr;
  const int size = i2d_PKCS7(sk_PKCS7_value(safes, 0), &der);
  std::string made(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  sk_PKCS7_pop_free(safes, PKCS7_free);
  return made;
}

std::string shrouded_key(const private_key& key) {
  const std::string pkcs8 = key.pkcs8();
  const unsigned char* from = octets(pkcs8);
  PKCS8_PRIV_KEY_INFO* info = d2i_PKCS8_PRIV_KEY_INFO(nullptr, &from, static_cast<long>(pkcs8.size()));
  PKCS12_SAFEBAG* bag = PKCS12_SAFEBAG_create_pkcs8_encrypt(NID_pbe_WithSHA1And3_Key_TripleDES_CBC, "secret", 6, nullptr, 0, 1024, info);
  PKCS8_PRIV_KEY_INFO_free(info);
  unsigned char* der = nullptr;
  const int size = i2d_PKCS12_SAFEBAG(bag, &der);
  std::string made(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  PKCS12_SAFEBAG_free(bag);
  return made;
}

TEST_P(GostPkcs12, TheNcaFormIsRead) {
  const identity id = made();
  std::string certificates, key;
  {
    const legacy_scope legacy;
    if (!legacy.available()) GTEST_SKIP() << "skipped: no legacy provider of OpenSSL (RC2-40)";
    certificates = rc2_safe({id.certificate, id.others[0]});
    key = shrouded_key(id.key);
  }
  const std::string data = write_oid("1.2.840.113549.1.7.1");
  const std::string key_safe = open_ended(tags::sequence, data + open_ended(0xA0, in_pieces(open_ended(tags::sequence, key))));
  const std::string content = open_ended(tags::sequence, key_safe + certificates);
  const std::string salt = "12345678";
  const std::string sha1 = write(tags::sequence, write_oid("1.3.14.3.2.26") + write(tags::null, ""));
  const std::string value = pkcs12_mac::hmac_sha1(pkcs12_mac::key("secret", salt), content);
  const std::string mac =
      write(tags::sequence, write(tags::sequence, sha1 + write(tags::octet_string, value)) + write(tags::octet_string, salt));
  const std::string container =
      open_ended(tags::sequence, write_small(3) + open_ended(tags::sequence, data + open_ended(0xA0, in_pieces(content))) + mac);
  const auto read = read_pkcs12(container, "secret");
  ASSERT_TRUE(read) << describe(read.error());
  expect_same(*read, id);
  EXPECT_EQ(read_pkcs12(container, "Secret").error().code, problems::pkcs12_password);
  for (std::size_t n = 0; n < container.size(); n += 11) EXPECT_FALSE(read_pkcs12(container.substr(0, n), "secret")) << n;
}

INSTANTIATE_TEST_SUITE_P(Kinds, GostPkcs12, ::testing::Values(key_kind::gost2015_512, key_kind::gost2004, key_kind::gost2015_256));

}  // namespace
}  // namespace shep::crypto
