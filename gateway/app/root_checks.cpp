#include "app/root_checks.hpp"

#include "app/files.hpp"
#include "app/mapping_checks.hpp"
#include "app/settings_checks.hpp"
#include "app/shadowed.hpp"
#include "core/date_time.hpp"
#include "mocks/engine/mapping_loader.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace shep::app {
namespace {

void check_period(const config::settings& s, const std::string& file, const std::string& password_file, const std::string& setting,
                  time_point now, std::vector<problem>& out) {
  if (file.empty()) return;
  const auto identity = load_identity(resolved(s.root, file), password_file.empty() ? "" : resolved(s.root, password_file), setting);
  if (!identity) return;  // told by whoever loads it to use it
  const auto& info = (*identity)->certificate.info();
  const std::string hint = "make a new one: shepsim pki new, or name another key";
  if (now > info.not_after)
    out.push_back({problems::usage, "the certificate of the key ended at " + format_utc(info.not_after), setting + ": " + file, hint});
  if (now < info.not_before)
    out.push_back({problems::usage, "the certificate of the key begins at " + format_utc(info.not_before), setting + ": " + file, hint});
}

}  // namespace

std::vector<problem> check_root(const config::settings& s, time_point now) {
  std::vector<problem> out;
  const mocks::load_outcome loaded = mocks::load_mappings(s.root);
  const auto add = [&out](std::vector<problem> found) { std::move(found.begin(), found.end(), std::back_inserter(out)); };
  add(check_settings(s, now));
  add(check_mappings(s, loaded.mappings));
  add(check_mapping_files(s, loaded.mappings));
  add(shadowed_mappings(s.root, loaded.mappings).found);
  check_period(s, s.signing.key, s.signing.password_file, "signing.key", now, out);
  std::map<std::string, bool> seen;
  for (const auto& r : s.routes)
    if (seen.emplace(r.key, true).second) check_period(s, r.key, r.password_file, "route." + r.service + ".key", now, out);
  return out;
}

}  // namespace shep::app
