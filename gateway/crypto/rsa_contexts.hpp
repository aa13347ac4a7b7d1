#pragma once

#include "crypto/algorithm.hpp"
#include "crypto/openssl.hpp"

#include <array>
#include <atomic>
#include <memory>

namespace shep::crypto::rsa {

/// Prepared EVP_PKEY_CTX objects of one key, so that an operation pays neither for a fetch by name nor for a new context.
/// They live in the key, not in thread-local storage: they go when the key goes, and a dead key's secrets stay nowhere. Each thread has
/// a usual slot (one atomic exchange); when it is taken, a context is made for the occasion. Any thread.
class context_pool {
 public:
  struct prepared {
    openssl::key_context_ptr context;
    signature_algorithm algorithm;
  };

  /// A context for one operation; gives itself back. Empty when OpenSSL refused.
  class lease {
   public:
    lease(std::unique_ptr<prepared> p, std::atomic<prepared*>& slot) : prepared_(std::move(p)), slot_(&slot) {}
    lease(lease&&) noexcept = default;
    ~lease();
    explicit operator bool() const { return prepared_ != nullptr; }
    EVP_PKEY_CTX* get() const { return prepared_->context.get(); }

   private:
    std::unique_ptr<prepared> prepared_;
    std::atomic<prepared*>* slot_;
  };

  context_pool() = default;
  context_pool(const context_pool&) = delete;
  context_pool& operator=(const context_pool&) = delete;
  ~context_pool();

  /// `init` is EVP_PKEY_verify_init or EVP_PKEY_sign_init, always the same for one pool.
  lease take(EVP_PKEY* key, signature_algorithm algorithm, int (*init)(EVP_PKEY_CTX*));

 private:
  std::array<std::atomic<prepared*>, 8> slots_{};
};

}  // namespace shep::crypto::rsa
