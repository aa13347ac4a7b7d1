#include "crypto/openssl.hpp"

#include <openssl/err.h>

namespace shep::crypto::openssl {

std::string newest_error() {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  std::string text = reason != nullptr ? reason : "no reason given";
  ERR_clear_error();
  return text;
}

error_scope::~error_scope() { ERR_clear_error(); }

}  // namespace shep::crypto::openssl
