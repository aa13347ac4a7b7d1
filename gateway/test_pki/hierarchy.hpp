#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "test_pki/families.hpp"
#include "test_pki/members.hpp"

#include <string>
#include <vector>

/// A test PKI as files: `shepsim init`, `shepsim pki new`, and the committed folder certs/ (its README describes the same layout).
///
///   trusted/root.pem, trusted/issuing.pem   what a verifier trusts: the root, and the authority below it
///   authority/root.p12, authority/issuing.p12, authority/password
///   keys/<name>.p12, keys/password          one key with its certificate and the issuing authority's
///   known/<name>.pem                        the certificates alone, for signatures that name issuer and serial number only
///   foreign/root.pem                        a root that nobody trusts; keys/stranger.p12 is issued by it
///   gost2015/…, gost2004/…                  the same again for each further family of keys
///   status                                  what the responders say of each certificate (STATUS.md); absent: all are good
namespace shep::test_pki {

struct pki_options {
  time_point from{};                             ///< certificates begin here, the authorities' five years before
  int years = 20;                                ///< validity of a member; the authorities' ends five years later
  unsigned authority_bits = 3072;                ///< RSA only
  unsigned member_bits = 2048;                   ///< RSA only
  std::string password = "shepsim-test";         ///< of every container; written into the password files
  std::vector<family> families = {family::rsa};  ///< the first stands in the folder itself
  /// "http://127.0.0.1:8081": where the responders will be reached; written into the certificates (AIA, CRL distribution points,
  /// freshestCRL). Empty: the certificates name no address.
  std::string responder_url;
  std::vector<std::string> only;  ///< names of members; empty: all
};

/// Makes the whole layout in `folder`, which is created. Returns the files written, relative to it. Private keys and passwords get mode
/// 0600. Errors: environment (a file exists already and stays as it is, or cannot be written), usage (a name in `only` that no member
/// has, an address that is no plain http URL).
result<std::vector<std::string>> make_test_pki(const std::string& folder, const pki_options&);

/// Adds one member to one family's layout made before ("" is the folder itself, "gost2015" the folder of that name); the key is of the
/// kind of the issuing authority's. `pki_options::password` and `families` are not used. Returns the files written, relative to `folder`.
/// Errors: environment, pkcs12_password, pkcs12_format, usage (a name that is no plain file name, numbers that are not 12 digits).
result<std::vector<std::string>> issue_member(const std::string& folder, const std::string& family_folder, const pki_member&,
                                              const pki_options&);

}  // namespace shep::test_pki
