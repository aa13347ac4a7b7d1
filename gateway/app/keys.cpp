#include "app/keys.hpp"

#include "app/files.hpp"
#include "app/pki.hpp"

namespace shep::app {

std::shared_ptr<const crypto::identity> load_key(const config::settings& s, const std::string& key, const std::string& password_file,
                                                 const std::string& setting, collector& c) {
  if (key.empty()) return nullptr;
  auto id = c.take(load_identity(resolved(s.root, key), password_file.empty() ? "" : resolved(s.root, password_file), setting));
  if (id) c.check(check_marked(*id, s, setting));
  return id;
}

}  // namespace shep::app
