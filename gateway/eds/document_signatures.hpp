#pragma once

#include "eds/judge_signature.hpp"

#include <functional>

/// Several signatures in one document (kz-eds.md section 3): verify the last one, leave it out, repeat.
namespace shep::eds {

inline constexpr std::size_t most_signatures = 8;

/// The children named must be the last children of `parent`, with no text behind them, and at most eight: what stands behind an enveloped
/// signature was put there later, and text on both sides of it reads as two (X13). Error: signature_constraints.
result<void> check_last_children(xml::element parent, const std::vector<xml::element>& signatures);

/// The signatures at the end of `parent`: its last children, with no text behind them.
std::vector<xml::element> signatures_at_end(xml::element parent);

/// Judges from the last to the first; each is told which signatures came after it. Entries in document order.
document_verification judge_last_first(const std::vector<xml::element>& signatures, const checking&,
                                       const std::function<judged(xml::element, const std::vector<xml::element>& later)>&);

}  // namespace shep::eds
