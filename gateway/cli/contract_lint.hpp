#pragma once

#include "config/settings.hpp"
#include "contract/violation.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace shep::cli {

/// What one request of the demo folder brought out of the root's mappings.
struct linted_answer {
  std::string request;  ///< "demo/gbdfl/by-iin.xml"
  std::string service;
  std::string mapping;       ///< name and file; empty when none answered
  contract::findings found;  ///< the answer's
  std::string failure;       ///< why there is no answer; empty when there is one
  bool fault = false;        ///< the mapping answers by a fault, which has no business data
};

struct lint_outcome {
  std::vector<linted_answer> answers;
  std::vector<std::string> unreached;  ///< mappings that no request led to: "name (file)"
  std::vector<problem> problems;       ///< of the root itself; nothing was looked at when there are any
};

/// Renders what the root's mappings answer to its demo requests, to each of them without its fields, and in another
/// namespace, and holds every answer against the service's schema. Nothing is sent anywhere: every route answers by its mappings, whatever
/// its adapter is.
lint_outcome lint_contracts(config::settings);

}  // namespace shep::cli
