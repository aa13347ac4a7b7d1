#pragma once

#include "mocks/engine/template_text.hpp"

#include <set>
#include <string>

namespace shep::app {

/// What mappings may ask the shipped population for: names of registers (inner ones as a path), members of people and of companies.
class population_names {
 public:
  population_names();

  /// A sentence for a name that nobody in the population has; empty for others.
  std::string why_unknown(mocks::template_lookup::kind, const std::string& name) const;
  std::string hint(mocks::template_lookup::kind, const std::string& name) const;

 private:
  using names = std::set<std::string, std::less<>>;
  const names& of(mocks::template_lookup::kind) const;

  names registers_{"iin", "bin", "person", "organization"}, person_, organization_;
};

}  // namespace shep::app
