#pragma once

#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "eds/report.hpp"

namespace shep::eds {

/// What every check of one signature is made with.
struct checking {
  const crypto::trust_store& trust;
  const policy& rules;
  time_point at;
};

/// Where a finding stands: words, or an element whose path is written out only when somebody reads it.
class place {
 public:
  place(xml::element node) : node_(node) {}               // NOLINT: meant to convert
  place(std::string words) : words_(std::move(words)) {}  // NOLINT: meant to convert
  std::string told() const { return node_ ? node_.xpath() : words_; }

 private:
  xml::element node_;
  std::string words_;
};

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

/// Weak and inferred algorithms: noted or refused as the policy says (security catalogue S31). `what` is "signature algorithm" or
/// "digest algorithm".
void judge_algorithm(std::string_view what, std::string_view uri, bool weak, bool inferred, const place&, const checking&, judgement&);

/// Ends a signature: its verdict into its report, and it into the whole report, whose verdict is that of the worst signature.
/// Where the policy asks about revocation, nothing is passed here yet: what holds otherwise is INDETERMINATE, TRY_LATER until
/// `conclude_revocation`.
void conclude(const judgement&, const checking&, signature_report, report&);

/// Puts a judged signature into the whole: what it covers, and the verdict.
void add_signature(signature_report, report&);

/// The verdict of the whole from those of its signatures.
void settle(report&);

}  // namespace shep::eds
