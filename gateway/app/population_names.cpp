#include "app/population_names.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/population/country.hpp"

#include <vector>

namespace shep::app {
namespace {

using kind = mocks::template_lookup::kind;

void add_paths(const boost::json::object& from, const std::string& prefix, std::set<std::string, std::less<>>& out) {
  for (const auto& member : from) {
    const std::string path = prefix + std::string(member.key());
    out.insert(path);
    if (const auto* inner = member.value().if_object()) add_paths(*inner, path + ".", out);
  }
}

}  // namespace

population_names::population_names() {
  const auto country = population::country::shipped();
  for (const auto& p : country.personas()) {
    const auto record = p.is_person ? country.person(p.number) : country.organization(p.number);
    if (!record) continue;
    for (const auto& member : *record) (p.is_person ? person_ : organization_).insert(std::string(member.key()));
    if (const auto* registers = record->if_contains("registers"); registers != nullptr && registers->is_object())
      add_paths(registers->get_object(), {}, registers_);
  }
}

const population_names::names& population_names::of(kind k) const {
  if (k == kind::registry) return registers_;
  return k == kind::person ? person_ : organization_;
}

std::string population_names::why_unknown(kind k, const std::string& name) const {
  if (of(k).contains(name)) return {};
  if (k == kind::registry) return "there is no register '" + name + "'";
  return std::string(k == kind::person ? "a person" : "an organization") + " has no member '" + name + "'";
}

std::string population_names::hint(kind k, const std::string& name) const {
  const std::vector<std::string_view> known(of(k).begin(), of(k).end());
  const std::string_view near = mocks::nearest_word(name, known);
  return near.empty() ? "registers and members: mocks/population/README.md" : "did you mean '" + std::string(near) + "'?";
}

}  // namespace shep::app
