// The ENGINE interface is deprecated, and the only door to this second opinion.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "support/gost/engine.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace shep::gost_engine {
namespace {

ENGINE* engine = nullptr;

struct row {
  const char* key;
  const char* parameters;
  const char* digest;
};

/// Russian identifiers of the same curves (RFC 9215, RFC 4491).
row row_of(curve c) {
  switch (c) {
    case curve::tc26_512_a: return {"1.2.643.7.1.1.1.2", "1.2.643.7.1.2.1.2.1", "1.2.643.7.1.1.2.3"};
    case curve::cryptopro_a: return {"1.2.643.7.1.1.1.1", "1.2.643.2.2.35.1", "1.2.643.7.1.1.2.2"};
    case curve::tc26_256_a: return {"1.2.643.7.1.1.1.1", "1.2.643.7.1.2.1.1.1", "1.2.643.7.1.1.2.2"};
  }
  return {};
}

std::string tlv(char tag, const std::string& content) {
  std::string der(1, tag);
  if (content.size() >= 0x80) der += '\x81';
  der += static_cast<char>(content.size());
  return der + content;
}

std::string oid(const char* dotted) {
  ASN1_OBJECT* object = OBJ_txt2obj(dotted, 1);
  std::string content(reinterpret_cast<const char*>(OBJ_get0_data(object)), OBJ_length(object));
  ASN1_OBJECT_free(object);
  return tlv('\x06', content);
}

std::string algorithm(curve c) {
  const row r = row_of(c);
  return tlv('\x30', oid(r.key) + tlv('\x30', oid(r.parameters) + oid(r.digest)));
}

std::string reversed(std::string_view s) { return {s.rbegin(), s.rend()}; }

const unsigned char* octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

EVP_PKEY_CTX* context_for(void* key, int (*init)(EVP_PKEY_CTX*)) {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(static_cast<EVP_PKEY*>(key), engine);
  if (context == nullptr || init(context) != 1) throw std::runtime_error("gost-engine refuses the key");
  return context;
}

}  // namespace

bool load() {
  if (engine != nullptr) return true;
  ENGINE_load_dynamic();
  ENGINE* found = ENGINE_by_id("gost");
  if (found == nullptr || ENGINE_init(found) != 1) return false;
  ENGINE_set_default(found, ENGINE_METHOD_ALL);
  engine = found;
  return true;
}

public_key::public_key(curve c, std::string_view point) {
  const std::string bits = tlv('\x03', std::string(1, '\0') + tlv('\x04', std::string(point)));
  const std::string der = tlv('\x30', algorithm(c) + bits);
  const unsigned char* at = octets(der);
  key_ = d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()));
  if (key_ == nullptr) throw std::runtime_error("gost-engine cannot read the public key");
  context_ = context_for(key_, EVP_PKEY_verify_init);
}

public_key::~public_key() {
  EVP_PKEY_CTX_free(static_cast<EVP_PKEY_CTX*>(context_));
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key_));
}

bool public_key::verify(std::string_view digest, std::string_view signature) const {
  const std::string russian = reversed(signature);
  return EVP_PKEY_verify(static_cast<EVP_PKEY_CTX*>(context_), octets(russian), russian.size(), octets(digest), digest.size()) == 1;
}

private_key::private_key(curve c, std::string_view d) {
  const std::string der = tlv('\x30', std::string("\x02\x01\x00", 3) + algorithm(c) + tlv('\x04', tlv('\x04', std::string(d))));
  const unsigned char* at = octets(der);
  PKCS8_PRIV_KEY_INFO* info = d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size()));
  key_ = info == nullptr ? nullptr : EVP_PKCS82PKEY(info);
  PKCS8_PRIV_KEY_INFO_free(info);
  if (key_ == nullptr) throw std::runtime_error("gost-engine cannot read the private key");
  context_ = context_for(key_, EVP_PKEY_sign_init);
}

private_key::~private_key() {
  EVP_PKEY_CTX_free(static_cast<EVP_PKEY_CTX*>(context_));
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key_));
}

std::string private_key::sign(std::string_view digest) const {
  std::string russian(2 * digest.size(), '\0');
  std::size_t size = russian.size();
  if (EVP_PKEY_sign(static_cast<EVP_PKEY_CTX*>(context_), reinterpret_cast<unsigned char*>(russian.data()), &size, octets(digest),
                    digest.size()) != 1) {
    throw std::runtime_error("gost-engine cannot sign");
  }
  russian.resize(size);
  return reversed(russian);
}

}  // namespace shep::gost_engine
