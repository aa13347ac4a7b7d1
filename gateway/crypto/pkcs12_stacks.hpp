#pragma once

#include "crypto/openssl.hpp"

#include <openssl/pkcs12.h>

/// Owners of OpenSSL's PKCS#12 objects. Inside module crypto.
namespace shep::crypto {

struct free_safes {
  void operator()(STACK_OF(PKCS7) * s) const { sk_PKCS7_pop_free(s, PKCS7_free); }
};
struct free_bags {
  void operator()(STACK_OF(PKCS12_SAFEBAG) * s) const { sk_PKCS12_SAFEBAG_pop_free(s, PKCS12_SAFEBAG_free); }
};
using safes_ptr = std::unique_ptr<STACK_OF(PKCS7), free_safes>;
using bags_ptr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), free_bags>;
using container_ptr = openssl::owned<PKCS12, PKCS12_free>;
using key_info_ptr = openssl::owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

}  // namespace shep::crypto
