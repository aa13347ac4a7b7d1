#pragma once

#include <cstddef>
#include <string_view>

namespace shep::forensics {

/// What one search may cost, for all signatures of a message together. Octets count each time they are digested.
struct limits {
  std::size_t candidates = 3000;
  std::size_t octets = 64 << 20;
  std::size_t key_operations = 600;  ///< signature verifications
};

/// What was spent. Everything that the search does is linear in this.
class budget {
 public:
  explicit budget(const limits& most) : most_(most) {}

  /// One more candidate of this many octets; false: it may not be tried any more.
  bool spend(std::size_t length) {
    if (candidates_ >= most_.candidates || length > most_.octets - octets_) {
      exhausted_ = true;
      return false;
    }
    ++candidates_;
    octets_ += length;
    return true;
  }
  bool spend_key_operation() {
    if (key_operations_ >= most_.key_operations) {
      exhausted_ = true;
      return false;
    }
    ++key_operations_;
    return true;
  }

  std::size_t candidates() const { return candidates_; }
  std::size_t octets() const { return octets_; }
  std::size_t key_operations() const { return key_operations_; }
  bool exhausted() const { return exhausted_; }  ///< something was left untried

 private:
  limits most_;
  std::size_t candidates_ = 0, octets_ = 0, key_operations_ = 0;
  bool exhausted_ = false;
};

}  // namespace shep::forensics
