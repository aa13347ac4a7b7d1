#include "cli/pki_telling.hpp"

#include "config/nearest.hpp"
#include "core/date_time.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {

void telling::add_folder(CLI::App& command) { command.add_option("--folder", folder, "the folder of the PKI")->capture_default_str(); }

void telling::add_moment_and_reason(CLI::App& command) {
  command.add_option("--at", at, "revoked or on_hold from this moment (2026-10-01T10:00:00Z); default: now");
  command.add_option("--reason", reason, "keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation, …");
}

result<test_pki::told> telling::words() const {
  test_pki::told out;
  const auto what = test_pki::behaviour_by_name(state);
  if (!what)
    return problem(problems::usage, "there is no state '" + state + "'", "--set", config::suggestion(state, test_pki::behaviour_names()));
  out.what = *what;
  if (!at.empty()) {
    const auto moment = parse_date_time(at);
    if (!moment) return problem(problems::usage, moment.error().detail, "--at", "2026-10-01T10:00:00Z");
    out.since = moment->utc;
  }
  if (!reason.empty()) {
    out.why = test_pki::reason_by_name(reason);
    if (!out.why)
      return problem(problems::usage, "no revocation has the reason '" + reason + "'", "--reason",
                     config::suggestion(reason, test_pki::reason_names()));
  }
  if (delay != 0) out.delay = std::chrono::milliseconds(delay);
  return out;
}

result<test_pki::issued> chosen_certificate(const std::string& folder, const std::string& who) {
  const auto all = test_pki::inventory::load(folder);
  if (!all) return all.error();
  if (const test_pki::issued* one = all->find(who)) return *one;
  return problem(problems::usage, "no certificate in '" + folder + "' has the name or serial number '" + who + "'", "NAME",
                 config::suggestion(who, all->names()));
}

}  // namespace shep::cli
