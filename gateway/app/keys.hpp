#pragma once

#include "app/collector.hpp"
#include "config/settings.hpp"
#include "crypto/pkcs12.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace shep::app {

/// The keys that a configuration names, each PKCS#12 file opened once however many settings name it: its password is stretched by
/// thousands of hash steps on purpose, and fifty routes share a key. For one thread, while a world is built; holds the settings by
/// reference.
class opened_keys {
 public:
  explicit opened_keys(const config::settings& s) : settings_(s) {}

  /// The key in a PKCS#12 file that the setting names, checked to be of a test PKI where the settings demand it; null for no file, and for
  /// one with problems, which the collector has.
  std::shared_ptr<const crypto::identity> open(const std::string& key, const std::string& password_file, const std::string& setting,
                                               collector&);

 private:
  const config::settings& settings_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const crypto::identity>> good_;
};

}  // namespace shep::app
