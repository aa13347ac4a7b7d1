#pragma once

#include "core/result.hpp"
#include "crypto/issue.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A test PKI as files: `shepsim init`, `shepsim pki new`, and the committed folder certs/ (its README describes the same layout).
///
///   trusted/root.pem, trusted/issuing.pem   what a verifier trusts: the root, and the authority below it
///   authority/root.p12, authority/issuing.p12, authority/password
///   keys/<name>.p12, keys/password          one signing key with its certificate and the issuing authority's
///   known/<name>.pem                        the certificates alone, for signatures that name issuer and serial number only
///   foreign/root.pem                        a root that nobody trusts; keys/stranger.p12 is issued by it
namespace shep::cli {

/// One holder of a key. Numbers follow the simulator's rule for people and companies that do not exist (mocks/population/identifiers.hpp).
struct pki_member {
  std::string name;     ///< of its files
  std::string purpose;  ///< for people: lists and READMEs
  std::string common_name, surname, given_name, organization, iin, bin;
  crypto::key_usage_role role = crypto::key_usage_role::sign;
  std::vector<std::string> extended_key_usage;  ///< who the holder is, as the NCA writes it
  bool expired = false;                         ///< ended a year before `pki_options::from`
  bool foreign = false;                         ///< issued by the root that nobody trusts
};

/// The members that `make_test_pki` makes.
std::span<const pki_member> test_pki_members();

struct pki_options {
  time_point from{};  ///< certificates begin here, the authorities' five years before
  int years = 20;     ///< validity of a member; the authorities' ends five years later
  unsigned authority_bits = 3072;
  unsigned member_bits = 2048;
  std::string password = "shepsim-test";  ///< of every container; written into the password files
};

/// Makes the whole layout in `folder`, which is created. Returns the files written, relative to it. Private keys and passwords get mode
/// 0600. Errors: environment (a file exists already and stays as it is, or cannot be written).
result<std::vector<std::string>> make_test_pki(const std::string& folder, const pki_options&);

/// Adds one member to a layout made before; `pki_options::password` is taken from its password files. Returns the files written.
/// Errors: environment, pkcs12_password, pkcs12_format, usage (a name that is no plain file name, numbers that are not 12 digits).
result<std::vector<std::string>> issue_member(const std::string& folder, const pki_member&, const pki_options&);

}  // namespace shep::cli
