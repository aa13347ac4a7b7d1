#pragma once

#include <cstdint>
#include <string>

/// A disk between SQLite and the system's files, for one thread: it can refuse its n-th operation, and it remembers what a power cut
/// would leave of each file. In force for every SQLite connection opened while the object lives.
namespace shep::journal::test {

class fault_disk {
 public:
  enum class kind { none, write_full, write_error, sync_error };

  fault_disk();
  ~fault_disk();
  fault_disk(const fault_disk&) = delete;
  fault_disk& operator=(const fault_disk&) = delete;

  /// From now on, the n-th operation of this kind (from 1) and the `more` after it fail.
  void refuse(kind, std::uint64_t n, std::uint64_t more = 0);
  bool refused() const;

  /// Writes the files of one folder into another as they would be after a power cut now: all that was synced, and of the writes
  /// since then those that `seed` chooses (0: none of them), each whole or torn in the middle.
  void cut_power(const std::string& from, const std::string& into, std::uint64_t seed) const;
};

}  // namespace shep::journal::test
