#pragma once

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The folder of a recorded exchange (README.md says what is in it). Blocking file access: never on an I/O thread.
namespace shep::forwarding {

/// One exchange worth keeping.
struct recorded_exchange {
  std::string name;  ///< made by `fixture_name`
  std::string service_id;
  std::string exchange_id;
  time_point at{};
  shared_bytes request;   ///< octets as the client sent them
  shared_bytes response;  ///< octets as the recipient sent them
  unsigned http_status = 200;
  std::string status_code, status_message, fault_code, fault_data, carrier;  ///< of the answer, for the mapping
  std::string document;                                                      ///< business document of the answer
  std::vector<std::pair<std::string, std::string>> criteria;                 ///< XPath and text that tell the request from others
};

/// A file name that is safe whatever the serviceId is (security catalogue A05): its letters, digits, '-' and '_', others as '_', 48 at
/// most, and the exchange's id.
std::string fixture_name(std::string_view service_id, std::string_view exchange_id);

/// Makes `folder`/`name` with all its files, whole or not at all: written under a hidden name, then renamed, never over what is there.
/// For the owner's eyes only: messages hold passwords. Error: environment.
result<void> write_fixture(const std::string& folder, const recorded_exchange&);

/// What replay needs of one fixture. Plain files only, at most 16 MiB each. Error: environment.
struct fixture {
  std::string service_id;
  shared_bytes request, response;
};
result<fixture> read_fixture(const std::string& folder, const std::string& name);

/// Names of the fixtures in a folder, in order; hidden ones and links left out.
std::vector<std::string> fixture_names(const std::string& folder);

}  // namespace shep::forwarding
