#include "cli/pki_commands.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct issue_options {
  std::string folder, family;
  std::string role = "sign";
  test_pki::pki_member member;
  test_pki::pki_options making;
};

int issue(issue_options o) {
  o.member.role = o.role == "auth" ? crypto::key_usage_role::auth : crypto::key_usage_role::sign;
  if (o.member.common_name.empty()) o.member.common_name = o.member.name;
  return list_files(test_pki::issue_member(o.folder, o.family, o.member, beginning_now(o.making)));
}

}  // namespace

void add_pki_issue(CLI::App& pki, action& chosen) {
  auto options = std::make_shared<issue_options>();
  CLI::App* command = pki.add_subcommand("issue", "one more key and certificate in a PKI made by 'pki new'");
  command->add_option("DIR", options->folder, "the folder of the PKI")->required();
  command->add_option("--name", options->member.name, "name of its files")->required();
  command->add_option("--family", options->family, "the family's folder below DIR: gost2015, gost2004; default: DIR itself");
  command->add_option("--common-name", options->member.common_name, "CN; default: the name");
  command->add_option("--surname", options->member.surname, "SN");
  command->add_option("--organization", options->member.organization, "O");
  command->add_option("--iin", options->member.iin, "12 digits");
  command->add_option("--bin", options->member.bin, "12 digits");
  command->add_option("--role", options->role, "sign or auth")->check(CLI::IsMember({"sign", "auth"}))->capture_default_str();
  command->add_option("--eku", options->member.extended_key_usage, "extended key usage, dotted OID (repeatable)");
  add_making_options(*command, options->making);
  command->callback([options, &chosen] { chosen = [options] { return issue(*options); }; });
}

}  // namespace shep::cli
