#include "forensics/first_tag.hpp"
#include "forensics/namespace_changes.hpp"

#include <algorithm>
#include <set>

namespace shep::forensics {
namespace {

using kind = token::kind;
namespace ns = xml::ns;

}  // namespace

std::vector<std::string> listable_prefixes(std::string_view inclusive) {
  constexpr std::size_t most = 12;
  std::set<std::string> found;
  std::string_view own;
  for (const token& t : tokens_of(inclusive)) {
    if (found.size() >= most) break;
    if (t.what != kind::start) continue;
    if (own.data() == nullptr) own = name_in(t);
    if (t.octets.find(" xmlns") == std::string_view::npos) continue;
    for (const declared& d : parsed(t.octets).declarations) found.insert(d.prefix.empty() ? "#default" : std::string(d.prefix));
  }
  const std::size_t colon = own.find(':');
  found.erase(colon == std::string_view::npos ? "#default" : std::string(own.substr(0, colon)));
  return {found.begin(), found.end()};
}

std::vector<std::vector<std::string>> prefix_lists(std::string_view inclusive) {
  const std::vector<std::string> all = listable_prefixes(inclusive);
  std::vector<std::vector<std::string>> out;
  if (all.empty()) return out;
  if (all.size() <= 5) {
    for (unsigned mask = 1; mask < (1u << all.size()); ++mask) {
      std::vector<std::string> list;
      for (std::size_t i = 0; i < all.size(); ++i)
        if ((mask >> i) & 1u) list.push_back(all[i]);
      out.push_back(std::move(list));
    }
    return out;
  }
  for (const std::string& one : all) out.push_back({one});
  out.push_back(all);
  for (std::size_t left_out = 0; left_out < all.size(); ++left_out) {
    std::vector<std::string> list = all;
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(left_out));
    out.push_back(std::move(list));
  }
  return out;
}

bool prefix_changes(std::string_view canonical, const visitor& visit) {
  const std::vector<token> all = tokens_of(canonical);
  if (all.empty() || all[0].what != kind::start) return false;
  static constexpr declared others[] = {{"wsu", ns::wsu},   {"u", ns::wsu},     {"wsse", ns::wsse}, {"o", ns::wsse}, {"ds", ns::ds},
                                        {"dsig", ns::ds},   {"", ns::ds},       {"xsi", ns::xsi},   {"xs", ns::xs},  {"xsd", ns::xs},
                                        {"typ", bip_types}, {"ns2", bip_types}, {"ns3", bip_types}};
  std::vector<declared> known(std::begin(soap_prefixes), std::end(soap_prefixes));
  known.insert(known.end(), std::begin(others), std::end(others));
  const start_tag first = parsed(all[0].octets);
  for (const declared& from : first.declarations) {
    for (const declared& to : known) {
      if (to.uri != from.uri || to.prefix == from.prefix) continue;
      if (std::any_of(first.declarations.begin(), first.declarations.end(), [&](const declared& d) { return d.prefix == to.prefix; }))
        continue;
      const auto renamed = [&](std::string_view name) {
        const std::size_t colon = name.find(':');
        const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
        if (prefix != from.prefix) return std::string(name);
        const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
        return (to.prefix.empty() ? "" : std::string(to.prefix) + ":") + std::string(local);
      };
      std::string octets;
      for (const token& t : all) {
        if (t.what == kind::end) {
          octets += "</" + renamed(name_in(t)) + ">";
        } else if (t.what == kind::start) {
          start_tag tag = parsed(t.octets);
          const std::string name = renamed(tag.name);
          tag.name = name;
          for (declared& d : tag.declarations)
            if (d.prefix == from.prefix && d.uri == from.uri) d.prefix = to.prefix;
          std::string attributes(tag.attributes);
          if (!from.prefix.empty()) {
            const std::string old_name = " " + std::string(from.prefix) + ":", new_name = " " + std::string(to.prefix) + ":";
            for (std::size_t at = attributes.find(old_name); at != std::string::npos; at = attributes.find(old_name, at + new_name.size()))
              attributes.replace(at, old_name.size(), new_name);
          }
          tag.attributes = attributes;
          octets += written(tag);
        } else {
          octets += t.octets;
        }
      }
      const std::string detail = "\"" + std::string(to.prefix) + "\" has become \"" + std::string(from.prefix) + "\".";
      if (visit(octets, {&mistakes::prefix_renamed, detail})) return true;
    }
  }
  return false;
}

}  // namespace shep::forensics
