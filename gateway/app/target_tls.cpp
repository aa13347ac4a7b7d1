#include "app/target_tls.hpp"

#include "app/files.hpp"
#include "app/trust_world.hpp"
#include "core/log.hpp"

namespace shep::app {
namespace {

std::string setting_of(const config::route_settings& from, std::string_view key) {
  return "route." + from.service + "." + std::string(key);
}

std::string octets_of(const config::settings& s, const std::string& file, const std::string& setting, collector& c) {
  return file.empty() ? std::string() : c.take(read_file(resolved(s.root, file), setting));
}

}  // namespace

std::shared_ptr<const http::tls_client> target_tls(const config::settings& s, const config::route_settings& from, const http::url& to,
                                                   collector& c) {
  if (!to.secure) {
    if (!from.target_tls_trusted.empty() || !from.target_tls_key.empty() || !from.target_tls_verify)
      c.add({problems::usage, "the target is not https, so nothing is asked of it or shown to it over TLS", setting_of(from, "target"),
             "write https://, or leave out the keys target_tls_…"});
    return nullptr;
  }
  http::tls_settings tls;
  tls.verify = from.target_tls_verify;
  for (const crypto::certificate& anchor : load_all(s.root, from.target_tls_trusted, setting_of(from, "target_tls_trusted"), c))
    tls.anchors.push_back(anchor.pem());
  const std::string key = setting_of(from, "target_tls_key");
  tls.key_container = octets_of(s, from.target_tls_key, key, c);
  if (!from.target_tls_password_file.empty())
    tls.key_password = c.take(read_secret(resolved(s.root, from.target_tls_password_file), setting_of(from, "target_tls_password_file")));
  if (!tls.verify)
    log::write(log::level::warning, "whoever answers at " + from.target + " is believed: target_tls_verify is false for " + from.service);
  auto made = http::make_tls_client(tls);
  if (made) return *made;
  problem why = made.error();
  c.add({problems::usage, why.detail, from.target_tls_key.empty() ? setting_of(from, "target_tls_trusted") : key, why.hint});
  return nullptr;
}

}  // namespace shep::app
