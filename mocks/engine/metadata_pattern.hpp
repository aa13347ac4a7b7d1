#pragma once

#include "core/problem.hpp"
#include "mocks/engine/mapping.hpp"
#include "mocks/engine/value_matcher.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/json/value.hpp>

namespace shep::mocks {

/// What the metadata of mappings are asked for, in two of WireMock's operators: `{"matchesJsonPath": "$.tag"}` (something is there),
/// `{"matchesJsonPath": {"expression": "$.tags[*]", "equalTo": "x"}}` with any text operator, and `{"equalToJson": {…}}` with
/// `ignoreArrayOrder` and `ignoreExtraElements`. Of JSONPath: `$`, `.name`, `['name']`, `[0]`, `.*`, `[*]`.
class metadata_pattern {
 public:
  struct decoded;
  /// `problems` point into the text.
  static decoded decode(std::string_view json);

  /// A path also finds `$.file`, where the mapping was read from.
  bool holds(const mapping&) const;

 private:
  struct any_member {};
  using step = std::variant<any_member, std::string, std::size_t>;
  struct path_question {
    std::vector<step> path;
    std::shared_ptr<const value_matcher> matcher;  // null: something is there
  };
  struct equality_question {
    boost::json::value wanted;
    bool any_order = false, more_allowed = false;
  };
  friend struct metadata_decoder;

  std::variant<path_question, equality_question> asked_;
};

struct metadata_pattern::decoded {
  std::optional<metadata_pattern> pattern;  ///< set when there are no problems
  std::vector<problem> problems;
};

}  // namespace shep::mocks
