#pragma once

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "test_pki/inventory.hpp"
#include "test_pki/status_file.hpp"

#include <chrono>
#include <memory>

namespace shep::test_pki {

/// What a responder answers, without a connection.
struct answer {
  unsigned status = 200;
  std::string content_type;
  std::string octets;
  std::chrono::milliseconds delay{0};  ///< how long the caller waits before it sends
};

/// The responders of a PKI folder: OCSP (RFC 6960), revocation lists (RFC 5280 section 5), time stamps (RFC 3161), authorities'
/// certificates; each does what the status file says. The file and the folder's certificates are looked at again when they change, so that
/// commands reach a running gateway. Never waits: a slow answer names its delay. Any thread.
class responders {
 public:
  struct settings {
    std::string folder;
    std::chrono::milliseconds list_lifetime{std::chrono::hours(24)};
    std::chrono::milliseconds answer_lifetime{std::chrono::hours(1)};
  };
  /// Reads the authorities' keys. `clock` outlives the object. Errors: pki_folder, pki_status_file, environment, pkcs12_password,
  /// pkcs12_format.
  static result<std::unique_ptr<responders>> open(settings, const clock&);
  ~responders();

  answer ocsp(std::string_view request);
  answer list(std::string_view file);                                    ///< "issuing.crl", "gost2015/issuing_delta.crl"
  answer certificate(std::string_view file);                             ///< "issuing.cer", "gost2015/root.crt", "citizen.cer": DER
  answer time_stamp(std::string_view request, std::string_view family);  ///< "" chooses by the policy asked for

  /// A certificate, and what is said of it.
  struct standing {
    issued who;
    told state;
  };
  result<std::vector<standing>> standings();
  result<standing> standing_of(std::string_view name_or_serial);  ///< error pki_unknown_certificate
  result<standing> set(std::string_view name_or_serial, told);    ///< errors: also pki_status, environment
  result<statuses> all_statuses();
  result<told> set(responder, told);

 private:
  struct state;
  explicit responders(std::unique_ptr<state>);
  std::unique_ptr<state> state_;
};

}  // namespace shep::test_pki
