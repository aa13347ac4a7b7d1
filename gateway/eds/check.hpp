#pragma once

#include "crypto/trust.hpp"
#include "eds/report.hpp"
#include "eds/signature.hpp"
#include "eds/verify.hpp"

#include <optional>

namespace shep::eds {

/// Collects what is wrong with one signature: everything is listed, the most telling reason becomes the verdict.
class judgement {
 public:
  explicit judgement(report& r) : report_(r) {}
  void fail(sub_indication, problem);
  void warn(const problem&);

  bool passed() const { return reason_ == sub_indication::none; }
  sub_indication reason() const { return reason_; }
  const problem& failure() const { return failure_; }

 private:
  report& report_;
  sub_indication reason_ = sub_indication::none;
  problem failure_;
};

/// What a Reference points at, canonicalized how.
struct reference_target {
  xml::element element;
  const xml::document* whole = nullptr;  ///< set for URI="": the document, comments and instructions beside the root included
  xml::element root;                     ///< when set: this element counts as root of a document of its own
};

struct checking {
  const crypto::trust_store& trust;
  const policy& rules;
  time_point at;
};

/// SignatureValue over SignedInfo with the certificate's key, before any digest (S40). Fills certificate and chain of the report.
/// Returns the certificate when one was found, whatever the verdict.
/// `root`: as in reference_target, for the context of SignedInfo.
std::optional<crypto::certificate> check_signature_value(const signature&, xml::element root, const checking&, judgement&,
                                                         signature_report&);

/// Digest of one reference over its target.
void check_reference(const reference&, const reference_target&, const signature&, const checking&, judgement&, signature_report&);

/// Lists a reference that names nothing which may be digested.
void list_unresolved(const reference&, signature_report&);

/// Ends a signature: its verdict into its report and into the whole report.
void conclude(const judgement&, signature_report&, report&);

}  // namespace shep::eds
