#pragma once

#include "core/result.hpp"

#include <chrono>
#include <string>

namespace shep::protocol {

/// How our messages look: clients of the real gateway parse by literal prefix (shep-protocol.md section 1.5), so prefixes are settings.
struct style {
  std::string soap_prefix = "soap";
  std::string types_prefix = "ns2";
  std::string xsi_prefix = "xsi";
  std::string xs_prefix = "xs";
  std::chrono::minutes zone{300};  ///< of the dates we write

  /// Prefixes must be different NCNames and not begin with "xml". Error: problems::usage naming the prefix.
  result<void> check() const;
};

}  // namespace shep::protocol
