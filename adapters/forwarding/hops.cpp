#include "adapters/forwarding/hops.hpp"

#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::forwarding {
namespace {

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

}  // namespace

result<std::string> next_hops(std::string_view received, std::string_view instance) {
  std::string out;
  std::size_t count = 0;
  for (std::string_view rest = without_spaces(received); !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = without_spaces(rest.substr(0, comma));
    rest = comma == rest.size() ? std::string_view() : rest.substr(comma + 1);
    if (!is_name(name))
      return problem(problems::message_format, "the header Shepsim-Hops is no list of names", "Shepsim-Hops",
                     "leave it out: simulators that forward a message set it");
    if (name == instance)
      return problem(problems::recipient_unavailable, "the message was forwarded in a circle and is back here", "Shepsim-Hops",
                     "one of the targets on its way leads back to this program");
    if (++count >= most_hops)
      return problem(problems::recipient_unavailable, "the message was forwarded " + std::to_string(count) + " times already",
                     "Shepsim-Hops", "targets form a chain that is too long, or a circle");
    out.append(name).append(", ");
  }
  return out + std::string(instance);
}

}  // namespace shep::forwarding
