#pragma once

#include "core/result.hpp"
#include "crypto/certificate.hpp"
#include "crypto/pkcs12.hpp"

#include <memory>
#include <string>
#include <vector>

/// Reading the files that shepsim.toml names. `key` is the setting that named the file, for the problem's `where`.
namespace shep::app {

/// Relative paths are relative to `root`.
std::string resolved(const std::string& root, const std::string& path);

/// Error: problems::environment with the system's reason. At most 64 MiB.
result<std::string> read_file(const std::string& path, const std::string& key = {});

/// First line of a file, without its end: passwords.
result<std::string> read_secret(const std::string& path, const std::string& key = {});

result<std::shared_ptr<const crypto::identity>> load_identity(const std::string& p12, const std::string& password_file,
                                                              const std::string& key);

}  // namespace shep::app
