#pragma once

#include "crypto/certificate.hpp"

#include <span>
#include <string>
#include <vector>

namespace shep::test_pki {

/// What a certificate's holder does with the key.
enum class member_work {
  signer,  ///< signs, or logs in: what `pki_member::role` says
  ocsp,    ///< answers for the issuing authority: EKU OCSPSigning, id-pkix-ocsp-nocheck (RFC 6960 section 4.2.2.2)
  tsa,     ///< gives time: critical EKU timeStamping alone (RFC 3161 section 2.3)
};

/// One holder of a key. Numbers follow the simulator's rule for people and companies that do not exist (mocks/population/identifiers.hpp).
struct pki_member {
  std::string name;     ///< of its files
  std::string purpose;  ///< for people: lists and READMEs
  std::string common_name, surname, given_name, organization, iin, bin;
  crypto::key_usage_role role = crypto::key_usage_role::sign;
  std::vector<std::string> extended_key_usage;  ///< who the holder is, as the NCA writes it
  bool expired = false;                         ///< ended a year before `pki_options::from`
  bool foreign = false;                         ///< issued by the root that nobody trusts
  bool revoked = false;                         ///< `revoke_members` says so in the status file
  member_work work = member_work::signer;
};

/// The members that `make_test_pki` makes for each family of keys.
std::span<const pki_member> test_pki_members();

}  // namespace shep::test_pki
