#pragma once

#include "core/result.hpp"
#include "crypto/certificate.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shep::test_pki {

/// A certificate of a test PKI.
struct issued {
  std::string name;  ///< "citizen", "issuing", "gost2015/root": as commands and addresses call it
  crypto::certificate certificate;
  std::string by;  ///< name of the authority whose responders speak of it; empty for roots and what lies below the foreign root
  bool authority = false;
};

/// The certificates of a PKI folder with all its families. Immutable; any thread.
class inventory {
 public:
  /// Reads trusted/ and known/ of the folder and of each family's folder below it. Errors: pki_folder (nothing there), environment,
  /// certificate_format with the file.
  static result<inventory> load(const std::string& folder);

  std::span<const issued> all() const { return all_; }
  /// By name, or by serial number in hexadecimal (colons and upper case allowed) or decimal. Null when there is none.
  const issued* find(std::string_view name_or_serial) const;
  const issued* by_serial(std::string_view serial_hex) const;  ///< as `fields::serial_hex`
  std::vector<std::string> names() const;

 private:
  std::vector<issued> all_;
};

/// "", "rsa/", "gost2015/", "gost2004/": where families stand in that folder.
std::vector<std::string> family_prefixes(const std::string& folder);

}  // namespace shep::test_pki
