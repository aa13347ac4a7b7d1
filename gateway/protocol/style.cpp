#include "protocol/style.hpp"

#include <algorithm>
#include <array>

namespace shep::protocol {
namespace {

bool is_prefix(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  // Namespaces in XML 1.0 section 3: names that begin with these three letters in any case are reserved.
  const bool reserved = text.size() >= 3 && (text[0] | 0x20) == 'x' && (text[1] | 0x20) == 'm' && (text[2] | 0x20) == 'l';
  return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), inner) && !reserved;
}

}  // namespace

result<void> style::check() const {
  std::array<std::string_view, 4> prefixes = {soap_prefix, types_prefix, xsi_prefix, xs_prefix};
  for (const std::string_view p : prefixes)
    if (!is_prefix(p))
      return problem(problems::usage, "'" + std::string(p) + "' cannot be a namespace prefix", {},
                     "a prefix is an ASCII name that does not begin with xml");
  for (const std::string_view taken : {"wsu", "wsse", "ds"})
    if (std::find(prefixes.begin(), prefixes.end(), taken) != prefixes.end())
      return problem(problems::usage, "the prefix '" + std::string(taken) + "' is taken by the signature", {}, "choose another");
  std::sort(prefixes.begin(), prefixes.end());
  const auto repeated = std::adjacent_find(prefixes.begin(), prefixes.end());
  if (repeated != prefixes.end()) return problem(problems::usage, "the prefix '" + std::string(*repeated) + "' is given twice");
  return {};
}

}  // namespace shep::protocol
