#include "crypto/certificate_fields.hpp"

#include <algorithm>

namespace shep::crypto {
namespace {

using namespace asn1;

constexpr std::size_t most_of_a_kind = 8;
constexpr std::size_t longest = 1024;
constexpr std::uint8_t uri = tags::context(6, false);

// One certificate of the NCA holds "http://…crl\n   URL=http://…" in a single URI (kz-eds.md section 4): the address ends at the white
// space.
std::string cleaned(std::string_view text) {
  const auto visible = [](char c) { return c > 0x20 && c < 0x7F; };
  const auto begin = std::find_if(text.begin(), text.end(), visible);
  std::string address(begin, std::find_if_not(begin, text.end(), visible));
  if (address.starts_with("URL=")) address.erase(0, 4);
  return address.size() > longest ? std::string() : address;
}

void add(std::vector<std::string>& list, std::string_view text) {
  std::string address = cleaned(text);
  if (!address.empty() && list.size() < most_of_a_kind) list.push_back(std::move(address));
}

// RFC 5280 section 4.2.1.13: DistributionPoint { distributionPoint [0] { fullName [0] GeneralNames, … }, reasons [1], cRLIssuer [2] }.
void read_points(reader& r, std::vector<std::string>& list, std::string_view what) {
  constexpr std::uint8_t name_tag = tags::context(0, true);
  reader points = r.enter(tags::sequence, what);
  while (points.more()) {
    reader point = points.enter(tags::sequence, "a distribution point");
    while (point.more()) {
      const element field = point.any("a distribution point");
      if (field.tag != name_tag) continue;
      reader name = point.inside(field, "a distribution point's name");
      if (!name.next_is(name_tag)) {
        name.any("a name relative to the issuer");
        continue;
      }
      reader names = name.enter(name_tag, "the names of a distribution point");
      while (names.more()) {
        const element one = names.any("a name of a distribution point");
        if (one.tag == uri) add(list, one.content);
      }
    }
  }
}

}  // namespace

void read_access(reader& r, certificate::fields& f) {
  reader list = r.enter(tags::sequence, "authorityInfoAccess");
  while (list.more()) {
    reader description = list.enter(tags::sequence, "an access description");
    const std::string method = description.oid("an access method");
    const element place = description.any("an access location");
    description.end("an access description");
    if (place.tag != uri) continue;
    if (method == "1.3.6.1.5.5.7.48.1") add(f.ocsp_urls, place.content);
    if (method == "1.3.6.1.5.5.7.48.2") add(f.ca_issuers_urls, place.content);
  }
}

void read_crl_points(reader& r, certificate::fields& f) { read_points(r, f.crl_urls, "cRLDistributionPoints"); }
void read_freshest_crl(reader& r, certificate::fields& f) { read_points(r, f.delta_crl_urls, "freshestCRL"); }

}  // namespace shep::crypto
