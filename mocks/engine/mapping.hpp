#pragma once

#include "mocks/engine/criterion.hpp"
#include "mocks/engine/response_plan.hpp"
#include "mocks/engine/scenario.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shep::mocks {

/// One stub: when these criteria hold, answer so. Immutable once decoded, shared between stores.
struct mapping {
  std::string id;                                          ///< UUID, from the file or derived from its place in it
  std::string name;                                        ///< from the file, else the place it was read from
  int priority = 5;                                        ///< lower wins; among equals the one loaded last
  std::string file;                                        ///< "mappings/gbdfl/person.json"
  std::string source;                                      ///< the mapping's own JSON, compact, for the admin API
  std::string service_id;                                  ///< the only serviceId that can match; empty when several can
  bool for_wiremock = false;                               ///< asks about the HTTP request and nothing of SHEP's
  std::vector<std::unique_ptr<const criterion>> criteria;  ///< in the order of README.md; all must hold
  std::optional<scenario_step> scenario;
  response_plan response;
};

}  // namespace shep::mocks
