#include "cli/root_options.hpp"

#include <algorithm>
#include <iterator>
#include <unistd.h>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct flag {
  const char* name;
  const char* key;
  const char* about;
};

constexpr flag flags_table[] = {
    {"--address", "listen.address", "address of the SHEP port"},
    {"--port", "listen.port", "SHEP port; 0 picks a free one"},
    {"--admin-address", "listen.admin_address", "address of the admin port"},
    {"--admin-port", "listen.admin_port", "admin port; 0 picks a free one"},
    {"--ncanode-address", "listen.ncanode_address", "address of the NCANode-shaped service"},
    {"--ncanode-port", "listen.ncanode_port", "port of the NCANode-shaped service; 0 leaves it off"},
    {"--threads", "listen.threads", "threads; 0 for one a processor"},
    {"--body-limit", "listen.body_limit", "largest request body (10MiB)"},
    {"--mode", "gateway.mode", "strict or lenient"},
    {"--zone", "gateway.zone", "zone of the dates we write (+05:00)"},
    {"--profile", "signing.profile", "issuer-serial or key-identifier"},
    {"--journal", "journal.file", "journal file"},
    {"--journal-mode", "journal.mode", "durable or relaxed"},
    {"--log-format", "log.format", "auto, text or json"},
    {"--log-level", "log.level", "debug, info, warning or error"},
};

/// A variable of a section of shepsim.toml. Others that begin alike (SHEPSIM_JOBS of the build script) are not ours to judge.
bool names_a_setting(std::string_view name) {
  constexpr std::string_view sections[] = {"LISTEN_",  "GATEWAY_",    "SIGNING_", "TRUST_", "NCANODE_",
                                           "JOURNAL_", "POPULATION_", "PKI_",     "LOG_"};
  if (!name.starts_with("SHEPSIM_")) return false;
  name.remove_prefix(std::string_view("SHEPSIM_").size());
  return std::any_of(std::begin(sections), std::end(sections), [&](std::string_view s) { return name.starts_with(s); });
}

}  // namespace

void root_options::add_to(CLI::App& command) {
  command.add_option("--root", root, "folder with shepsim.toml")->capture_default_str();
  for (const flag& f : flags_table)
    command.add_option_function<std::string>(
        f.name, [this, key = std::string(f.key)](const std::string& value) { flags[key] = value; }, f.about);
}

config::load_outcome root_options::load() const {
  config::overrides from;
  from.flags = flags;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos && names_a_setting(text.substr(0, equals)))
      from.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return config::load(root, from);
}

}  // namespace shep::cli
