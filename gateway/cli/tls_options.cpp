#include "cli/tls_options.hpp"

#include "app/files.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {

void tls_options::add_to(CLI::App& command) {
  command.add_option("--cacert", cacert, "PEM or DER file: certificates that an https target may chain to; else the system's (repeatable)");
  command.add_option("--cert", cert, "PKCS#12 file (RSA or EC) that is shown to an https target which asks for one");
  command.add_option("--cert-password-file", cert_password_file, "file whose first line is its password");
  command.add_flag("--insecure", insecure, "believe whoever answers over https");
}

result<std::shared_ptr<const http::tls_client>> tls_options::client(const http::url& to) const {
  if (!to.secure) return std::shared_ptr<const http::tls_client>();
  http::tls_settings settings;
  settings.verify = !insecure;
  for (const std::string& file : cacert) {
    auto octets = app::read_file(file, "--cacert");
    if (!octets) return octets.error();
    settings.anchors.push_back(std::move(*octets));
  }
  if (!cert.empty()) {
    auto octets = app::read_file(cert, "--cert");
    if (!octets) return octets.error();
    settings.key_container = std::move(*octets);
  }
  if (!cert_password_file.empty()) {
    auto secret = app::read_secret(cert_password_file, "--cert-password-file");
    if (!secret) return secret.error();
    settings.key_password = std::move(*secret);
  }
  return http::make_tls_client(settings);
}

}  // namespace shep::cli
