#include "app/world.hpp"

#include "adapters/kinds/kind.hpp"
#include "app/collector.hpp"
#include "app/contract_world.hpp"
#include "app/fault_key_ring.hpp"
#include "app/files.hpp"
#include "app/forward_world.hpp"
#include "app/keys.hpp"
#include "app/mock_world.hpp"
#include "app/ncanode_grounds.hpp"
#include "app/trust_world.hpp"
#include "pipeline/fault_key_check.hpp"

#include <algorithm>

namespace shep::app {
namespace {

using identity = std::shared_ptr<const crypto::identity>;

std::vector<std::string> channels_from(const config::sender_settings& from, collector& c) {
  for (const std::string& channel : from.channels)
    if (channel != "sync" && channel != "async" && channel != "*")
      c.add({problems::usage, "there is no channel '" + channel + "'", "sender." + from.id + ".channels", "channels are sync and async"});
  return from.channels;
}

routing::sender sender_from(const config::settings& s, const config::sender_settings& from, collector& c) {
  routing::sender out;
  out.id = from.id;
  out.services = from.services;
  out.channels = channels_from(from, c);
  out.iin = from.iin;
  out.bin = from.bin;
  out.faults = from.faults;
  out.certificates = load_all(s.root, from.certificates, "sender." + from.id + ".certificates", c);
  if (!from.password_file.empty())
    out.password = c.take(read_secret(resolved(s.root, from.password_file), "sender." + from.id + ".password_file"));
  else if (!from.password.empty()) out.password = from.password;
  return out;
}

routing::business_signature business_signature_from(std::string_view word) {
  if (word == "required") return routing::business_signature::required;
  return word == "ignored" ? routing::business_signature::ignored : routing::business_signature::optional;
}

eds::certificate_rules signer_rules_from(const config::route_settings& from, collector& c) {
  for (const std::string& role : from.signer_roles)
    if (!crypto::is_key_user(role))
      c.add({problems::usage, "there is no role '" + role + "'", "route." + from.service + ".signer_roles",
             "roles are INDIVIDUAL, ORGANIZATION, CEO, CAN_SIGN, EMPLOYEE and others: gateway/eds/README.md"});
  return {from.signer_roles, from.signer_policies, from.signer_usage == "sign"};
}

std::shared_ptr<const xml::xpath> path_from(const std::string& expression, const std::string& setting, collector& c) {
  if (expression.empty()) return nullptr;
  auto compiled = xml::xpath::compile(expression);
  if (compiled) return std::make_shared<const xml::xpath>(std::move(*compiled));
  problem why = compiled.error();
  why.where = setting;
  c.add(std::move(why));
  return nullptr;
}

routing::route route_from(const config::route_settings& from, opened_keys& keys, collector& c) {
  routing::route out;
  out.service_id = from.service;
  out.route_id = from.route_id;
  out.sender_id = from.sender;
  out.adapter = from.adapter;
  out.system = from.system;
  out.target = from.target;
  out.signature_required = from.signature == "required";
  out.business = business_signature_from(from.business_signature);
  out.signer = signer_rules_from(from, c);
  out.signer_iin = path_from(from.signer_iin, "route." + from.service + ".signer_iin", c);
  out.signer_bin = path_from(from.signer_bin, "route." + from.service + ".signer_bin", c);
  const bool asks = out.signer_iin || out.signer_bin || !from.signer_roles.empty() || !from.signer_policies.empty();
  if (asks && out.business != routing::business_signature::required)
    c.add({problems::usage, "the route asks who signed the business data, which need not be signed",
           "route." + from.service + ".business_signature", "write business_signature = \"required\""});
  out.key = keys.open(from.key, from.password_file, "route." + from.service + ".key", c);
  return out;
}

/// Consent tokens are signed with the key of the consent service.
identity token_key(const std::vector<routing::route>& routes, const identity& gateway) {
  for (const routing::route& r : routes)
    if (r.service_id == "KDP_SERVICE" && r.key) return r.key;
  return gateway;
}

void set_faults(const config::settings& s, protocol::fault_table& table, collector& c) {
  constexpr auto last = static_cast<int>(protocol::last_fault_event);
  for (const config::fault_settings& f : s.faults) {
    bool known = false;
    for (int i = 0; i <= last; ++i)
      if (const auto event = static_cast<protocol::fault_event>(i); protocol::name_of(event) == f.event) {
        table.set(event, f.code, f.message);
        known = true;
      }
    if (!known) c.add({problems::usage, "there is no fault event '" + f.event + "'", "faults." + f.event});
  }
}

/// Every kind is made, also those that no route has: routes may be switched to them while the program runs.
void set_adapters(pipeline::snapshot& snapshot, std::span<const routing::route> routes, const adapters::parts& parts, collector& c) {
  const auto kinds = adapters::catalogue();
  for (const adapters::kind* k : kinds) snapshot.adapters.emplace(k->name, k->make(parts));
  for (const routing::route& r : routes) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const adapters::kind* k) { return k->name == r.adapter; });
    if (kind == kinds.end()) c.add({problems::usage, "there is no adapter '" + r.adapter + "'", "route." + r.service_id + ".adapter"});
    else if ((*kind)->needs_target && r.target.empty())
      c.add({problems::usage, "the adapter '" + r.adapter + "' asks a real endpoint, and the route names none",
             "route." + r.service_id + ".target", "write target = \"http://host:port/path\""});
  }
}

}  // namespace

