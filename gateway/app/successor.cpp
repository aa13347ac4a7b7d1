#include "app/successor.hpp"

#include "core/log.hpp"

#include <set>

namespace shep::app {

std::vector<problem> check_successor(const pipeline::snapshot& now, const mocks::engine& mappings_now, const world& next) {
  const std::string hint = "if it is meant, restart the program";
  if (next.snapshot->routes.all().empty() && !now.routes.all().empty())
    return {{problems::usage, "the configuration has no route any more; the one before stays", "shepsim.toml", hint}};
  const auto mappings = next.mocks->mappings().list();
  if (mappings.empty() && !mappings_now.mappings().list().empty())
    return {{problems::usage, "the root has no mapping any more; the ones before stay", "mappings", hint}};
  std::vector<problem> out;
  std::set<std::string> told;
  for (const auto& m : mappings) {
    const std::string& service = m->service_id;
    if (service.empty() || next.snapshot->routes.knows(service) || !now.routes.knows(service) || !told.insert(service).second) continue;
    out.push_back({problems::usage, "the service '" + service + "' has mappings and lost its route; the configuration before stays",
                   m->file, "bring the route back, or take its mappings away with it"});
  }
  return out;
}

void tell_what_needs_a_restart(const config::settings& running, const config::settings& read) {
  const auto tell = [](std::string_view key) {
    log::write(log::level::warning, std::string(key) + " has changed in the files and stays as it is until the program is started anew");
  };
  if (running.listen.port != read.listen.port || running.listen.address != read.listen.address) tell("listen.port or listen.address");
  if (running.listen.admin_port != read.listen.admin_port || running.listen.admin_address != read.listen.admin_address)
    tell("listen.admin_port or listen.admin_address");
  if (running.listen.ncanode_port != read.listen.ncanode_port) tell("listen.ncanode_port");
  if (running.journal.file != read.journal.file || running.journal.mode != read.journal.mode) tell("journal.file or journal.mode");
}

}  // namespace shep::app
