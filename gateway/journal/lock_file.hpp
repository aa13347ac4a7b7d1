#pragma once

#include "core/result.hpp"

#include <string>
#include <utility>

namespace shep::journal {

/// Held while this object lives, by one process at most; the system lets go of it when the process dies, however it dies.
class lock_file {
 public:
  lock_file() = default;
  lock_file(lock_file&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  lock_file& operator=(lock_file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~lock_file();

  /// Makes the file with mode 0600 when it is missing. `problems::journal_locked` names the process that holds it.
  static result<lock_file> take(const std::string& path);

 private:
  explicit lock_file(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace shep::journal
