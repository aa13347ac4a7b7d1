#include "config/locate.hpp"

#include <algorithm>
#include <optional>

namespace shep::config {
namespace {

/// "shepsim.toml:83" for a dotted key; empty when it has its default.
std::string source_of(const std::string& key, const loaded& from) {
  const auto found = std::find_if(from.origins.begin(), from.origins.end(), [&](const origin& o) { return o.key == key; });
  return found == from.origins.end() || found->source == "default" ? std::string() : found->source;
}

/// The same for a key of one of several sections; `identity` is the key that every such section has.
std::string source_in(const std::string& section, std::size_t index, const std::string& key, const std::string& identity,
                      const loaded& from) {
  const std::string place = section + "[" + std::to_string(index + 1) + "].";
  std::string found = source_of(place + key, from);
  return found.empty() ? source_of(place + identity, from) : found;
}

template <class List, class Named>
std::optional<std::size_t> index_of(const List& list, Named named) {
  const auto found = std::find_if(list.begin(), list.end(), named);
  if (found == list.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

}  // namespace

std::string located(const std::string& where, const loaded& from) {
  const std::string setting = where.substr(0, where.find_first_of(": "));
  const std::size_t first = setting.find('.'), last = setting.rfind('.');
  if (first == std::string::npos) return where;
  const std::string section = setting.substr(0, first), key = setting.substr(last + 1);
  const std::string name = first == last ? std::string() : setting.substr(first + 1, last - first - 1);
  std::string source;
  if (section == "route") {
    if (const auto i = index_of(from.settings.routes, [&](const route_settings& r) { return r.service == name; }))
      source = source_in(section, *i, key, "service", from);
  } else if (section == "sender") {
    if (const auto i = index_of(from.settings.senders, [&](const sender_settings& s) { return s.id == name; }))
      source = source_in(section, *i, key, "id", from);
  } else {
    source = source_of(setting, from);
  }
  return source.empty() ? where : source + " " + where;
}

}  // namespace shep::config
