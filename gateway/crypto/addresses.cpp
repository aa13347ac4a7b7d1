#include "crypto/addresses.hpp"

#include <algorithm>

namespace shep::crypto {
namespace {

using namespace asn1;

constexpr std::size_t most = 8;
constexpr std::size_t longest = 1024;
constexpr std::uint8_t zero = tags::context(0, true), uri = tags::context(6, false);

}  // namespace

// Two certificates of the NCA hold "http://…crl\n   URL=http://…" in a single URI (kz-eds.md section 4): an address ends at the white
// space, and another one may follow.
void add_address(std::string_view text, std::vector<std::string>& list) {
  constexpr std::string_view another = "URL=";
  const auto visible = [](char c) { return c > 0x20 && c < 0x7F; };
  for (bool first = true; list.size() < most; first = false) {
    text.remove_prefix(static_cast<std::size_t>(std::find_if(text.begin(), text.end(), visible) - text.begin()));
    if (text.empty() || (!first && !text.starts_with(another))) return;
    if (text.starts_with(another)) text.remove_prefix(another.size());
    const auto length = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), visible) - text.begin());
    if (length > 0 && length <= longest) list.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

void read_point_name(reader& r, std::vector<std::string>& list) {
  if (!r.next_is(zero)) {
    r.any("a name relative to the issuer");
    return;
  }
  reader names = r.enter(zero, "the names of a distribution point");
  while (names.more()) {
    const element one = names.any("a name of a distribution point");
    if (one.tag == uri) add_address(one.content, list);
  }
}

void read_points(reader& r, std::vector<std::string>& list, std::string_view what) {
  reader points = r.enter(tags::sequence, what);
  while (points.more()) {
    reader point = points.enter(tags::sequence, "a distribution point");
    while (point.more()) {
      const element field = point.any("a distribution point");
      if (field.tag != zero) continue;  // reasons, cRLIssuer
      reader name = point.inside(field, "a distribution point's name");
      read_point_name(name, list);
    }
  }
}

}  // namespace shep::crypto
