#pragma once

#include "crypto/issue.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/trust.hpp"

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

/// A throw-away public key infrastructure in memory: certificates are made when asked for, over keys of the committed test PKI.
namespace shep::test {

using namespace std::chrono_literals;

/// The moment at which everything in these tests happens.
inline constexpr time_point test_now = time_point(std::chrono::seconds(1'893'553'445));  // 2030-01-02T03:04:05Z

enum class key_name { root, signer, other, foreign_root };

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// RSA keys of the committed test PKI (making four costs seconds, and ctest starts a process for each test). Their certificates are not
/// used.
inline const crypto::private_key& rsa_key(key_name name) {
  const auto read = [](const std::string& folder, const std::string& file) {
    const std::string path = SHEPSIM_SOURCE_DIR "/certs/" + folder + "/";
    std::string password = file_text(path + "password");
    password.erase(password.find_last_not_of("\r\n") + 1);
    return crypto::read_pkcs12(file_text(path + file), password).value().key;
  };
  static const crypto::private_key keys[] = {read("authority", "root.p12"), read("keys", "citizen.p12"), read("keys", "stranger.p12"),
                                             read("authority", "issuing.p12")};
  return keys[static_cast<std::size_t>(name)];
}

inline const crypto::issuer& root_of(key_name key, const std::string& name) {
  static std::map<std::string, crypto::issuer> made;
  const auto found = made.find(name);
  if (found != made.end()) return found->second;
  crypto::certificate_request r;
  r.common_name = name;
  r.is_ca = true;
  r.not_before = test_now - 24h * 365;
  r.not_after = test_now + 24h * 365;
  const auto& k = rsa_key(key);
  return made.emplace(name, crypto::issuer{crypto::issue(r, k.public_key(), nullptr, k).value(), k}).first->second;
}

/// The authority everybody trusts, and one that nobody knows.
inline const crypto::issuer& test_root() { return root_of(key_name::root, "TEST ROOT"); }
inline const crypto::issuer& foreign_root() { return root_of(key_name::foreign_root, "TEST FOREIGN ROOT"); }

struct leaf_options {
  std::string common_name = "TEST SIGNER";
  key_name key = key_name::signer;
  const crypto::issuer* by = nullptr;  ///< null: test_root
  time_point not_before = test_now - 24h;
  time_point not_after = test_now + 24h;
  crypto::key_usage_role role = crypto::key_usage_role::sign;
  std::string serial{};
};

inline crypto::identity make_identity(const leaf_options& o = {}) {
  crypto::certificate_request r;
  r.common_name = o.common_name;
  r.organization = "TEST ORGANIZATION";
  r.iin = "000000000000";
  r.bin = "000000000000";
  r.not_before = o.not_before;
  r.not_after = o.not_after;
  r.role = o.role;
  r.serial = o.serial;
  const crypto::issuer& by = o.by ? *o.by : test_root();
  const auto& key = rsa_key(o.key);
  return {key, crypto::issue(r, key.public_key(), &by, by.key).value(), {}};
}

/// Who signs unless a test says otherwise.
inline const crypto::identity& signer() {
  static const crypto::identity who = make_identity();
  return who;
}

/// Trusts test_root, and knows the signer by issuer and serial number.
inline const crypto::trust_store& trust() {
  static const crypto::trust_store store({{test_root().certificate}, {}, {signer().certificate}});
  return store;
}

}  // namespace shep::test
