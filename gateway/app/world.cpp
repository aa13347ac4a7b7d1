#include "app/world.hpp"

#include "adapters/kinds/kind.hpp"
#include "app/files.hpp"
#include "app/mock_world.hpp"
#include "app/ncanode_grounds.hpp"
#include "app/pki.hpp"

#include <algorithm>

namespace shep::app {
namespace {

/// Takes values apart from their problems, so that one pass tells everything that is wrong.
class collector {
 public:
  explicit collector(std::vector<problem>& problems) : problems_(problems) {}
  template <class T>
  T take(result<T> r, T otherwise = {}) {
    if (r) return std::move(*r);
    problems_.push_back(r.error());
    return otherwise;
  }
  void check(const result<void>& r) {
    if (!r) problems_.push_back(r.error());
  }
  void add(problem p) { problems_.push_back(std::move(p)); }

 private:
  std::vector<problem>& problems_;
};

using identity = std::shared_ptr<const crypto::identity>;

std::vector<crypto::certificate> certificates(const std::string& root, const std::vector<std::string>& paths, collector& c) {
  std::vector<crypto::certificate> all;
  for (const std::string& path : paths) {
    auto found = c.take(crypto::load_certificates(resolved(root, path)));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

identity load_key(const config::settings& s, const std::string& key, const std::string& password_file, const std::string& setting,
                  collector& c) {
  if (key.empty()) return nullptr;
  identity id = c.take(load_identity(resolved(s.root, key), password_file.empty() ? "" : resolved(s.root, password_file), setting));
  if (id) c.check(check_marked(*id, s, setting));
  return id;
}

routing::sender sender_from(const config::settings& s, const config::sender_settings& from, collector& c) {
  routing::sender out;
  out.id = from.id;
  out.services = from.services;
  out.certificates = certificates(s.root, from.certificates, c);
  if (!from.password_file.empty())
    out.password = c.take(read_secret(resolved(s.root, from.password_file), "sender." + from.id + ".password_file"));
  else if (!from.password.empty()) out.password = from.password;
  return out;
}

routing::business_signature business_signature_from(std::string_view word) {
  if (word == "required") return routing::business_signature::required;
  return word == "ignored" ? routing::business_signature::ignored : routing::business_signature::optional;
}

routing::route route_from(const config::settings& s, const config::route_settings& from, collector& c) {
  routing::route out;
  out.service_id = from.service;
  out.route_id = from.route_id;
  out.sender_id = from.sender;
  out.adapter = from.adapter;
  out.system = from.system;
  out.signature_required = from.signature == "required";
  out.business = business_signature_from(from.business_signature);
  out.key = load_key(s, from.key, from.password_file, "route." + from.service + ".key", c);
  return out;
}

/// Consent tokens are signed with the key of the consent service.
identity token_key(const std::vector<routing::route>& routes, const identity& gateway) {
  for (const routing::route& r : routes)
    if (r.service_id == "KDP_SERVICE" && r.key) return r.key;
  return gateway;
}

void set_faults(const config::settings& s, protocol::fault_table& table, collector& c) {
  constexpr auto last = static_cast<int>(protocol::fault_event::too_large);
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

}  // namespace

world build_world(const config::settings& s, ids& fresh) {
  world out;
  collector c(out.problems);
  auto snapshot = std::make_shared<pipeline::snapshot>();
  snapshot->trust = std::make_shared<crypto::trust_store>(crypto::trust_store::contents{
      certificates(s.root, s.trust.anchors, c), certificates(s.root, s.trust.intermediates, c), certificates(s.root, s.trust.known, c)});
  snapshot->limits.body = s.listen.body_limit;
  snapshot->signatures.compat = s.trust.compat;
  snapshot->signatures.detailed = false;
  snapshot->mode = s.gateway.mode == "strict" ? protocol::reading_mode::strict : protocol::reading_mode::lenient;
  snapshot->style = {s.gateway.soap_prefix, s.gateway.types_prefix, s.gateway.xsi_prefix, s.gateway.xs_prefix, s.gateway.zone};
  c.check(snapshot->style.check());
  snapshot->success_code = s.gateway.success_code;
  snapshot->success_message = s.gateway.success_message;
  snapshot->service_before_signature = s.gateway.fault_precedence == "service";
  snapshot->adapter_timeout = s.gateway.adapter_timeout;
  set_faults(s, snapshot->faults, c);
  snapshot->signer = load_key(s, s.signing.key, s.signing.password_file, "signing.key", c);
  snapshot->profile =
      s.signing.profile == "key-identifier" ? eds::transport_profile::key_identifier : eds::transport_profile::issuer_serial;

  std::vector<routing::sender> senders;
  for (const auto& from : s.senders) senders.push_back(sender_from(s, from, c));
  snapshot->senders = c.take(routing::sender_registry::create(std::move(senders)));
  std::vector<routing::route> routes;
  for (const auto& from : s.routes) routes.push_back(route_from(s, from, c));

  out.ncanode = ncanode_grounds(s, out.problems);
  mock_world mocks =
      build_mocks({s.root, s.population.seed, s.population.generate, s.gateway.zone}, token_key(routes, snapshot->signer), fresh);
  for (problem& p : mocks.problems) c.add(std::move(p));
  const adapters::parts parts{mocks.engine};
  for (const routing::route& r : routes) {
    const auto kinds = adapters::catalogue();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const adapters::kind* k) { return k->name == r.adapter; });
    if (kind == kinds.end()) c.add({problems::usage, "there is no adapter '" + r.adapter + "'", "route." + r.service_id + ".adapter"});
    else if (!snapshot->adapters.contains(r.adapter)) snapshot->adapters.emplace(r.adapter, (*kind)->make(parts));
  }
  snapshot->routes = c.take(routing::route_table::create(std::move(routes)));
  if (!out.problems.empty()) return out;
  out.snapshot = std::move(snapshot);
  out.mocks = std::move(mocks.engine);
  return out;
}

}  // namespace shep::app
