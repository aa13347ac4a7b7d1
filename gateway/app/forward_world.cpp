#include "app/forward_world.hpp"

#include "app/files.hpp"
#include "app/target_tls.hpp"
#include "app/trust_world.hpp"
#include "core/log.hpp"

#include <algorithm>

namespace shep::app {
namespace {

using forwarding::endpoint_settings;

/// The listeners whose ports are known before they listen.
std::vector<http::endpoint> configured_listeners(const config::listen_settings& l) {
  std::vector<http::endpoint> out{{l.address, l.port}, {l.admin_address, l.admin_port}, {l.ncanode_address, l.ncanode_port}};
  std::erase_if(out, [](const http::endpoint& e) { return e.port == 0; });
  return out;
}

endpoint_settings::answer_signature signature_from(std::string_view word) {
  if (word == "optional") return endpoint_settings::answer_signature::optional;
  return word == "ignored" ? endpoint_settings::answer_signature::ignored : endpoint_settings::answer_signature::required;
}

std::shared_ptr<forwarding::endpoint> endpoint_from(const config::settings& s, const config::route_settings& from,
                                                    const pipeline::snapshot& world, std::shared_ptr<const forwarding::own_listeners> own,
                                                    opened_keys& keys, collector& c) {
  const std::string setting = "route." + from.service + ".target";
  endpoint_settings e;
  e.to = c.take(forwarding::check_target(from.target, configured_listeners(s.listen), setting));
  e.text = from.target;
  e.tls = target_tls(s, from, e.to, c);
  e.request =
      from.request_form == "as-received" ? endpoint_settings::request_form::as_received : endpoint_settings::request_form::signed_again;
  e.answer = from.answer_form == "as-received" ? endpoint_settings::answer_form::as_received : endpoint_settings::answer_form::rendered;
  e.signature = signature_from(from.answer_signature);
  e.signers = load_all(s.root, from.target_certificates, "route." + from.service + ".target_certificates", c);
  e.key = keys.open(from.target_key, from.target_password_file, "route." + from.service + ".target_key", c);
  if (from.target_key.empty()) e.key = world.signer;
  if (!e.key && from.target_key.empty() && e.request == endpoint_settings::request_form::signed_again)
    c.add({problems::usage, "requests to the target have to be signed and there is no key", "route." + from.service + ".target_key",
           "configure signing.key or target_key, or write request_form = \"as-received\""});
  e.profile = world.profile;
  const config::forward_settings& f = s.forward;
  e.within = {f.connect_timeout, f.first_byte_timeout, f.total_timeout};
  e.breaking = {f.breaker_failures, f.breaker_pause};
  e.room = {f.concurrent, f.waiting};
  e.largest_answer = s.listen.body_limit;
  return std::make_shared<forwarding::endpoint>(std::move(e), std::move(own));
}

/// A folder of fixtures that is partly unreadable must not keep the gateway from starting: what is left out is told.
std::shared_ptr<forwarding::fixture_library> fixtures_from(const config::settings& s, const xml::limits& limits) {
  auto library = std::make_shared<forwarding::fixture_library>(resolved(s.root, s.forward.record_folder), limits);
  for (const problem& p : library->load()) log::write(log::level::warning, "a fixture is left out: " + describe(p));
  return library;
}

}  // namespace

std::shared_ptr<const forwarding::grounds> build_forwarding(const config::settings& s, const pipeline::snapshot& world,
                                                            std::span<const routing::route> routes,
                                                            std::shared_ptr<const forwarding::own_listeners> own, ids& fresh,
                                                            opened_keys& keys, collector& c) {
  auto out = std::make_shared<forwarding::grounds>();
  for (std::size_t i = 0; i < routes.size(); ++i)
    if (!routes[i].target.empty()) out->endpoints.emplace(routes[i].name(), endpoint_from(s, s.routes[i], world, own, keys, c));
  out->trust = world.trust;
  out->signatures = world.signatures;
  out->signatures.detailed = false;
  if (world.revocation)
    out->revocation = [source = world.revocation](std::vector<crypto::certificate> path, revocation::mode how, time_point at) {
      return source->gather(std::move(path), how, at);
    };
  out->limits = world.limits;
  out->identifiers = &fresh;
  out->instance = fresh.hex();
  out->fixtures = fixtures_from(s, world.limits);
  return out;
}

}  // namespace shep::app
