#include "contract/violation.hpp"

namespace shep::contract {

std::string_view name_of(layer l) { return l == layer::channel ? "channel" : "business"; }

std::string describe(const violation& v) {
  std::string text = v.where;
  if (v.line != 0) text += ", line " + std::to_string(v.line);
  return text + ": " + v.rule + ": " + v.detail;
}

}  // namespace shep::contract
