#include "crypto/addresses.hpp"

#include <algorithm>

namespace shep::crypto {
namespace {

using namespace asn1;

constexpr std::size_t most = 8;
constexpr std::size_t longest = 1024;
constexpr std::uint8_t zero = tags::context(0, true), uri = tags::context(6, false);

}  // namespace

// One certificate of the NCA holds "http://…crl\n   URL=http://…" in a single URI (kz-eds.md section 4): the address ends at the white
// space.
void add_address(std::string_view text, std::vector<std::string>& list) {
  const auto visible = [](char c) { return c > 0x20 && c < 0x7F; };
  const auto begin = std::find_if(text.begin(), text.end(), visible);
  std::string address(begin, std::find_if_not(begin, text.end(), visible));
  if (address.starts_with("URL=")) address.erase(0, 4);
  if (!address.empty() && address.size() <= longest && list.size() < most) list.push_back(std::move(address));
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
