#include "crypto/rsa_contexts.hpp"

#include <openssl/rsa.h>

namespace shep::crypto::rsa {
namespace {

unsigned thread_number() {
  static std::atomic<unsigned> next{0};
  thread_local const unsigned mine = next.fetch_add(1, std::memory_order_relaxed);
  return mine;
}

const char* openssl_name(digest_algorithm d) {
  switch (d) {
    case digest_algorithm::sha1: return "SHA1";
    case digest_algorithm::sha256: return "SHA256";
    case digest_algorithm::sha384: return "SHA384";
    case digest_algorithm::sha512: return "SHA512";
    default: return nullptr;  // not an RSA digest
  }
}

bool prepare(EVP_PKEY_CTX* context, signature_algorithm algorithm, int (*init)(EVP_PKEY_CTX*)) {
  const char* name = openssl_name(digest_of(algorithm));
  const EVP_MD* md = name == nullptr ? nullptr : EVP_get_digestbyname(name);
  return md != nullptr && init(context) == 1 && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context, md) == 1;
}

}  // namespace

context_pool::lease::~lease() {
  if (!prepared_) return;
  prepared* none = nullptr;
  if (slot_->compare_exchange_strong(none, prepared_.get(), std::memory_order_acq_rel)) prepared_.release();
}

context_pool::~context_pool() {
  for (std::atomic<prepared*>& slot : slots_) delete slot.load(std::memory_order_acquire);
}

context_pool::lease context_pool::take(EVP_PKEY* key, signature_algorithm algorithm, int (*init)(EVP_PKEY_CTX*)) {
  std::atomic<prepared*>& slot = slots_[thread_number() % slots_.size()];
  std::unique_ptr<prepared> p(slot.exchange(nullptr, std::memory_order_acq_rel));
  if (p && p->algorithm == algorithm) return lease(std::move(p), slot);
  if (!p) p = std::make_unique<prepared>(prepared{openssl::key_context_ptr(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)), algorithm});
  p->algorithm = algorithm;
  if (!p->context || !prepare(p->context.get(), algorithm, init)) p.reset();
  return lease(std::move(p), slot);
}

}  // namespace shep::crypto::rsa
