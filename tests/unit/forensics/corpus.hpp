#pragma once

#include "unit/forensics/planted.hpp"

/// The corpus: good messages with one planted mistake each.
namespace shep::forensics::test {

struct planted {
  std::string name;   ///< what somebody did
  std::string cause;  ///< what must be found first
  draft message;
  habits wrong;
  draft clean;  ///< the same without the mistake, when the mistake is in the draft
  std::string part = "Reference";
};

std::vector<planted> digest_mistakes();
std::vector<planted> text_mistakes();
std::vector<planted> signature_mistakes();

}  // namespace shep::forensics::test
