#pragma once

#include "support/pki.hpp"

#include <array>

/// The throw-away infrastructure of pki.hpp for every kind of key: one root a kind, leaves of any kind under a root of any kind.
namespace shep::test {

using crypto::key_kind;

inline constexpr std::array every_kind = {key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004, key_kind::gost2015_256};

/// For names of parameterized tests: letters and digits only.
inline std::string word_of(key_kind kind) {
  switch (kind) {
    case key_kind::rsa: return "Rsa";
    case key_kind::gost2015_512: return "Gost2015_512";
    case key_kind::gost2015_256: return "Gost2015_256";
    case key_kind::gost2004: return "Gost2004";
    case key_kind::other: break;
  }
  return "Other";
}

/// One key a kind and number, made once; RSA keys are the committed ones.
inline const crypto::private_key& key_of_kind(key_kind kind, int number = 0) {
  if (kind == key_kind::rsa) return rsa_key(number == 0 ? key_name::signer : number == 1 ? key_name::root : key_name::other);
  static std::map<std::pair<key_kind, int>, crypto::private_key> made;
  const auto found = made.find({kind, number});
  if (found != made.end()) return found->second;
  return made.emplace(std::pair(kind, number), crypto::private_key::generate(kind).value()).first->second;
}

inline const crypto::issuer& root_of_kind(key_kind kind) {
  static std::map<key_kind, crypto::issuer> made;
  const auto found = made.find(kind);
  if (found != made.end()) return found->second;
  crypto::certificate_request r;
  r.common_name = "TEST ROOT " + word_of(kind);
  r.is_ca = true;
  r.not_before = test_now - 24h * 365;
  r.not_after = test_now + 24h * 365;
  const auto& key = key_of_kind(kind, 1);
  return made.emplace(kind, crypto::issuer{crypto::issue(r, key.public_key(), nullptr, key).value(), key}).first->second;
}

struct kind_options {
  key_kind kind = key_kind::gost2015_512;
  int number = 0;
  const crypto::issuer* by = nullptr;  ///< null: the root of the same kind
  std::string common_name = "TEST SIGNER";
  crypto::key_usage_role role = crypto::key_usage_role::sign;
  std::string iin = "000000000000", bin = "000000000000";
  std::vector<std::string> purposes{};
};

inline crypto::identity identity_of(const kind_options& o) {
  crypto::certificate_request r;
  r.common_name = o.common_name;
  r.organization = "TEST ORGANIZATION";
  r.iin = o.iin;
  r.bin = o.bin;
  r.not_before = test_now - 24h;
  r.not_after = test_now + 24h;
  r.role = o.role;
  r.extended_key_usage = o.purposes;
  const crypto::issuer& by = o.by ? *o.by : root_of_kind(o.kind);
  const auto& key = key_of_kind(o.kind, o.number);
  return {key, crypto::issue(r, key.public_key(), &by, by.key).value(), {}};
}

inline const crypto::identity& signer_of(key_kind kind) {
  static std::map<key_kind, crypto::identity> made;
  const auto found = made.find(kind);
  if (found != made.end()) return found->second;
  return made.emplace(kind, identity_of({.kind = kind, .common_name = "TEST SIGNER " + word_of(kind)})).first->second;
}

/// Trusts the root of every kind, weak and inferred algorithms included, and knows every signer_of.
inline const crypto::trust_store& trust_of_every_kind() {
  static const crypto::trust_store store = [] {
    crypto::trust_store::contents c;
    for (const key_kind kind : every_kind) {
      c.anchors.push_back(root_of_kind(kind).certificate);
      c.known.push_back(signer_of(kind).certificate);
    }
    c.allow_weak_signatures = true;
    c.allow_gost2015_256 = true;
    return crypto::trust_store(std::move(c));
  }();
  return store;
}

}  // namespace shep::test
