#include "cli/signing_options.hpp"

#include "app/files.hpp"
#include "eds/sign.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {

void signing_options::add_to(CLI::App& command, bool key_required) {
  CLI::Option* option = command.add_option("--key", key, "PKCS#12 file with the signer's key");
  if (key_required) option->required();
  command.add_option("--password-file", password_file, "file whose first line is the key's password");
  command.add_option("--profile", profile, "wsse (certificate inside), wsse-issuer-serial, or enveloped")
      ->check(CLI::IsMember({"wsse", "wsse-issuer-serial", "enveloped"}))
      ->capture_default_str();
  command.add_option("--body-id", body_id, "wsu:Id for a Body that has none; default: id- and random digits");
}

result<std::string> signing_options::sign(shared_bytes bytes) const {
  const auto identity = app::load_identity(key, password_file, "--key");
  if (!identity) return identity.error();
  if (profile == "enveloped") return eds::sign_business(std::move(bytes), **identity);
  ids fresh;
  const auto layout = profile == "wsse" ? eds::transport_profile::key_identifier : eds::transport_profile::issuer_serial;
  return eds::sign_message(std::move(bytes), **identity, {layout, body_id}, fresh);
}

}  // namespace shep::cli
