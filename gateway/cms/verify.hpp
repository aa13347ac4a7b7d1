#pragma once

#include "cms/time_stamp.hpp"
#include "eds/policy.hpp"
#include "eds/report.hpp"
#include "revocation/finding.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shep::cms {

/// What is known of one signer beside its signature_report.
struct signer_verdict {
  bool passed = false;  ///< all but revocation, when the policy asks about that
  problem failure;
  std::optional<crypto::certificate> certificate;
  std::vector<crypto::certificate> chain;  ///< leaf first, anchor last; empty when there is none
  std::optional<time_point> signing_time;  ///< what the signer claims; proves nothing
  std::optional<time_stamp> stamp;         ///< set only when its token was verified; gone when its authority does not carry it
  time_point judged_at{};                  ///< genTime of `stamp`, else the time given to `verify`
};

struct verification {
  eds::report report;                   ///< signatures[i] tells of signers[i]; layer "cms"; the verdict is that of the worst signer
  std::vector<signer_verdict> signers;  ///< in the order of the SignedData
  bool passed = false;
  bool waiting = false;                ///< all but revocation holds, and the policy asks about that
  problem failure;                     ///< of the worst signer; empty when passed or waiting
  std::optional<std::string> content;  ///< of an attached SignedData, whatever the verdict
};

/// Verifies every SignerInfo of a SignedData (RFC 5652 section 5.6, CAdES-BES/T). `input`: DER, BER, base64 or PEM. `detached`: the content
/// when the SignedData carries none; refused when it carries one that differs.
/// With `policy.revocation` what holds is INDETERMINATE, TRY_LATER and `waiting` until `conclude_revocation` was told what others say.
/// Findings say where as "signerInfos[0]", counted from 0. A time stamp that does not verify is a finding, and the certificate is judged
/// at `at`. Pure function of its arguments; any thread.
verification verify(std::string_view input, std::optional<std::string_view> detached, const crypto::trust_store&, const eds::policy&,
                    time_point at, const time_stamp_rules& = {});

/// May a verified time stamp be relied on, now that its authority was asked about? `status` is for stamp.chain without its anchor; what is
/// missing there counts as undecided. Errors: signing_certificate_revoked, revocation_undecided.
result<void> rely_on(const time_stamp&, const revocation::chain_status&);

/// What was found out about one signer: chains leaf first, without the anchor.
struct signer_status {
  revocation::chain_status signer;     ///< of signer_verdict::chain
  revocation::chain_status authority;  ///< of stamp->chain; empty: not asked
};

/// The second step, as for other signatures (eds/verify.hpp); status[i] is for signers[i]. A time stamp counts against a later revocation
/// (`policy.signed_before_revocation`) only when its authority was asked about and nothing stands against it; and where the signer's chain
/// has expired since, so that the signature rests on its time stamp, the authority has to be good for the signature to be. A stamp whose
/// authority is not good is reported as such in any case.
verification conclude_revocation(verification, std::span<const signer_status>, const eds::policy&);

}  // namespace shep::cms
