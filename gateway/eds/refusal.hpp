#pragma once

#include "eds/problems.hpp"
#include "xml/element.hpp"

/// What the readers of ds:Signature and ds:KeyInfo share. Inside module eds.
namespace shep::eds {

/// Well-formed, and outside of the allow-list.
inline problem not_allowed(xml::element at, std::string detail, std::string hint = {}) {
  return {problems::signature_constraints, std::move(detail), at.xpath(), std::move(hint)};
}

}  // namespace shep::eds
