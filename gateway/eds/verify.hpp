#pragma once

#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "eds/report.hpp"
#include "eds/verified.hpp"
#include "revocation/finding.hpp"
#include "xml/document.hpp"

#include <optional>
#include <span>
#include <vector>

/// Verification is pure: verdicts are functions of octets, trust, policy and time; any thread. Whether certificates were revoked has to be
/// asked of others, so it is a second step: verify (signature and chain), ask about `chain` in any way, conclude_revocation.
/// With `policy.revocation == none` the first step is the last.
namespace shep::eds {

/// Who made a signature.
struct signatory {
  std::optional<crypto::certificate> certificate;  ///< empty when it was not found; whatever the verdict otherwise
  std::vector<crypto::certificate> chain;          ///< leaf first, anchor last; empty when there is none
};

/// A verdict: the report always; the message only when everything holds; `waiting` when all but revocation holds and the policy asks about
/// that; else the problem that counts.
struct verification {
  eds::report report;
  std::optional<verified> message;
  std::optional<awaiting_revocation> waiting;
  problem failure;
  eds::signatory signatory;
};

/// Verifies the transport signature of a SOAP message: WS-Security profiles A (KeyIdentifier), B (IssuerSerial, certificate from the
/// store), BinarySecurityToken, and C (legacy, ds:Signature directly in the header); shep-protocol.md section 4.1.
/// Believed only when exactly one signature stands at its place, every reference names one element, and the signed element is
/// /Envelope/Body (or the whole document in profile C). The document must outlive the result.
verification verify_message(const xml::document&, const crypto::trust_store&, const policy&, time_point at);

/// A verdict on signatures in a document that is not a message.
struct document_verification {
  eds::report report;
  bool passed = false;
  bool waiting = false;            ///< all but revocation holds, and the policy asks about that
  problem failure;                 ///< that counts, when neither passed nor waiting
  std::vector<signatory> signers;  ///< signers[i] made report.signatures[i]; document order
};

/// Verdict on the enveloped signatures of a business document (shep-protocol.md section 4.4): ds:Signature as last children of its root, at
/// most eight. Of several the last is judged first and left out for the one before it, as each covered the document that it found
/// (kz-eds.md section 3); the verdict is that of the worst.
/// For a payload that stands inline in an envelope a digest may have been made over the element where it stands or over the element
/// as a document of its own: both are tried, and the report's profile says which held.
document_verification verify_business(const xml::document&, const crypto::trust_store&, const policy&, time_point at);
document_verification verify_business(xml::element inline_payload, const crypto::trust_store&, const policy&, time_point at);

/// The element whose children the signatures of inline business data are: `payload` itself, or its only child when that one is signed and
/// `payload` is not. Null when neither is signed.
xml::element signed_business_element(xml::element payload);

/// Verdict on whatever is signed in a document that nobody is going to read as a request: a SOAP message by its transport signature, a
/// document by its enveloped signatures, or signatures anywhere that name elements by "#id" of the attribute Id (kz-eds.md section 3).
/// The report says which elements are covered; a signature by id says nothing about the rest.
document_verification verify_document(const xml::document&, const crypto::trust_store&, const policy&, time_point at);

/// Warns of every ds:Signature of the document that no entry of the report is about, the first eight: for whoever has judged all that they
/// know how to find.
void list_unjudged(const xml::document&, report&);

/// The second step. `status` is for the chain without its anchor; what is missing there counts as undecided. A revoked certificate, or one
/// on hold, makes the signature TOTAL_FAILED, REVOKED; an undecided one INDETERMINATE, TRY_LATER (security catalogue C06, C09).
verification conclude_revocation(verification, const revocation::chain_status&, const policy&);

/// The same for documents: status[i] is for signers[i].
document_verification conclude_revocation(document_verification, std::span<const revocation::chain_status>, const policy&);

/// The same for one signature of a report, whatever kind it is: fills its `revocation` and its verdict and that of the whole. A signature
/// that failed for another reason keeps it. `proven_at`: when a verified time stamp proves the signature to have existed; with
/// `policy.signed_before_revocation` a later revocation then only warns. The problem is what stands against the signature now.
/// Errors: signing_certificate_revoked, revocation_undecided.
result<void> conclude_revocation(report&, std::size_t signature, std::span<const crypto::certificate> chain,
                                 const revocation::chain_status&, const policy&, std::optional<time_point> proven_at = {});

}  // namespace shep::eds
