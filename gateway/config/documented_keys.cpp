#include "config/documented_keys.hpp"

#include "config/keys.hpp"

#include <vector>

namespace shep::config {
namespace {

template <class Owner>
void append(std::vector<key_doc>& out, std::span<const key_row<Owner>> rows, std::string_view prefix) {
  Owner defaults;
  for (const auto& row : rows)
    out.push_back({std::string(prefix) + std::string(row.key),
                   type_name(row.member(defaults), row.obeys),
                   toml_literal(row.member(defaults), row.obeys),
                   std::string(row.meaning),
                   {},
                   {}});
}

std::vector<key_doc> all_keys() {
  std::vector<key_doc> out;
  append(out, setting_keys(), "");
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].environment = environment_name(out[i].key);
    out[i].flag = flag_name(setting_keys()[i]);
  }
  append(out, sender_keys(), "sender[].");
  append(out, route_keys(), "route[].");
  append(out, fault_keys(), "faults.<event>.");
  return out;
}

}  // namespace

std::span<const key_doc> documented_keys() {
  static const std::vector<key_doc> table = all_keys();
  return table;
}

}  // namespace shep::config
