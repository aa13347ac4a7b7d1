#pragma once

#include "test_pki/behaviour.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>

namespace shep::test_pki {

/// What a PKI's status file says (STATUS.md).
struct statuses {
  std::map<std::string, told, std::less<>> certificates;  ///< by serial number: lower-case hexadecimal, no leading zeros
  std::array<told, 3> responders;                         ///< by `responder`
  std::uint64_t number = 0;                               ///< CRL number of the last change

  const told& of(responder r) const { return responders.at(static_cast<std::size_t>(r)); }
  told& of(responder r) { return responders.at(static_cast<std::size_t>(r)); }
};

/// `name` is the file's, for problems. Error pki_status_file with "name:line".
result<statuses> parse_statuses(std::string_view text, const std::string& name);
std::string to_text(const statuses&);

/// <folder>/status; everything is good without one. Errors: pki_status_file, environment.
result<statuses> read_statuses(const std::string& folder);

/// Reads, changes, counts the CRL number up and writes back, while other processes wait. When `change` fails nothing is written.
/// Errors: those of `change`, pki_status_file, environment.
result<void> change_statuses(const std::string& folder, time_point now, const std::function<result<void>(statuses&)>& change);

}  // namespace shep::test_pki
