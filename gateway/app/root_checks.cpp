#include "app/root_checks.hpp"

#include "app/files.hpp"
#include "app/mapping_checks.hpp"
#include "app/mapping_places.hpp"
#include "app/place_checks.hpp"
#include "app/scenario_checks.hpp"
#include "app/sender_checks.hpp"
#include "app/shadowed.hpp"
#include "core/date_time.hpp"
#include "crypto/trust.hpp"
#include "mocks/engine/mapping_loader.hpp"
#include "routing/routes.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace shep::app {
namespace {

void check_services(const config::settings& s, const mocks::load_outcome& loaded, std::vector<problem>& out) {
  std::vector<routing::route> rows;
  std::map<std::string, bool> seen;
  for (const auto& from : s.routes) {
    if (!seen.emplace(from.service, true).second) continue;
    routing::route r;
    r.service_id = from.service;
    rows.push_back(std::move(r));
  }
  if (rows.empty()) {
    if (!loaded.mappings.empty())
      out.push_back({problems::usage, "there is no route, so none of the mappings can answer", "shepsim.toml",
                     "write a [[route]] for each service, or make a root with shepsim init"});
    return;
  }
  const auto routes = routing::route_table::create(std::move(rows));
  if (!routes) return;
  mapping_places places(s.root);
  for (const auto& m : loaded.mappings) {
    if (m->service_id.empty() || routes->knows(m->service_id)) continue;
    problem why = routes->choose(m->service_id, {}, {}).error();
    out.push_back({problems::usage, "mapping '" + m->name + "' answers the service '" + m->service_id + "', which has no route",
                   places.of(*m), why.hint});
  }
}

void check_period(const config::settings& s, const std::string& file, const std::string& password_file, const std::string& setting,
                  time_point now, std::vector<problem>& out) {
  if (file.empty()) return;
  const auto identity = load_identity(resolved(s.root, file), password_file.empty() ? "" : resolved(s.root, password_file), setting);
  if (!identity) return;  // told by whoever loads it to use it
  const auto& info = (*identity)->certificate.info();
  const std::string hint = "make a new one: shepsim pki new, or name another key";
  if (now > info.not_after)
    out.push_back({problems::usage, "the certificate of the key ended at " + format_utc(info.not_after), setting + ": " + file, hint});
  if (now < info.not_before)
    out.push_back({problems::usage, "the certificate of the key begins at " + format_utc(info.not_before), setting + ": " + file, hint});
}

void check_routes(const config::settings& s, const mocks::load_outcome& loaded, root_findings& out) {
  std::set<std::string> senders, answered;
  for (const auto& from : s.senders) senders.insert(from.id);
  for (const auto& m : loaded.mappings) answered.insert(m->service_id);
  // Mappings that could not be read, and those of several services, might answer any.
  const bool known = loaded.problems.empty() && !answered.contains("");
  for (const auto& r : s.routes) {
    if (!r.sender.empty() && !senders.contains(r.sender))
      out.errors.push_back({problems::usage, "the route is for the sender '" + r.sender + "', which is not configured",
                            "route." + r.service + ".sender", "add a [[sender]], or name one that is there"});
    if (known && r.adapter == "mock" && !answered.contains(r.service))
      out.warnings.push_back({problems::usage, "no mapping answers the service '" + r.service + "'", "route." + r.service + ".service",
                              "write one below mappings/, add one by the admin API, or choose another adapter"});
  }
}

void check_anchors(const config::settings& s, root_findings& out) {
  const bool required = std::any_of(s.routes.begin(), s.routes.end(), [](const auto& r) { return r.signature == "required"; });
  if (s.trust.anchors.empty() && required)
    out.errors.push_back({problems::usage, "signatures are required and nobody is trusted, so every message is refused", "trust.anchors",
                          "name the root certificates: anchors = [\"certs/trusted/root.pem\"]"});
  for (const std::string& file : s.trust.anchors) {
    const auto found = crypto::load_certificates(resolved(s.root, file));
    if (!found) continue;  // told by whoever loads it to use it
    for (const auto& c : *found)
      if (!c.info().is_ca)
        out.warnings.push_back({problems::usage, "'" + c.info().subject + "' is trusted and is no certificate of an authority",
                                "trust.anchors: " + file, "name the root's certificate; those of signers belong into trust.known"});
  }
}

}  // namespace

root_findings check_root(const config::settings& s, time_point now) {
  root_findings out;
  const mocks::load_outcome loaded = mocks::load_mappings(s.root);
  check_services(s, loaded, out.errors);
  for (problem& p : shadowed_mappings(s.root, loaded.mappings).found) out.errors.push_back(std::move(p));
  check_mappings(s, loaded.mappings, out);
  check_scenarios(s.root, loaded.mappings, out);
  check_senders(s, now, out);
  check_routes(s, loaded, out);
  check_anchors(s, out);
  check_places(s, out);
  check_period(s, s.signing.key, s.signing.password_file, "signing.key", now, out.errors);
  std::map<std::string, bool> seen;
  for (const auto& r : s.routes)
    if (seen.emplace(r.key, true).second) check_period(s, r.key, r.password_file, "route." + r.service + ".key", now, out.errors);
  return out;
}

}  // namespace shep::app
