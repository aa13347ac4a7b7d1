#pragma once

#include "journal/store.hpp"

#include <shared_mutex>
#include <unordered_map>

namespace shep::journal {

/// Keeps everything in memory until the process ends: for tests and for a run without a folder. Without bound: the caller limits.
class memory_store final : public store {
 public:
  result<void> append(std::span<const record>) override;
  result<page> list(const filter&, std::size_t limit, std::optional<std::uint64_t> before = {}) const override;
  result<entry> get(const std::string& id) const override;
  result<std::uint64_t> count(const filter& = {}) const override;
  result<void> remove_all() override;

 private:
  problem refusal(std::span<const record>) const;

  mutable std::shared_mutex mutex_;
  std::uint64_t first_ = 1;  ///< sequence of entries_.front()
  std::vector<entry> entries_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace shep::journal
