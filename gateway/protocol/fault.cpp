#include "protocol/fault.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "protocol/names.hpp"
#include "protocol/safe_text.hpp"
#include "xml/escape.hpp"
#include "xml/names.hpp"

namespace shep::protocol {
namespace {

constexpr std::size_t longest_data = 4096;

/// SOAP's own fault codes are names of its namespace (SOAP 1.1 section 4.4.1); SHEP's stand bare.
std::string fault_code(const fault& f, const style& s) {
  return f.code == "VersionMismatch" || f.code == "MustUnderstand" ? s.soap_prefix + ":" + f.code : f.code;
}

}  // namespace

fault fault_for(const problem& p, layer where, const fault_table& table, std::string_view report_id, time_point now,
                std::string_view session_id) {
  const fault_table::row& row = table.at(event_for(p, where));
  std::string data = "report " + std::string(report_id) + "; " + std::string(p.code.name) + ": ";
  if (p.code.shown == exposure::detail && !p.detail.empty()) {
    data += p.detail;
    if (!p.where.empty()) data += " (" + p.where + ")";
    if (!p.hint.empty()) data += "; " + p.hint;
  } else {
    data += p.code.summary;
  }
  return {row.code, row.message, clipped(data, longest_data), now, std::string(session_id)};
}

// shep-protocol.md section 2.2; the order of ErrorInfo is that of its schema.
std::string render_fault(const fault& f, const style& s) {
  const std::string& soap = s.soap_prefix;
  const std::string detail = s.types_prefix + ":SendMessageFault1_SendMessageFault";
  std::string out =
      "<" + soap + ":Envelope xmlns:" + soap + "=\"" + std::string(xml::ns::soap11) + "\"><" + soap + ":Body><" + soap + ":Fault>";
  append_unless_empty(out, "faultcode", fault_code(f, s));
  append_unless_empty(out, "faultstring", f.message);
  out += "<detail><" + detail + " xmlns:" + s.types_prefix + "=\"" + std::string(ns::sync_types) + "\">";
  append_unless_empty(out, "errorCode", f.code);
  append_unless_empty(out, "errorMessage", f.message);
  append_unless_empty(out, "errorData", f.data);
  append_unless_empty(out, "errorDate", format_date_time(f.date, s.zone));
  append_unless_empty(out, "sessionId", f.session_id);
  out += "</" + detail + "></detail></" + soap + ":Fault></" + soap + ":Body></" + soap + ":Envelope>";
  return out;
}

}  // namespace shep::protocol
