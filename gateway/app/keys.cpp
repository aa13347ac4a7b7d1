#include "app/keys.hpp"

#include "app/files.hpp"
#include "app/pki.hpp"

namespace shep::app {

std::shared_ptr<const crypto::identity> opened_keys::open(const std::string& key, const std::string& password_file,
                                                          const std::string& setting, collector& c) {
  if (key.empty()) return nullptr;
  if (const auto known = good_.find({key, password_file}); known != good_.end()) return known->second;
  const config::settings& s = settings_;
  auto id = c.take(load_identity(resolved(s.root, key), password_file.empty() ? "" : resolved(s.root, password_file), setting));
  if (!id) return nullptr;
  const auto marked = check_marked(*id, s, setting);
  if (marked) good_.emplace(std::pair{key, password_file}, id);
  c.check(marked);
  return id;
}

}  // namespace shep::app
