#include "forensics/namespace_changes.hpp"

#include "forensics/canonical_text.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <set>

namespace shep::forensics {
namespace {

using kind = token::kind;
namespace ns = xml::ns;

struct declared {
  std::string_view prefix;  ///< empty for the default namespace
  std::string_view uri;     ///< as written, escaped
};

/// One start tag of a canonical form: declarations first, then attributes.
struct start_tag {
  std::string_view name;
  std::vector<declared> declarations;
  std::string_view attributes;  ///< with the space before each
};

start_tag parsed(std::string_view tag) {
  start_tag out;
  out.name = name_in({kind::start, tag});
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

bool uses(std::string_view canonical, std::string_view prefix) {
  const std::string name = std::string(prefix) + ":";
  return canonical.find("<" + name) != std::string_view::npos || canonical.find(" " + name) != std::string_view::npos;
}

struct usual {
  std::string_view prefix, uri;
};
constexpr usual soap_prefixes[] = {{"soap", ns::soap11}, {"soapenv", ns::soap11}, {"SOAP-ENV", ns::soap11}, {"S", ns::soap11},
                                   {"s", ns::soap11},    {"soap", ns::soap12},    {"soapenv", ns::soap12},  {"env", ns::soap12}};
constexpr std::string_view bip_types = "http://bip.bee.kz/SyncChannel/v10/Types";

/// Sets of declarations that stand around a payload in the envelopes of usual toolkits.
std::vector<std::vector<declared>> usual_contexts() {
  std::vector<std::vector<declared>> out;
  const declared schema[] = {{"xs", ns::xs}, {"xsi", ns::xsi}}, schema_net[] = {{"xsd", ns::xs}, {"xsi", ns::xsi}};
  for (const usual& soap : soap_prefixes) {
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

namespace {

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
  for (const usual& soap : soap_prefixes) added.push_back({{soap.prefix, soap.uri}});
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

bool prefix_changes(std::string_view canonical, const visitor& visit) {
  const std::vector<token> all = tokens_of(canonical);
  if (all.empty() || all[0].what != kind::start) return false;
  static constexpr usual others[] = {{"wsu", ns::wsu},   {"u", ns::wsu},     {"wsse", ns::wsse}, {"o", ns::wsse}, {"ds", ns::ds},
                                     {"dsig", ns::ds},   {"", ns::ds},       {"xsi", ns::xsi},   {"xs", ns::xs},  {"xsd", ns::xs},
                                     {"typ", bip_types}, {"ns2", bip_types}, {"ns3", bip_types}};
  std::vector<usual> known(std::begin(soap_prefixes), std::end(soap_prefixes));
  known.insert(known.end(), std::begin(others), std::end(others));
  const start_tag first = parsed(all[0].octets);
  for (const declared& from : first.declarations) {
    for (const usual& to : known) {
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
