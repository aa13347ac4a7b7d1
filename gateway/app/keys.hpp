#pragma once

#include "app/collector.hpp"
#include "config/settings.hpp"
#include "crypto/pkcs12.hpp"

#include <memory>
#include <string>

namespace shep::app {

/// The key in a PKCS#12 file that the setting names, checked to be of a test PKI where the settings demand it; null for no file, and for
/// one with problems, which the collector has.
std::shared_ptr<const crypto::identity> load_key(const config::settings&, const std::string& key, const std::string& password_file,
                                                 const std::string& setting, collector&);

}  // namespace shep::app
