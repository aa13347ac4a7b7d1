#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace shep::crypto {

/// The most recently used values of one thread, found by octets. Not for several threads.
template <class Value>
class lru {
 public:
  explicit lru(std::size_t most) : most_(most) {}

  /// Null when absent. Valid until the next `put`.
  Value* find(std::string_view key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &entries_.front().second;
  }

  void put(std::string_view key, Value value) {
    if (Value* present = find(key)) {
      *present = std::move(value);
      return;
    }
    if (entries_.size() >= most_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(std::string(key), std::move(value));
    index_.emplace(entries_.front().first, entries_.begin());
  }

 private:
  using entry = std::pair<const std::string, Value>;
  std::size_t most_;
  std::list<entry> entries_;
  std::unordered_map<std::string_view, typename std::list<entry>::iterator> index_;  // views of the entries' own keys
};

}  // namespace shep::crypto
