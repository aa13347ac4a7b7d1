#pragma once

#include "crypto/gost/multiply.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace shep::gost {

/// Tables of the keys in use, for all threads: a table costs as much as some fifteen verifications without one, so it is made at the
/// sixteenth use, when it would have paid for itself. Bounded in octets; what was not used for longest goes. Any thread; the lock is held
/// for a look-up only.
template <class Curve>
class table_cache {
 public:
  using table_ptr = std::shared_ptr<const fixed_base<Curve>>;

  explicit table_cache(std::size_t most_octets) : most_tables_(most_octets / fixed_base<Curve>::octets) {}

  /// Counts a use of the key. Null while there is no table.
  table_ptr use(const affine<Curve>& key) {
    std::string name(reinterpret_cast<const char*>(&key), sizeof key);
    {
      const std::scoped_lock lock(mutex_);
      entry& e = counted(std::move(name));
      if (e.table) return e.table;
      if (++e.uses != uses_before_table) return nullptr;  // more: another thread is at it
    }
    auto made = std::make_shared<const fixed_base<Curve>>(key);
    const std::scoped_lock lock(mutex_);
    entry& e = counted(std::string(reinterpret_cast<const char*>(&key), sizeof key));
    if (e.table) return e.table;
    e.table = made;
    tables_.splice(tables_.begin(), counts_, e.place);
    if (tables_.size() > most_tables_) forget(tables_);
    return made;
  }

  /// Keys that are remembered, with and without a table.
  std::size_t counted_keys() {
    const std::scoped_lock lock(mutex_);
    return entries_.size();
  }

 private:
  static constexpr unsigned uses_before_table = 16;
  static constexpr std::size_t most_counts = 4096;

  struct entry {
    table_ptr table;
    unsigned uses = 0;
    std::list<const std::string*>::iterator place;
  };
  using order = std::list<const std::string*>;  // the map's own keys, newest use first

  entry& counted(std::string name) {
    const auto [at, fresh] = entries_.try_emplace(std::move(name));
    entry& e = at->second;
    if (fresh) {
      counts_.push_front(&at->first);
      e.place = counts_.begin();
      if (counts_.size() > most_counts) forget(counts_);
    } else {
      order& of = e.table ? tables_ : counts_;
      of.splice(of.begin(), of, e.place);
    }
    return e;
  }

  void forget(order& from) {
    const std::string* oldest = from.back();
    from.pop_back();
    entries_.erase(*oldest);
  }

  const std::size_t most_tables_;
  std::mutex mutex_;
  std::unordered_map<std::string, entry> entries_;
  order tables_, counts_;
};

}  // namespace shep::gost
