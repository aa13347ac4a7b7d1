#pragma once

#include "core/result.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shep::http {

/// What a client asks of an https server, and what it shows. RFC 9110 section 4.3.4; TLS 1.2 or 1.3.
struct tls_settings {
  std::vector<std::string> anchors;  ///< PEM or DER: certificates that the server's chain may end at; empty: the system's
  bool verify = true;                ///< false: whoever answers is believed. For stubs with throw-away certificates only
  std::string key_container;         ///< PKCS#12 with the client's own key (RSA or EC) and certificates; empty: none is shown
  std::string key_password;
};

/// Settings made ready. Immutable; one serves all connections, from any thread.
class tls_client;

/// Errors: problems::tls, when a certificate or the container cannot be read or the key does not fit its certificate.
result<std::shared_ptr<const tls_client>> make_tls_client(const tls_settings&);

}  // namespace shep::http
