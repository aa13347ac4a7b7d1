#include "app/application.hpp"

#include "admin/admin.hpp"
#include "app/files.hpp"
#include "app/pki.hpp"
#include "app/saved_mappings.hpp"
#include "app/successor.hpp"
#include "app/world.hpp"
#include "core/log.hpp"
#include "http/io_threads.hpp"
#include "journal/sqlite_store.hpp"
#include "mocks/engine/scenario_overview.hpp"
#include "ncanode/ncanode.hpp"
#include "ncanode/workers.hpp"
#include "pipeline/gateway.hpp"
#include "pipeline/modes.hpp"

#include <atomic>
#include <filesystem>
#include <mutex>

namespace shep::app {
namespace {

result<std::shared_ptr<journal::store>> open_store(const config::settings& s) {
  const std::string file = resolved(s.root, s.journal.file);
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), failed);
  if (failed) return problem(problems::environment, "the folder of '" + file + "' cannot be made: " + failed.message(), "journal.file");
  auto store = journal::sqlite_store::open({file, s.journal.mode == "durable"});
  if (!store) return store.error();
  return std::shared_ptr<journal::store>(std::move(*store));
}

journal::settings journal_settings_from(const config::settings& s) {
  journal::settings out;
  out.mode = s.journal.mode == "durable" ? journal::durability::durable : journal::durability::relaxed;
  out.when_full = s.journal.overflow == "drop" ? journal::overflow::drop : journal::overflow::wait;
  out.most_records = s.journal.queue_records;
  return out;
}

}  // namespace

/// Order of members is order of making: what is named first outlives what is named later.
struct application::state {
  application::options options;
  system_clock time;
  ids identifiers;
  std::shared_ptr<journal::store> store;
  std::unique_ptr<journal::journal> journal;
  pipeline::metrics metrics;
  faults::rules fault_rules;
  std::unique_ptr<pipeline::gateway> gateway;
  std::atomic<std::shared_ptr<const mocks::engine>> mocks;
  std::atomic<std::shared_ptr<const ncanode::grounds>> grounds;
  std::atomic<std::shared_ptr<test_pki::responders>> pki;
  std::shared_ptr<forwarding::own_listeners> own = std::make_shared<forwarding::own_listeners>();
  std::atomic<bool> draining{false};
  std::mutex reloading;
  std::mutex changing_mappings;  // held for changes and by a reload while it swaps: none is lost between two worlds
  std::unique_ptr<http::io_threads> threads;
  std::unique_ptr<ncanode::workers> workers;  // for the service alone; idle threads otherwise
  std::unique_ptr<http::server> server;
  http::endpoint shep, admin;
  std::optional<http::endpoint> ncanode;

  /// `all_anew`: as after a start; else what was added while the program ran stays, and conversations stand where they stood.
  std::vector<problem> reload(bool all_anew) {
    const std::lock_guard one_at_a_time(reloading);
    auto problems = take_over_files(all_anew);
    metrics.reloaded(problems.empty());
    return problems;
  }

  std::vector<problem> take_over_files(bool all_anew) {
    config::load_outcome fresh = options.reread();
    if (!fresh.problems.empty()) return std::move(fresh.problems);
    carried_over carried;
    const auto before = mocks.load();
    if (!all_anew) carried = {before->mappings().added(), before->shared_scenarios()};
    world next = build_world(fresh.value.settings, identifiers, own, carried);
    if (!next.problems.empty()) return std::move(next.problems);
    if (auto lost = check_successor(*gateway->current(), *before, next); !lost.empty()) return lost;
    auto responders = open_pki(fresh.value.settings, time);
    if (!responders) return {responders.error()};
    tell_what_needs_a_restart(options.settings, fresh.value.settings);
    const std::lock_guard no_changes(changing_mappings);
    // Mappings may have been added while the new world was made.
    if (auto added = before->mappings().added(); !all_anew && added != carried.added)
      if (auto problems = next.mocks->mappings().take_over(added); !problems.empty()) return problems;
    pki = *responders;
    mocks = next.mocks;
    // Whether the service is offered is a matter of listeners, which stay as they are: so do its grounds when the new settings have none.
    if (next.ncanode) grounds = next.ncanode;
    gateway->replace(next.snapshot);
    if (!all_anew) mocks::forget_unknown_states(*next.mocks->store(), next.mocks->scenarios());
    return {};
  }

  result<std::vector<std::shared_ptr<const mocks::mapping>>> save_mappings() {
    auto done = save_added_mappings(options.settings.root, mocks.load()->mappings());
    if (!done.problems.empty()) return done.problems.front();
    return std::move(done.saved);
  }

