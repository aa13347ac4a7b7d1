#include "cli/signing_options.hpp"

#include "app/files.hpp"
#include "eds/sign.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {

void signing_options::add_to(CLI::App& command, bool key_required, const std::vector<std::string>& profiles) {
  CLI::Option* option = command.add_option("--key", key, "PKCS#12 file with the signer's key");
  if (key_required) option->required();
  command.add_option("--password-file", password_file, "file whose first line is the key's password");
  profile = profiles.front();
  command.add_option("--profile", profile, "how to sign: wsse has the certificate inside, wsse-issuer-serial only names it")
      ->check(CLI::IsMember(profiles))
      ->capture_default_str();
  command.add_option("--body-id", body_id, "wsu:Id for a Body that has none; default: id- and random digits");
}

result<std::shared_ptr<const crypto::identity>> signing_options::identity() const {
  return app::load_identity(key, password_file, "--key");
}

result<std::string> signing_options::sign(shared_bytes bytes) const {
  const auto signer = identity();
  if (!signer) return signer.error();
  if (profile == "enveloped") return eds::sign_business(std::move(bytes), **signer);
  ids fresh;
  const auto layout = profile == "wsse" ? eds::transport_profile::key_identifier : eds::transport_profile::issuer_serial;
  return eds::sign_message(std::move(bytes), **signer, {layout, body_id}, fresh);
}

}  // namespace shep::cli
