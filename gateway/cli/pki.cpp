#include "cli/output.hpp"
#include "cli/pki_commands.hpp"
#include "core/clock.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {

void add_making_options(CLI::App& command, test_pki::pki_options& o) {
  command.add_option("--years", o.years, "validity of the certificates")->check(CLI::Range(1, 50))->capture_default_str();
  command.add_option("--bits", o.member_bits, "RSA modulus")->check(CLI::Range(2048, 8192))->capture_default_str();
  command.add_option("--responder-url", o.responder_url,
                     "where the admin port will be reached (http://host:port); written into certificates");
}

test_pki::pki_options beginning_now(test_pki::pki_options o) {
  if (o.from == time_point()) o.from = system_clock().now() - std::chrono::hours(24);
  return o;
}

int list_files(const result<std::vector<std::string>>& files) {
  if (!files) return complain(files.error());
  std::string out;
  for (const std::string& f : *files) out += f + "\n";
  const auto written = emit(out);
  return written ? passed : complain(written.error());
}

void add_pki(CLI::App& program, action& chosen) {
  CLI::App* command = program.add_subcommand("pki", "the test PKI; every certificate is marked as a test certificate");
  command->require_subcommand(1);
  add_pki_new(*command, chosen);
  add_pki_issue(*command, chosen);
  add_pki_revoke(*command, chosen);
  add_pki_status(*command, chosen);
}

}  // namespace shep::cli
