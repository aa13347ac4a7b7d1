#pragma once

#include "mocks/engine/criteria.hpp"
#include "mocks/engine/json_node.hpp"
#include "mocks/engine/logic_criteria.hpp"
#include "mocks/engine/string_matcher.hpp"

#include <functional>
#include <string>

namespace shep::mocks {

/// Where operators stand: what they are about, and what may stand inside and, or, not.
struct operator_site {
  std::string name;  ///< of the criterion in reports
  std::function<criterion_ptr(matcher_ptr)> text;
  std::function<criterion_ptr(std::shared_ptr<const xml_pattern>)> xml;  ///< empty where there is no document
  std::function<criterion_ptr(const json_node&)> inner;                  ///< one object inside and, or, not; notes what is wrong with it
};

/// The one operator among the object's keys, with the options that go with it; null when there is none or it cannot be used, which is
/// noted. Keys are not checked here. `required`: having none is a problem.
criterion_ptr decode_operator(const json_node&, const operator_site&, bool required);

/// A text operator alone, from its operand.
matcher_ptr decode_text_operator(const json_node& operand, text_operator, bool any_case = false);

}  // namespace shep::mocks
