#pragma once

#include "journal/journal.hpp"
#include "journal/memory_store.hpp"
#include "journal/problems.hpp"
#include "unit/journal/support.hpp"

#include <condition_variable>
#include <future>
#include <mutex>

#include <gtest/gtest.h>

namespace shep::journal::test {

inline std::chrono::steady_clock::time_point later() { return std::chrono::steady_clock::now() + std::chrono::minutes(1); }

/// Keeps what memory_store keeps, counts transactions, and can be held, failed, or made to throw.
class watched_store final : public store {
 public:
  result<void> append(std::span<const record> records) override {
    std::unique_lock lock(mutex_);
    ++entered_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !held_; });
    sizes_.push_back(records.size());
    for (const record& r : records) order_.push_back((std::holds_alternative<arrival>(r) ? "a " : "c ") + id_of(r));
    if (throwing_) throw std::runtime_error("out of order");
    if (failing_) return problem(problems::journal_unavailable, "the disk is gone");
    return kept_.append(records);
  }
  result<page> list(const filter& f, std::size_t limit, std::optional<std::uint64_t> before) const override {
    return kept_.list(f, limit, before);
  }
  result<entry> get(const std::string& id) const override { return kept_.get(id); }
  result<std::uint64_t> count(const filter& f) const override { return kept_.count(f); }
  result<void> remove_all() override { return kept_.remove_all(); }

  void hold() {
    set([&] { held_ = true; });
  }
  void let_go() {
    set([&] { held_ = false; });
  }
  void fail(bool on) {
    set([&] { failing_ = on; });
  }
  void throw_up(bool on) {
    set([&] { throwing_ = on; });
  }
  void await_entry(int times) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return entered_ >= times; });
  }
  std::vector<std::size_t> sizes() const {
    const std::lock_guard lock(mutex_);
    return sizes_;
  }
  std::vector<std::string> order() const {
    const std::lock_guard lock(mutex_);
    return order_;
  }

 private:
  template <class F>
  void set(F change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int entered_ = 0;
  bool held_ = false, failing_ = false, throwing_ = false;
  std::vector<std::size_t> sizes_;
  std::vector<std::string> order_;
  memory_store kept_;
};

inline settings durable(overflow when_full = overflow::wait) {
  settings s;
  s.mode = durability::durable;
  s.when_full = when_full;
  return s;
}

inline settings relaxed(overflow when_full = overflow::wait) {
  settings s = durable(when_full);
  s.mode = durability::relaxed;
  return s;
}

/// What `done` was told, to be waited for.
class answer {
 public:
  journal::completion_handler handler() {
    return [this](result<void> r) { told_.set_value(std::move(r)); };
  }
  bool told() const { return future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
  result<void> get() { return future_.get(); }

 private:
  std::promise<result<void>> told_;
  std::future<result<void>> future_ = told_.get_future();
};

class Journal : public testing::Test {
 protected:
  /// The writer is inside `append` with exchange 0 and stays there until `let_go`.
  void occupy(journal& j) {
    store_->hold();
    j.arrived(arrival_of(0));
    j.completed(completion_of(0), first_.handler());
    store_->await_entry(1);
  }

  const std::shared_ptr<watched_store> store_ = std::make_shared<watched_store>();
  answer first_;
};

}  // namespace shep::journal::test
