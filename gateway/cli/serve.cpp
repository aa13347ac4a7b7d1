#include "app/application.hpp"
#include "app/files.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"
#include "core/ids.hpp"
#include "core/log.hpp"

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

log::level level_from(std::string_view word) {
  if (word == "debug") return log::level::debug;
  if (word == "warning") return log::level::warning;
  return word == "error" ? log::level::error : log::level::info;
}

/// Keys live in this process: no core files, no tracing by others (security catalogue A24).
void guard_memory() {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

/// The signals this program answers, blocked in every thread so that `wait` alone receives them.
class signals {
 public:
  signals() {
    sigemptyset(&set_);
    for (const int s : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, s);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() const {
    int which = 0;
    sigwait(&set_, &which);
    return which;
  }
  /// From now on a second SIGTERM or SIGINT ends the process at once.
  void let_through() const { pthread_sigmask(SIG_UNBLOCK, &set_, nullptr); }

 private:
  sigset_t set_{};
};

void say_ready(const http::endpoint& at) {
  const bool v6 = at.address.find(':') != std::string::npos;
  std::printf("ready http://%s%s%s:%u\n", v6 ? "[" : "", at.address.c_str(), v6 ? "]" : "", static_cast<unsigned>(at.port));
  std::fflush(stdout);
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1" || address == "localhost"; }

/// The token that the admin API asks for. Nobody outside this machine may ask without one (A01).
result<std::string> admin_token(const config::settings& s) {
  if (!s.listen.admin_token_file.empty()) {
    auto token = app::read_secret(app::resolved(s.root, s.listen.admin_token_file), "listen.admin_token_file");
    if (token && token->size() < 16)
      return problem(problems::usage, "the admin token is shorter than 16 characters", "listen.admin_token_file", "use a long random text");
    return token;
  }
  if (is_loopback(s.listen.admin_address)) return std::string();
  std::string token = ids().hex();
  std::fprintf(stderr, "shepsim: the admin API is open to the network; its bearer token, told only now: %s\n", token.c_str());
  return token;
}

/// Clients of the NCANode-shaped service send keys and passwords in plain HTTP and have no token to show, so it opens to the network only
/// when somebody has said so in words.
result<void> check_ncanode(const config::listen_settings& l) {
  if (l.ncanode_port == 0 || is_loopback(l.ncanode_address)) return {};
  if (!l.ncanode_open)
    return problem(problems::usage, "the NCANode-shaped service would listen on " + l.ncanode_address + ", outside loopback",
                   "listen.ncanode_address",
                   "set listen.ncanode_open = true when everybody who reaches that address may see keys and use it");
  log::write(log::level::warning,
             "the NCANode-shaped service is open to the network: keys and passwords travel in the clear, and nobody is asked who he is");
  return {};
}

void reload(app::application& running) {
  const auto problems = running.reload();
  if (problems.empty()) log::write(log::level::info, "reloaded mappings and configuration");
  for (const problem& p : problems) log::write(log::level::error, "not reloaded, the old set stays in force: " + describe(p));
}

int serve(const root_options& options) {
  const config::load_outcome loaded = options.load();
  if (!loaded.problems.empty()) return complain(loaded.problems);
  const config::settings& settings = loaded.value.settings;
  log::configure(settings.log.format, level_from(settings.log.level));
  guard_memory();
  const signals incoming;
  const auto token = admin_token(settings);
  if (!token) return complain(token.error());
  if (const auto ok = check_ncanode(settings.listen); !ok) return complain(ok.error());
  auto [running, problems] = app::application::start({settings, [&options] { return options.load(); }, *token});
  if (!running) return complain(problems);
  say_ready(running->shep());
  say_ready(running->admin());
  if (const auto at = running->ncanode()) say_ready(*at);
  for (int which; (which = incoming.wait()) == SIGHUP;) reload(*running);
  log::write(log::level::info, "draining");
  incoming.let_through();
  const bool clean = running->stop(settings.listen.drain);
  if (!clean) log::write(log::level::error, "requests were cut off or left unrecorded when the drain limit passed");
  return clean ? passed : failed;
}

}  // namespace

void add_serve(CLI::App& program, action& chosen) {
  auto options = std::make_shared<root_options>();
  CLI::App* command = program.add_subcommand(
      "serve", "run the gateway; prints one line 'ready http://…' a listener (SHEP, admin, then the NCANode-shaped service when it is on)");
  options->add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace shep::cli
