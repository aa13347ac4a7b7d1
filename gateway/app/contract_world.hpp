#pragma once

#include "config/settings.hpp"
#include "contract/service_contracts.hpp"
#include "core/problem.hpp"
#include "routing/routes.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shep::app {

/// Compiles the schemas that routes ask for, each once. Files of `root`/schemas come before the shipped ones of the same name.
class contract_world {
 public:
  contract_world(const std::string& root, std::vector<problem>& problems);

  /// Gives the route its mode and contract. A service without a schema has none, and nothing of it is checked.
  void join(const config::route_settings& from, routing::route&);

  std::map<std::string, contract::service_contract, std::less<>> finish() { return std::move(contracts_); }

 private:
  std::shared_ptr<const contract::schema> compiled(const std::string& name, const std::string& setting);

  std::vector<problem>& problems_;
  contract::schema_files files_;
  std::map<std::string, std::shared_ptr<const contract::schema>, std::less<>> schemas_;
  std::map<std::string, contract::service_contract, std::less<>> contracts_;
};

}  // namespace shep::app
