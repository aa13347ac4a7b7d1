#include "http/tls_client.hpp"

#include "http/problems.hpp"
#include "http/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace shep::http {
namespace {

template <auto Free>
struct freed {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};
using certificate = std::unique_ptr<X509, freed<X509_free>>;
using memory = std::unique_ptr<BIO, freed<BIO_free>>;

void free_all(STACK_OF(X509) * all) { sk_X509_pop_free(all, X509_free); }

problem unusable(std::string what, std::string hint) {
  ERR_clear_error();
  return {problems::tls, std::move(what), {}, std::move(hint)};
}

/// Every certificate of a PEM text, or the one of DER octets.
bool add_anchors(SSL_CTX* context, const std::string& octets) {
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  const auto size = static_cast<int>(octets.size());
  std::size_t added = 0;
  const memory pem(BIO_new_mem_buf(octets.data(), size));
  while (const certificate one{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)})
    added += X509_STORE_add_cert(store, one.get()) == 1;
  if (added == 0) {
    const auto* begin = reinterpret_cast<const unsigned char*>(octets.data());
    if (const certificate one{d2i_X509(nullptr, &begin, size)}) added += X509_STORE_add_cert(store, one.get()) == 1;
  }
  ERR_clear_error();
  return added > 0;
}

result<void> show_own_certificate(SSL_CTX* context, const tls_settings& s) {
  const memory octets(BIO_new_mem_buf(s.key_container.data(), static_cast<int>(s.key_container.size())));
  const std::unique_ptr<PKCS12, freed<PKCS12_free>> container(d2i_PKCS12_bio(octets.get(), nullptr));
  EVP_PKEY* key = nullptr;
  X509* own = nullptr;
  STACK_OF(X509)* others = nullptr;
  const bool parsed = container && PKCS12_parse(container.get(), s.key_password.c_str(), &key, &own, &others) == 1;
  const std::unique_ptr<EVP_PKEY, freed<EVP_PKEY_free>> key_owner(key);
  const certificate own_owner(own);
  const std::unique_ptr<STACK_OF(X509), freed<free_all>> others_owner(others);
  if (!parsed || !key || !own)
    return unusable("the client's PKCS#12 container cannot be opened for TLS",
                    "check the password; the key must be RSA or EC: TLS here knows no GOST keys");
  if (SSL_CTX_use_cert_and_key(context, own, key, others, 1) != 1)
    return unusable("the client's key and certificate cannot be used for TLS", "an RSA key of 2048 bits or more, or an EC key, is needed");
  return {};
}

}  // namespace

result<std::shared_ptr<const tls_client>> make_tls_client(const tls_settings& s) {
  auto out = std::make_shared<tls_client>();
  SSL_CTX* context = out->context.native_handle();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, s.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  out->verify = s.verify;
  if (s.anchors.empty()) SSL_CTX_set_default_verify_paths(context);
  for (const std::string& anchor : s.anchors)
    if (!add_anchors(context, anchor)) return unusable("a trusted certificate cannot be read", "PEM or DER of a certificate is expected");
  if (!s.key_container.empty())
    if (const auto shown = show_own_certificate(context, s); !shown) return shown.error();
  return std::shared_ptr<const tls_client>(std::move(out));
}

}  // namespace shep::http
