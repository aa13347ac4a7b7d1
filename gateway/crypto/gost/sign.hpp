#pragma once

#include "crypto/gost/curve.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shep::gost {

/// A private number d, 0 < d < q. Whatever touches d or a nonce runs in a time that does not depend on them, and clears what it leaves.
/// Immutable; any thread.
class signing_key {
 public:
  /// d as octets of the curve's size, least first. Null: another length, or out of range.
  static std::unique_ptr<const signing_key> from_number(curve, std::string_view d);
  /// Null when the system's random source fails.
  static std::unique_ptr<const signing_key> generate(curve);

  virtual ~signing_key() = default;
  virtual curve parameters() const = 0;
  virtual std::string number() const = 0;         ///< d, least octet first; the caller cleanses it
  virtual std::string public_octets() const = 0;  ///< of d G: x_LE || y_LE

  /// r_LE || s_LE of a digest as long as a coordinate, with a nonce from the system. Empty when the random source fails.
  /// Throws std::invalid_argument for a digest of another length.
  std::optional<std::string> sign(std::string_view digest) const;

  /// The same with a nonce of the caller's, least octet first: known answers in tests only, since a nonce used twice gives d away.
  /// Empty when the nonce is out of range, or happens to make r or s zero.
  virtual std::optional<std::string> sign_with_nonce(std::string_view digest, std::string_view nonce) const = 0;
};

}  // namespace shep::gost
