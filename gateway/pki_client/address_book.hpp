#pragma once

#include "pki_client/settings.hpp"

#include <string>
#include <vector>

namespace shep::pki {

/// One address that may be asked.
struct target {
  http::url to;
  std::string text;          ///< as it was written; what findings and problems name
  bool public_only = false;  ///< found in a certificate, its host allowed without a port: not on this machine and not in a private network
};

enum class purpose { ocsp, crl, delta_crl };

/// Which addresses may be asked about which certificate: the configured ones, and those that a certificate names on allowed hosts when it
/// chains to an anchor (security catalogue C10). Immutable; any thread.
class address_book {
 public:
  /// Error problems::usage.
  static result<address_book> create(const settings&);

  struct choice {
    std::vector<target> targets;       ///< configured ones first, each once
    std::vector<std::string> refused;  ///< named by the certificate and not to be followed, with the reason
  };
  choice choose(purpose, const crypto::certificate& subject, bool chained) const;

  const std::vector<target>& time_stamping() const { return tsp_; }

 private:
  struct entry {
    std::string issuer;
    target where;
  };
  struct host {
    std::string name;  ///< without brackets
    std::uint16_t port;
    bool port_given;
  };
  const std::vector<entry>& configured(purpose) const;
  result<target> allowed(const std::string& url) const;

  std::vector<entry> ocsp_, crl_, delta_crl_;
  std::vector<target> tsp_;
  std::vector<host> hosts_;
};

}  // namespace shep::pki
