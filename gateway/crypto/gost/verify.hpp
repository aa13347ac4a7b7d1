#pragma once

#include "crypto/gost/curve.hpp"

#include <memory>
#include <string_view>

namespace shep::gost {

enum class verdict {
  good,
  digest_length,     ///< the digest is not as long as a coordinate
  signature_length,  ///< the signature is not r_LE || s_LE of the curve's size
  out_of_range,      ///< r or s is zero, or not below the group's order
  no_match
};

/// A public key, ready to verify signatures of GOST 34.10-2015 and GOST 34.310-2004: e is the digest read least octet first, modulo q, and
/// 1 in place of 0; the signature holds when x(e^-1 s G - e^-1 r Q) = r modulo q. Written here rather than taken from a library for speed;
/// everything is public, so the time depends on the values. Keys that are used again and again get a table (table_cache.hpp).
/// Immutable; copies share; any thread.
class verifying_key {
 public:
  enum class refusal { none, length, not_reduced, not_on_curve, wrong_subgroup };

  /// `octets` are x_LE || y_LE. Null, with the reason in `why`: another length, a coordinate that is not below p, a point off the curve
  /// (all zeros among them, as the point at infinity is sometimes written), a point outside the group of order q.
  static std::shared_ptr<const verifying_key> from_octets(curve, std::string_view octets, refusal& why);

  virtual ~verifying_key() = default;
  virtual verdict verify(std::string_view digest, std::string_view signature) const = 0;
};

}  // namespace shep::gost
