#pragma once

#include "admin/admin.hpp"

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace shep::admin {

/// One call of the API: what was asked, and the parts of the path that stand for {…}.
struct call {
  const parts& of;
  const http::request& request;
  std::map<std::string, std::string, std::less<>> named;
};

/// An answer that leaves later: a timer waits, no thread does.
struct delayed_response {
  http::response response;
  std::chrono::milliseconds after{0};
};

/// Who may ask. Addresses that stand in certificates are asked by programs that know no token, under whatever host name they were given.
enum class audience { operators, everybody };

/// One row of the table that is the API: routing, OpenAPI and documentation all read it. Either `answer` or `answer_later` is set.
struct row {
  std::string_view method;
  std::string_view path;  ///< "/__admin/requests/{id}"; "{name...}" at the end takes the rest of the path, slashes included
  http::response (*answer)(const call&);
  std::string_view about;
  audience for_whom = audience::operators;
  delayed_response (*answer_later)(const call&) = nullptr;
  std::string_view body{};  ///< schema of the body, of those in openapi.cpp; empty: none is described
  unsigned status = 200;    ///< of an answer to a request that was understood
};
std::span<const row> table();

// The rows' functions, by subject.
http::response health(const call&);
http::response live(const call&);
http::response ready(const call&);
http::response metrics_text(const call&);
http::response version(const call&);
http::response list_requests(const call&);
http::response find_requests(const call&);
http::response count_requests(const call&);
http::response unmatched_requests(const call&);
http::response one_request(const call&);
http::response raw_request(const call&);
http::response request_trace(const call&);
http::response reset_requests(const call&);
http::response list_mappings(const call&);
http::response one_mapping(const call&);
http::response reset_mappings(const call&);
http::response add_mapping(const call&);
http::response replace_mapping(const call&);
http::response remove_mapping(const call&);
http::response remove_all_mappings(const call&);
http::response find_mappings_by_metadata(const call&);
http::response remove_mappings_by_metadata(const call&);
http::response import_mappings(const call&);
http::response save_mappings(const call&);
http::response reset_all(const call&);
http::response list_scenarios(const call&);
http::response reset_scenarios(const call&);
http::response set_scenario_state(const call&);
http::response unmatched_near_misses(const call&);
http::response near_misses_of(const call&);
http::response near_misses_of_pattern(const call&);
http::response openapi(const call&);
http::response list_services(const call&);
http::response list_modes(const call&);
http::response one_mode(const call&);
http::response set_mode(const call&);
http::response list_faults(const call&);
http::response one_fault(const call&);
http::response set_fault(const call&);
http::response remove_fault(const call&);
http::response reset_faults(const call&);
http::response list_pki_certificates(const call&);
http::response pki_certificate_status(const call&);
http::response set_pki_certificate_status(const call&);
http::response pki_responder_status(const call&);
http::response set_pki_responder_status(const call&);
delayed_response pki_ocsp(const call&);
delayed_response pki_list(const call&);
delayed_response pki_time_stamp(const call&);
delayed_response pki_certificate(const call&);

}  // namespace shep::admin
