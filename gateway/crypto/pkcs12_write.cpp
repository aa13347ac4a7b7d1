#include "crypto/key.hpp"
#include "crypto/openssl.hpp"
#include "crypto/pkcs12_container.hpp"
#include "crypto/pkcs12_stacks.hpp"
#include "crypto/problems.hpp"

#include <openssl/sha.h>
#include <openssl/x509.h>

/// Containers are written as the NCA writes keys: PBES1 with 3DES, MAC with SHA-1, also for the certificates. It is the one form that
/// OpenSSL 1 and 3 (without its legacy provider), every Java 8 and the Kazakh libraries of the BouncyCastle family read; AES with PBES2 and
/// a SHA-256 MAC is refused by Java before 8u301 and by those libraries. The keys are test keys, so reading everywhere counts more than a
/// stronger wrapping.
namespace shep::crypto {
namespace {

constexpr int encryption = NID_pbe_WithSHA1And3_Key_TripleDES_CBC;
constexpr int iterations = 2048;

/// Binds key and certificate for readers that go by localKeyID, Java among them.
std::string local_key_id(std::string_view certificate) {
  std::string id(SHA_DIGEST_LENGTH, '\0');
  EVP_Digest(certificate.data(), certificate.size(), openssl::octets(id.data()), nullptr, EVP_sha1(), nullptr);
  return id;
}

bool label(PKCS12_SAFEBAG* bag, std::string id, const std::string& alias) {
  return PKCS12_add_localkeyid(bag, openssl::octets(id.data()), static_cast<int>(id.size())) == 1 &&
         (alias.empty() || PKCS12_add_friendlyname_utf8(bag, alias.data(), static_cast<int>(alias.size())) == 1);
}

bool add_certificates(bags_ptr& bags, const std::vector<std::string>& certificates, const std::string& id, const std::string& alias) {
  for (const std::string& der : certificates) {
    const unsigned char* at = openssl::octets(der.data());
    const openssl::owned<X509, X509_free> cert(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!cert) return false;
    PKCS12_SAFEBAG* bag = PKCS12_add_cert(nullptr, cert.get());
    if (bag == nullptr || sk_PKCS12_SAFEBAG_push(bags.get(), bag) == 0) return false;
    if (&der == &certificates.front() && !label(bag, id, alias)) return false;
  }
  return true;
}

bool add_key(bags_ptr& bags, std::string_view pkcs8, const std::string& password, const std::string& id, const std::string& alias) {
  const unsigned char* at = openssl::octets(pkcs8.data());
  const key_info_ptr info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(pkcs8.size())));
  if (!info) return false;
  PKCS12_SAFEBAG* bag = PKCS12_SAFEBAG_create_pkcs8_encrypt(encryption, password.data(), static_cast<int>(password.size()), nullptr, 0,
                                                            iterations, info.get());
  return bag != nullptr && sk_PKCS12_SAFEBAG_push(bags.get(), bag) != 0 && label(bag, id, alias);
}

/// Empty when OpenSSL refused something; its error queue says what.
container_ptr packed(std::string_view pkcs8, const std::vector<std::string>& certificates, const std::string& password,
                     const std::string& alias) {
  const std::string id = local_key_id(certificates.front());
  bags_ptr certificate_bags(sk_PKCS12_SAFEBAG_new_null());
  bags_ptr key_bags(sk_PKCS12_SAFEBAG_new_null());
  if (!add_certificates(certificate_bags, certificates, id, alias) || !add_key(key_bags, pkcs8, password, id, alias)) return nullptr;

  STACK_OF(PKCS7)* list = nullptr;
  const bool both = PKCS12_add_safe(&list, certificate_bags.get(), encryption, iterations, password.c_str()) == 1 &&
                    PKCS12_add_safe(&list, key_bags.get(), -1, 0, nullptr) == 1;
  const safes_ptr safes(list);
  if (!both) return nullptr;
  container_ptr container(PKCS12_add_safes(safes.get(), 0));
  if (!container) return nullptr;
  const int length = static_cast<int>(password.size());
  if (PKCS12_set_mac(container.get(), password.c_str(), length, nullptr, 0, iterations, EVP_sha1()) != 1) return nullptr;
  return container;
}

std::string encoded(PKCS12* container) {
  unsigned char* der = nullptr;
  const int size = i2d_PKCS12(container, &der);
  std::string octets(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return octets;
}

}  // namespace

result<std::string> make_pkcs12(std::string_view pkcs8, const std::vector<std::string>& certificates, std::string_view password,
                                std::string_view alias) {
  if (password.find('\0') != std::string_view::npos) return problem(problems::pkcs12_password, "the password holds a NUL character");
  const openssl::error_scope errors;
  std::string secret(password);
  const container_ptr container = packed(pkcs8, certificates, secret, std::string(alias));
  cleanse(secret);
  if (!container) return problem(problems::pkcs12_format, "OpenSSL cannot make the container: " + openssl::newest_error());
  return encoded(container.get());
}

}  // namespace shep::crypto
