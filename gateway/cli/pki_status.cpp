#include "cli/output.hpp"
#include "cli/pki_commands.hpp"
#include "cli/pki_telling.hpp"
#include "core/clock.hpp"
#include "core/date_time.hpp"
#include "test_pki/set_status.hpp"
#include "test_pki/status_json.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

namespace shep::cli {
namespace {

struct status_options : telling {
  std::string responder;
  bool json = false;
};

std::string line_of(const std::string& name, const test_pki::told& t, const std::string& more) {
  std::string out = name + "  " + std::string(test_pki::name_of(t.what));
  if (t.since) out += " since " + format_utc(*t.since);
  if (t.why) out += " (" + std::string(revocation::name_of(*t.why)) + ")";
  if (t.delay) out += " " + std::to_string(t.delay->count()) + " ms";
  return out + (more.empty() ? "" : "  " + more) + "\n";
}

/// One certificate's state, or everybody's and the responders'.
int show(const status_options& o) {
  const auto all = test_pki::inventory::load(o.folder);
  if (!all) return complain(all.error());
  const auto states = test_pki::read_statuses(o.folder);
  if (!states) return complain(states.error());
  boost::json::array certificates;
  std::string text;
  for (const test_pki::issued& one : all->all()) {
    const std::string& serial = one.certificate.info().serial_hex;
    if (!o.who.empty() && all->find(o.who) != &one) continue;
    const auto found = states->certificates.find(serial);
    const test_pki::told state = found == states->certificates.end() ? test_pki::told() : found->second;
    certificates.emplace_back(test_pki::to_json(one, state));
    text += line_of(one.name, state, serial + (one.by.empty() ? "" : "  by " + one.by));
  }
  boost::json::object document{{"certificates", std::move(certificates)}};
  if (o.who.empty()) {
    document["responders"] = test_pki::responders_to_json(*states);
    for (const auto r : {test_pki::responder::ocsp, test_pki::responder::crl, test_pki::responder::tsp})
      text += line_of("responder " + std::string(test_pki::name_of(r)), states->of(r), {});
  }
  const auto written = emit(o.json ? boost::json::serialize(document) + "\n" : text);
  return written ? passed : complain(written.error());
}

int set(const status_options& o) {
  const auto what = o.words();
  if (!what) return complain(what.error());
  const time_point now = system_clock().now();
  if (!o.responder.empty()) {
    const auto done = test_pki::set_status(o.folder, *test_pki::responder_by_name(o.responder), *what, now);
    return done ? show(o) : complain(done.error());
  }
  const auto who = chosen_certificate(o.folder, o.who);
  if (!who) return complain(who.error());
  const auto done = test_pki::set_status(o.folder, *who, *what, now);
  return done ? show(o) : complain(done.error());
}

int status(const status_options& o) {
  if (!o.who.empty() && !o.responder.empty())
    return complain(problem(problems::usage, "a certificate and --responder exclude each other", "NAME", "give one of them"));
  if (o.state.empty()) {
    if (!o.at.empty() || !o.reason.empty() || o.delay != 0 || !o.responder.empty())
      return complain(problem(problems::usage, "--at, --reason, --delay and --responder belong to --set", "--set", "say which state"));
    if (!o.who.empty())
      if (const auto who = chosen_certificate(o.folder, o.who); !who) return complain(who.error());
    return show(o);
  }
  if (o.who.empty() && o.responder.empty())
    return complain(problem(problems::usage, "whose state shall be set?", "NAME", "name a certificate, or --responder ocsp|crl|tsp"));
  return set(o);
}

}  // namespace

void add_pki_status(CLI::App& pki, action& chosen) {
  auto options = std::make_shared<status_options>();
  CLI::App* command = pki.add_subcommand("status", "what the responders say of a certificate, or of all; --set changes it");
  command->add_option("NAME", options->who, "name or serial number of the certificate; default: all");
  options->add_folder(*command);
  command->add_option("--set", options->state, "good, revoked, on_hold, unknown, try_later, slow, malformed, wrong_signer, stale");
  command->add_option("--responder", options->responder, "set what a responder does as a whole: ocsp, crl, tsp")
      ->check(CLI::IsMember({"ocsp", "crl", "tsp"}));
  options->add_moment_and_reason(*command);
  command->add_option("--delay", options->delay, "slow: milliseconds")->check(CLI::Range(1, 300'000));
  command->add_flag("--json", options->json, "print JSON");
  command->callback([options, &chosen] { chosen = [options] { return status(*options); }; });
}

}  // namespace shep::cli
