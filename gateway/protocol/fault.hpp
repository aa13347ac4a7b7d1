#pragma once

#include "core/clock.hpp"
#include "core/problem.hpp"
#include "protocol/style.hpp"

#include <map>
#include <string>

namespace shep::protocol {

/// What can end an exchange in a fault. The codes of the first group are documented (shep-protocol.md section 2.3); those of the second
/// had to be invented and are settings marked as ours.
enum class fault_event {
  message_format,         // SCE001
  unknown_service,        // SCE004
  signature_not_current,  // SCE005
  signature_wrong,        // SCE006
  signature_missing,      // SCE007
  business_not_current,   // SCE015
  business_wrong,         // SCE016
  business_missing,       // SCE017
  internal_error,         // SCE909
  version_mismatch,       // SOAP 1.1 section 4.4.1
  must_understand,        // SOAP 1.1 section 4.4.1
  unknown_sender,         // ours from here on
  wrong_password,
  no_right,
  no_match,
  recipient_timeout,
  unavailable,
  too_large,
  signer_not_entitled,
  signer_not_named,
  revocation_unknown,
  recipient_unavailable,
  recipient_answer,
};
inline constexpr fault_event last_fault_event = fault_event::recipient_answer;
std::string_view name_of(fault_event);  ///< "unknown_sender": the key in shepsim.toml

/// ErrorInfo of common/v10/Types, inside a SOAP fault whose faultcode is the error code itself.
struct fault {
  std::string code;
  std::string message;
  std::string data;
  time_point date{};
  std::string session_id;  ///< braced GUID, or empty
};

/// Where in the exchange a problem arose; the same problem means another code for the business signature than for the transport signature.
enum class layer { transport, business };

/// Codes and messages by event: defaults, and what the configuration says instead.
class fault_table {
 public:
  struct row {
    std::string code;
    std::string message;
    bool ours;  ///< invented by this simulator, not documented anywhere
  };
  fault_table();  ///< defaults
  void set(fault_event, std::string code, std::string message);
  const row& at(fault_event) const;

 private:
  std::map<fault_event, row> rows_;
};

/// The one table from problems to events. What it does not know is internal_error.
fault_event event_for(const problem&, layer);

/// The fault a problem becomes. `report_id` lets its owner find the whole story in the journal; the wire shows the problem's detail only
/// where its code allows (exposure).
fault fault_for(const problem&, layer, const fault_table&, std::string_view report_id, time_point now, std::string_view session_id);

/// The SOAP message that carries it, to be sent with HTTP 500, unsigned.
std::string render_fault(const fault&, const style&);

}  // namespace shep::protocol