  /// The world in force with another adapter for one service. Exchanges under way keep the adapter they have. A reload brings back what
  /// the configuration says.
  result<void> switch_mode(const std::string& service, const std::string& mode) {
    const std::lock_guard one_at_a_time(reloading);
    auto next = pipeline::with_mode(*gateway->current(), service, mode);
    if (!next) return next.error();
    gateway->replace(std::move(*next));
    return {};
  }

  http::listener_options shep_listener() {
    const config::listen_settings& l = options.settings.listen;
    http::listener_options o;
    o.name = "shep";
    o.address = l.address;
    o.port = l.port;
    o.limits.body.total = l.body_limit;
    o.connections_per_address = l.connections_per_address;
    o.handler = [this](http::request r) { return gateway->serve(std::move(r)); };
    // A framing refusal is journaled by the gateway's renderer; the server calls it for every refusal that is answered.
    o.refuse = [this](const http::framing_problem& p) { return gateway->refuse(p); };
    return o;
  }

  http::listener_options admin_listener() {
    const config::listen_settings& l = options.settings.listen;
    http::listener_options o;
    o.name = "admin";
    o.address = l.admin_address;
    o.port = l.admin_port;
    o.reserved_capacity = true;
    o.handler = admin::make_handler({*gateway,
                                     *journal,
                                     metrics,
                                     time,
                                     [this] { return mocks.load(); },
                                     [this] { return reload(true); },
                                     [this] { return server->counters(); },
                                     [this] { return draining.load(); },
                                     options.admin_token,
                                     {},
                                     [this] { return pki.load(); },
                                     [this](const std::string& service, const std::string& mode) { return switch_mode(service, mode); },
                                     &fault_rules,
                                     &identifiers,
                                     &changing_mappings,
                                     [this] { return save_mappings(); }});
    return o;
  }

  http::listener_options ncanode_listener() {
    const config::listen_settings& l = options.settings.listen;
    http::listener_options o;
    o.name = "ncanode";
    o.address = l.ncanode_address;
    o.port = l.ncanode_port;
    o.limits.body.total = l.body_limit;
    o.connections_per_address = l.connections_per_address;
    o.max_in_flight = 64;  // each may hold a document of the full size, and some copies of it
    o.handler = ncanode::make_handler({[this] { return grounds.load(); }, time, identifiers, *workers, [this] { return draining.load(); },
                                       l.ncanode_open, l.ncanode_hosts});
    o.refuse = ncanode::refuse;
    return o;
  }

  result<void> listen() {
    threads = std::make_unique<http::io_threads>(options.settings.listen.threads);
    if (grounds.load()) workers = std::make_unique<ncanode::workers>(options.settings.listen.threads);
    server = std::make_unique<http::server>(*threads);
    auto at = server->listen(admin_listener());
    if (!at) return at.error();
    admin = *at;
    at = server->listen(shep_listener());
    if (!at) return at.error();
    shep = *at;
    if (workers) {
      at = server->listen(ncanode_listener());
      if (!at) return at.error();
      ncanode = *at;
    }
    own->set(ncanode ? std::vector{shep, admin, *ncanode} : std::vector{shep, admin});
    return {};
  }
};

application::application(std::unique_ptr<state> s) : state_(std::move(s)) {}
application::~application() = default;

application::outcome application::start(options o) {
  auto s = std::make_unique<state>();
  s->options = std::move(o);
  world first = build_world(s->options.settings, s->identifiers, s->own);
  if (!first.problems.empty()) return {nullptr, std::move(first.problems)};
  auto responders = open_pki(s->options.settings, s->time);
  if (!responders) return {nullptr, {responders.error()}};
  s->pki = *responders;
  auto store = open_store(s->options.settings);
  if (!store) return {nullptr, {store.error()}};
  s->store = std::move(*store);
  s->journal = std::make_unique<journal::journal>(s->store, journal_settings_from(s->options.settings));
  s->mocks = first.mocks;
  s->grounds = first.ncanode;
  s->gateway = std::make_unique<pipeline::gateway>(
      pipeline::gateway::parts{s->time, s->identifiers, *s->journal, s->metrics, &s->fault_rules}, first.snapshot);
  if (const auto ok = s->listen(); !ok) return {nullptr, {ok.error()}};
  return {std::unique_ptr<application>(new application(std::move(s))), {}};
}

http::endpoint application::shep() const { return state_->shep; }
http::endpoint application::admin() const { return state_->admin; }
std::optional<http::endpoint> application::ncanode() const { return state_->ncanode; }

std::vector<problem> application::reload() { return state_->reload(false); }

bool application::stop(std::chrono::milliseconds limit) {
  state_->draining = true;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  const http::drain_report drained = state_->server->drain(limit);
  const std::uint64_t waiting = state_->journal->drain(std::max(deadline, std::chrono::steady_clock::now() + std::chrono::seconds(1)));
  return drained.complete && waiting == 0;
}

}  // namespace shep::app
