#pragma once

#include "core/result.hpp"
#include "crypto/pkcs12.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::test_pki {

/// May a member be called so? Letters, digits, '-' and '_', 1 to 64 of them: a name that cannot leave the folder.
bool plain_name(std::string_view);

/// The files of one PKI folder; remembers what it wrote. Used by one thread at a time.
class pki_folder {
 public:
  /// Every name below is relative to `folder` and gets `prefix` ("gost2015/") put before it.
  explicit pki_folder(std::string folder, std::string prefix = {}) : folder_(std::move(folder)), prefix_(std::move(prefix)) {}

  /// Writes a new file with the permissions of a secret (0600) or of public data (0644), and to the disk. Never over a file that is there:
  /// it may be somebody's only copy of a key. Error: environment.
  enum class secrecy { secret, open };
  result<void> write(const std::string& name, std::string_view content, secrecy);
  result<void> write_identity(const std::string& name, const crypto::identity&, const std::string& password, std::string_view alias);

  /// Error: environment; at most 1 MiB.
  result<std::string> read(const std::string& name) const;
  result<std::string> read_password(const std::string& name) const;  ///< the first line
  result<crypto::identity> read_identity(const std::string& name, const std::string& password) const;
  bool has(const std::string& name) const;

  const std::vector<std::string>& written() const { return written_; }  ///< prefix included

 private:
  std::string path_of(const std::string& name) const;

  std::string folder_, prefix_;
  std::vector<std::string> written_;
};

}  // namespace shep::test_pki