world build_world(const config::settings& s, ids& fresh, std::shared_ptr<const forwarding::own_listeners> own,
                  const carried_over& carried) {
  world out;
  collector c(out.problems);
  auto snapshot = std::make_shared<pipeline::snapshot>();
  trust_world trusted = build_trust(s);
  for (problem& p : trusted.problems) c.add(std::move(p));
  snapshot->trust = std::move(trusted.store);
  snapshot->signatures = trusted.rules;
  snapshot->revocation = std::move(trusted.revocation);
  snapshot->limits.body = s.listen.body_limit;
  snapshot->mode = s.gateway.mode == "strict" ? protocol::reading_mode::strict : protocol::reading_mode::lenient;
  snapshot->style = {s.gateway.soap_prefix, s.gateway.types_prefix, s.gateway.xsi_prefix, s.gateway.xs_prefix, s.gateway.zone};
  c.check(snapshot->style.check());
  snapshot->success_code = s.gateway.success_code;
  snapshot->success_message = s.gateway.success_message;
  snapshot->service_before_signature = s.gateway.fault_precedence == "service";
  snapshot->adapter_timeout = s.gateway.adapter_timeout;
  set_faults(s, snapshot->faults, c);
  opened_keys keys(s);
  snapshot->signer = keys.open(s.signing.key, s.signing.password_file, "signing.key", c);
  snapshot->profile =
      s.signing.profile == "key-identifier" ? eds::transport_profile::key_identifier : eds::transport_profile::issuer_serial;

  snapshot->fault_keys = std::make_shared<fault_key_ring>(resolved(s.root, s.pki.folder));

  std::vector<routing::sender> senders;
  for (const auto& from : s.senders) senders.push_back(sender_from(s, from, c));
  snapshot->senders = c.take(routing::sender_registry::create(std::move(senders)));
  std::vector<routing::route> routes;
  contract_world contracts(s.root, out.problems);
  for (const auto& from : s.routes) {
    routes.push_back(route_from(from, keys, c));
    contracts.join(from, routes.back());
  }
  snapshot->contracts = contracts.finish();

  out.ncanode = ncanode_grounds(s, out.problems);
  mock_world mocks =
      build_mocks({s.root, s.population.seed, s.population.generate, s.gateway.zone}, token_key(routes, snapshot->signer), fresh, carried);
  for (problem& p : mocks.problems) c.add(std::move(p));
  if (mocks.engine)
    for (const auto& m : mocks.engine->mappings().list()) c.check(pipeline::check_fault_key(*snapshot, *m));
  set_adapters(*snapshot, routes, {mocks.engine, build_forwarding(s, *snapshot, routes, std::move(own), fresh, keys, c)}, c);
  snapshot->routes = c.take(routing::route_table::create(std::move(routes)));
  if (!out.problems.empty()) return out;
  out.snapshot = std::move(snapshot);
  out.mocks = std::move(mocks.engine);
  return out;
}

}  // namespace shep::app
