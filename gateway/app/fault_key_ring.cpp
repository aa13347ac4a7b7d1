#include "app/fault_key_ring.hpp"

#include "app/files.hpp"
#include "core/clock.hpp"
#include "faults/problems.hpp"
#include "test_pki/inventory.hpp"
#include "test_pki/status_file.hpp"

#include <filesystem>

namespace shep::app {
namespace {

namespace fs = std::filesystem;

problem missing(std::string what, std::string hint) { return {problems::fault_key, std::move(what), "certs", std::move(hint)}; }

}  // namespace

result<std::shared_ptr<const crypto::identity>> fault_key_ring::signer_for(faults::kind k, const crypto::identity& usual) const {
  switch (k) {
    case faults::kind::cert_expired: return member("expired");
    case faults::kind::cert_unknown_ca: return member("stranger");
    case faults::kind::cert_revoked: return revoked_member();
    default: return with_wrong_key(usual);
  }
}

result<std::shared_ptr<const crypto::identity>> fault_key_ring::member(const std::string& name) const {
  const std::lock_guard lock(guard_);
  if (const auto known = read_.find(name); known != read_.end()) return known->second;
  // "gost2015/citizen" is gost2015/keys/citizen.p12.
  const fs::path place(name);
  const fs::path keys = fs::path(folder_) / place.parent_path() / "keys";
  const fs::path file = keys / (place.filename().string() + ".p12");
  std::error_code failed;
  if (!fs::exists(file, failed))
    return missing("there is no key '" + file.string() + "'", "make a test PKI with 'shepsim pki new', it has one");
  auto key = load_identity(file.string(), (keys / "password").string(), "certs");
  if (!key) return key.error();
  if (!(*key)->certificate.info().marked_as_test)
    return missing("the key '" + file.string() + "' is not of a test PKI", "use a folder made by 'shepsim pki new'");
  read_.emplace(name, *key);
  return *key;
}

result<std::shared_ptr<const crypto::identity>> fault_key_ring::revoked_member() const {
  const auto all = test_pki::inventory::load(folder_);
  if (!all) return missing(all.error().detail, "make a test PKI with 'shepsim pki new'");
  const auto told = test_pki::read_statuses(folder_);
  if (!told) return told.error();
  const time_point now = system_clock().now();
  for (const auto& [serial, state] : told->certificates) {
    if (state.what != test_pki::behaviour::revoked || (state.since && *state.since > now)) continue;
    const test_pki::issued* who = all->by_serial(serial);
    if (who == nullptr || who->authority) continue;
    if (auto key = member(who->name)) return key;
  }
  return missing("no member of the test PKI whose key is here is revoked", "revoke one: shepsim pki revoke provider");
}

result<std::shared_ptr<const crypto::identity>> fault_key_ring::with_wrong_key(const crypto::identity& usual) const {
  for (const char* name : {"stranger", "expired"}) {
    const auto other = member(name);
    if (other && (*other)->key.kind() == usual.key.kind())
      return std::make_shared<const crypto::identity>(crypto::identity{(*other)->key, usual.certificate, {}});
  }
  auto fresh = crypto::private_key::generate(usual.key.kind(), 2048);
  if (!fresh) return fresh.error();
  return std::make_shared<const crypto::identity>(crypto::identity{std::move(*fresh), usual.certificate, {}});
}

}  // namespace shep::app
