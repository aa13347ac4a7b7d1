#pragma once

#include "crypto/gost/sign.hpp"

/// Who computes with secrets: nettle where it knows the curve, OpenSSL for the other one. Inside module gost.
namespace shep::gost {

std::unique_ptr<const signing_key> nettle_signing_key(curve, std::string_view d);  ///< tc26_512_a and cryptopro_a
std::unique_ptr<const signing_key> openssl_signing_key(std::string_view d);        ///< tc26_256_a

}  // namespace shep::gost
