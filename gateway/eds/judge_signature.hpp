#pragma once

#include "eds/check.hpp"

#include <functional>
#include <string_view>

/// One signature of a document, judged by itself; and many verdicts put together.
namespace shep::eds {

/// How a signature is to be looked at.
struct viewpoint {
  std::string_view layer, profile;
  xml::element root{};  ///< when set: this element counts as root of a document of its own
  std::size_t most_references = 16;
  std::string_view too_many{};  ///< what is wrong when there are more
  /// What a Reference names. Errors: signature_constraints, signed_data_not_found.
  std::function<result<reference_target>(const reference&)> resolve;
};

struct judged {
  eds::report report;  ///< of this signature alone
  signatory who;
  bool held = false;  ///< everything but what is not asked yet
  problem failure;
};

/// Reads and judges the signature at `node`.
judged judge_signature(xml::element node, const viewpoint&, const checking&);

/// A signature that is refused before it is judged.
judged refused_signature(xml::element node, std::string_view layer, std::string_view profile, sub_indication, const problem&,
                         const checking&);

/// Every signature with its own entry, in the order given; the verdict is that of the worst.
document_verification put_together(std::vector<judged>, const checking&);

/// A document without any signature that could be judged.
document_verification nothing_judged(sub_indication, const problem&, const checking&);

/// The reason that a problem of reading or resolving stands for.
sub_indication reason_for(const problem&);

}  // namespace shep::eds
