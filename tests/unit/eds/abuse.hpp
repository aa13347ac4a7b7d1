#pragma once

#include "unit/eds/checked.hpp"

/// Security catalogue section 3.2. Every message here is genuinely signed after it was bent, so that only the rule under test can refuse
/// it.
namespace shep::eds::test {

using s = sub_indication;

inline constexpr const problem_code& constraints = problems::signature_constraints;
inline constexpr const problem_code& format = problems::signature_format;

inline message_a with_signature_method(const std::string& algorithm, const std::string& inside = "") {
  message_a m;
  m.signature.signature_method = method("SignatureMethod", algorithm, inside);
  return m;
}
inline message_a with_digest_method(const std::string& algorithm) {
  message_a m;
  m.signature.references[0].digest_method = method("DigestMethod", algorithm);
  return m;
}
inline message_a with_transforms(const std::string& transforms) {
  message_a m;
  m.signature.references[0].transforms = transforms;
  return m;
}
inline message_a with_key_info(const std::string& info) {
  message_a m;
  m.signature.key_info = info;
  return m;
}
inline const std::string exc = method("Transform", uri::exc_c14n);

}  // namespace shep::eds::test
