#pragma once

#include "admin/admin.hpp"

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

/// One row of the table that is the API: routing, OpenAPI and documentation all read it.
struct row {
  std::string_view method;
  std::string_view path;  ///< "/__admin/requests/{id}"
  http::response (*answer)(const call&);
  std::string_view about;
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
http::response unmatched_requests(const call&);
http::response one_request(const call&);
http::response raw_request(const call&);
http::response request_trace(const call&);
http::response reset_requests(const call&);
http::response list_mappings(const call&);
http::response one_mapping(const call&);
http::response reset_mappings(const call&);
http::response list_services(const call&);

}  // namespace shep::admin
