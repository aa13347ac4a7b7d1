#include "forensics/first_tag.hpp"
#include "forensics/namespace_changes.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using kind = token::kind;
namespace ns = xml::ns;

bool uses(std::string_view canonical, std::string_view prefix) {
  const std::string name = std::string(prefix) + ":";
  return canonical.find("<" + name) != std::string_view::npos || canonical.find(" " + name) != std::string_view::npos;
}

/// Sets of declarations that stand around a payload in the envelopes of usual toolkits.
std::vector<std::vector<declared>> usual_contexts() {
  std::vector<std::vector<declared>> out;
  const declared schema[] = {{"xs", ns::xs}, {"xsi", ns::xsi}}, schema_net[] = {{"xsd", ns::xs}, {"xsi", ns::xsi}};
  for (const declared& soap : soap_prefixes) {
    const declared envelope{soap.prefix, soap.uri};
    out.push_back({envelope});
    out.push_back({envelope, schema[0], schema[1]});
    out.push_back({envelope, schema_net[0], schema_net[1]});
    out.push_back({envelope, {"wsu", ns::wsu}});
    out.push_back({envelope, {"typ", bip_types}});
    out.push_back({envelope, {"ns2", bip_types}, schema[0], schema[1]});
    out.push_back({envelope, {"ns2", bip_types}});
    out.push_back({envelope, {"wsu", ns::wsu}, {"ns2", bip_types}, schema[0], schema[1]});
  }
  out.push_back({schema[0], schema[1]});
  out.push_back({schema_net[0], schema_net[1]});
  return out;
}

/// The canonical form after the first tag has been written anew: a declaration that it now makes is not repeated below.
std::string with_first_tag(const std::vector<token>& all, const start_tag& tag, const std::vector<declared>& added) {
  std::string out = written(tag);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].what != kind::start || added.empty() || all[i].octets.find(" xmlns") == std::string_view::npos) {
      out += all[i].octets;
      continue;
    }
    start_tag inner = parsed(all[i].octets);
    std::erase_if(inner.declarations, [&](const declared& d) {
      return std::any_of(added.begin(), added.end(), [&](const declared& a) { return a.prefix == d.prefix && a.uri == d.uri; });
    });
    out += written(inner);
  }
  return out;
}

/// The first tag with other declarations, and the ones among them that nothing below needs.
class context {
 public:
  context(std::string_view canonical, const visitor& visit) : canonical_(canonical), visit_(visit), all_(tokens_of(canonical)) {
    if (all_.empty() || all_[0].what != kind::start) return;
    tag_ = parsed(all_[0].octets);
    constexpr std::size_t looked_at = 40, most = 5;
    for (std::size_t i = 0; i < std::min(tag_.declarations.size(), looked_at) && spare_.size() < most; ++i)
      if (!tag_.declarations[i].prefix.empty() && !uses(canonical, tag_.declarations[i].prefix)) spare_.push_back(i);
  }

  unsigned every() const { return (1u << spare_.size()) - 1; }
  const std::vector<std::size_t>& spare() const { return spare_; }

  /// Without the spare declarations of the mask, with the added ones; true when the visitor ended the search.
  bool tried(unsigned mask, const std::vector<declared>& added) {
    if (tag_.name.empty()) return false;
    start_tag changed = tag_;
    changed.declarations = without(mask);
    std::string names;
    std::vector<declared> really;
    for (const declared& d : added) {
      if (std::any_of(changed.declarations.begin(), changed.declarations.end(), [&](const declared& k) { return k.prefix == d.prefix; }))
        continue;
      really.push_back(d);
      names += text_of(d);
    }
    if (really.size() != added.size() && really.empty()) return false;
    changed.declarations.insert(changed.declarations.end(), really.begin(), really.end());
    const std::string octets = with_first_tag(all_, changed, really);
    if (octets == canonical_) return false;
    std::string detail = names.empty() ? "" : "Around it stood" + names + ".";
    if (mask != 0) detail += (detail.empty() ? "" : " ") + std::string("These declarations were not there:") + removed(mask) + ".";
    return visit_(octets, {&mistakes::other_context, detail});
  }

 private:
  bool is_removed(std::size_t i, unsigned mask) const {
    const auto at = std::find(spare_.begin(), spare_.end(), i);
    return at != spare_.end() && ((mask >> (at - spare_.begin())) & 1u) != 0;
  }
  std::vector<declared> without(unsigned mask) const {
    std::vector<declared> kept;
    for (std::size_t i = 0; i < tag_.declarations.size(); ++i)
      if (!is_removed(i, mask)) kept.push_back(tag_.declarations[i]);
    return kept;
  }
  std::string removed(unsigned mask) const {
    std::string out;
    for (std::size_t i = 0; i < tag_.declarations.size(); ++i)
      if (is_removed(i, mask)) out += text_of(tag_.declarations[i]);
    return out;
  }

  std::string_view canonical_;
  const visitor& visit_;
  std::vector<token> all_;
  start_tag tag_;
  std::vector<std::size_t> spare_;
};

bool fewer(context& around) {
  for (unsigned mask = around.every(); mask > 0; --mask)
    if (around.tried(mask, {})) return true;
  return false;
}

}  // namespace

bool fewer_declarations(std::string_view canonical, const visitor& visit) {
  context around(canonical, visit);
  return fewer(around);
}

bool context_changes(std::string_view canonical, const visitor& visit) {
  context around(canonical, visit);
  if (fewer(around)) return true;
  std::vector<unsigned> masks{0};
  for (std::size_t i = 0; i < around.spare().size(); ++i) masks.push_back(1u << i);
  if (around.spare().size() > 1) masks.push_back(around.every());
  const declared xs{"xs", ns::xs}, xsd{"xsd", ns::xs}, xsi{"xsi", ns::xsi};
  std::vector<std::vector<declared>> added{
      {xs}, {xsd}, {xsi}, {xs, xsi}, {xsd, xsi}, {{"wsu", ns::wsu}}, {{"wsse", ns::wsse}}, {{"ds", ns::ds}}};
  for (const declared& soap : soap_prefixes) added.push_back({{soap.prefix, soap.uri}});
  for (const unsigned mask : masks)
    for (const auto& more : added)
      if (around.tried(mask, more)) return true;
  for (const auto& usual_one : usual_contexts())
    if (around.tried(around.every(), usual_one)) return true;
  return false;
}

std::string with_declarations_of(std::string_view canonical, std::string_view around) {
  const std::vector<token> all = tokens_of(canonical), outer = tokens_of(around);
  if (all.empty() || all[0].what != kind::start || outer.empty() || outer[0].what != kind::start) return {};
  start_tag tag = parsed(all[0].octets);
  std::vector<declared> added;
  for (const declared& d : parsed(outer[0].octets).declarations)
    if (std::none_of(tag.declarations.begin(), tag.declarations.end(), [&](const declared& k) { return k.prefix == d.prefix; }))
      added.push_back(d);
  if (added.empty()) return {};
  tag.declarations.insert(tag.declarations.end(), added.begin(), added.end());
  return with_first_tag(all, tag, added);
}

}  // namespace shep::forensics
