#include "forensics/first_tag.hpp"

#include <algorithm>

namespace shep::forensics {

start_tag parsed(std::string_view tag) {
  start_tag out;
  out.name = name_in({token::kind::start, tag});
  std::string_view rest = tag.substr(1 + out.name.size());
  while (rest.starts_with(" xmlns=\"") || rest.starts_with(" xmlns:")) {
    const std::size_t equals = rest.find("=\"");
    if (equals == std::string_view::npos) break;
    const std::size_t end = rest.find('"', equals + 2);
    if (end == std::string_view::npos) break;
    out.declarations.push_back({equals > 7 ? rest.substr(7, equals - 7) : std::string_view(), rest.substr(equals + 2, end - equals - 2)});
    rest.remove_prefix(end + 1);
  }
  out.attributes = rest.substr(0, rest.size() - std::min<std::size_t>(rest.size(), 1));
  return out;
}

std::string text_of(const declared& d) {
  return (d.prefix.empty() ? " xmlns" : " xmlns:") + std::string(d.prefix) + "=\"" + std::string(d.uri) + "\"";
}

std::string written(const start_tag& tag) {
  std::vector<declared> sorted = tag.declarations;
  std::sort(sorted.begin(), sorted.end(), [](const declared& a, const declared& b) { return a.prefix < b.prefix; });
  std::string out = "<" + std::string(tag.name);
  for (const declared& d : sorted) out += text_of(d);
  return out.append(tag.attributes) + ">";
}

}  // namespace shep::forensics
