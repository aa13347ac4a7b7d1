#include "cli/output.hpp"
#include "cli/pki_commands.hpp"
#include "cli/pki_telling.hpp"
#include "core/clock.hpp"
#include "test_pki/set_status.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

int revoke(const telling& o) {
  const auto who = chosen_certificate(o.folder, o.who);
  if (!who) return complain(who.error());
  const auto what = o.words();
  if (!what) return complain(what.error());
  if (const auto done = test_pki::set_status(o.folder, *who, *what, system_clock().now()); !done) return complain(done.error());
  std::fprintf(stderr, "shepsim: %s (%s) is %s\n", who->name.c_str(), who->certificate.info().serial_hex.c_str(), o.state.c_str());
  return passed;
}

}  // namespace

void add_pki_revoke(CLI::App& pki, action& chosen) {
  auto options = std::make_shared<telling>();
  options->state = "revoked";
  CLI::App* command = pki.add_subcommand("revoke", "revoke a certificate: lists and OCSP answers say so from now on");
  command->add_option("NAME", options->who, "name or serial number of the certificate")->required();
  options->add_folder(*command);
  options->add_moment_and_reason(*command);
  command->callback([options, &chosen] { chosen = [options] { return revoke(*options); }; });
}

}  // namespace shep::cli
