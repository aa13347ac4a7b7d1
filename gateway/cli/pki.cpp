#include "cli/output.hpp"
#include "cli/pki_files.hpp"
#include "core/clock.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct pki_command {
  std::string folder;
  pki_member member;
  std::string role = "sign";
  int years = 20;
  unsigned bits = 2048;
};

pki_options options_for(const pki_command& o) {
  pki_options out;
  out.from = system_clock().now() - std::chrono::hours(24);
  out.years = o.years;
  out.member_bits = o.bits;
  return out;
}

int list(const result<std::vector<std::string>>& files) {
  if (!files) return complain(files.error());
  std::string out;
  for (const std::string& f : *files) out += f + "\n";
  const auto written = emit(out);
  return written ? passed : complain(written.error());
}

int issue(pki_command o) {
  o.member.role = o.role == "auth" ? crypto::key_usage_role::auth : crypto::key_usage_role::sign;
  if (o.member.common_name.empty()) o.member.common_name = o.member.name;
  return list(issue_member(o.folder, o.member, options_for(o)));
}

void add_sizes(CLI::App& command, pki_command& o) {
  command.add_option("--years", o.years, "validity of the certificates")->check(CLI::Range(1, 50))->capture_default_str();
  command.add_option("--bits", o.bits, "RSA modulus")->check(CLI::Range(2048, 8192))->capture_default_str();
}

}  // namespace

void add_pki(CLI::App& program, action& chosen) {
  auto options = std::make_shared<pki_command>();
  CLI::App* command = program.add_subcommand("pki", "the test PKI; every certificate is marked as a test certificate");
  command->require_subcommand(1);
  CLI::App* fresh = command->add_subcommand("new", "root, issuing authority, and a key for each participant; prints the files made");
  fresh->add_option("DIR", options->folder, "a new folder")->required();
  add_sizes(*fresh, *options);
  fresh->callback([options, &chosen] { chosen = [options] { return list(make_test_pki(options->folder, options_for(*options))); }; });

  CLI::App* more = command->add_subcommand("issue", "one more key and certificate in a PKI made by 'pki new'");
  more->add_option("DIR", options->folder, "the folder of the PKI")->required();
  more->add_option("--name", options->member.name, "name of its files")->required();
  more->add_option("--common-name", options->member.common_name, "CN; default: the name");
  more->add_option("--surname", options->member.surname, "SN");
  more->add_option("--organization", options->member.organization, "O");
  more->add_option("--iin", options->member.iin, "12 digits");
  more->add_option("--bin", options->member.bin, "12 digits");
  more->add_option("--role", options->role, "sign or auth")->check(CLI::IsMember({"sign", "auth"}))->capture_default_str();
  more->add_option("--eku", options->member.extended_key_usage, "extended key usage, dotted OID (repeatable)");
  add_sizes(*more, *options);
  more->callback([options, &chosen] { chosen = [options] { return issue(*options); }; });
}

}  // namespace shep::cli
