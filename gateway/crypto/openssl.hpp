#pragma once

#include <memory>
#include <string>

#include <openssl/evp.h>

/// What the sources of module crypto share to speak with OpenSSL. Not for other modules.
namespace shep::crypto::openssl {

template <auto Function>
struct releaser {
  template <class T>
  void operator()(T* p) const {
    Function(p);
  }
};
template <class T, auto Function>
using owned = std::unique_ptr<T, releaser<Function>>;

using key_ptr = owned<EVP_PKEY, EVP_PKEY_free>;
using key_context_ptr = owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using digest_context_ptr = owned<EVP_MD_CTX, EVP_MD_CTX_free>;

inline const unsigned char* octets(const char* p) { return reinterpret_cast<const unsigned char*>(p); }
inline unsigned char* octets(char* p) { return reinterpret_cast<unsigned char*>(p); }

/// The reason of the newest error, in OpenSSL's words. Empties the thread's error queue, which TLS code would otherwise trip over.
std::string newest_error();

/// Empties the thread's error queue when a scope ends: for calls that are expected to fail on hostile input.
struct error_scope {
  error_scope() = default;
  error_scope(const error_scope&) = delete;
  error_scope& operator=(const error_scope&) = delete;
  ~error_scope();
};

}  // namespace shep::crypto::openssl
