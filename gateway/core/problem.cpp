#include "core/problem.hpp"

#include <stdexcept>

namespace shep {

std::string describe(const problem& p) {
  std::string text(p.code.name);
  text += ": ";
  text += p.detail.empty() ? std::string(p.code.summary) : p.detail;
  if (!p.where.empty()) text += " (" + p.where + ")";
  if (!p.hint.empty()) text += "; " + p.hint;
  return text;
}

void throw_exception_from_error(const problem& p, const boost::source_location&) { throw std::runtime_error(describe(p)); }

}  // namespace shep
