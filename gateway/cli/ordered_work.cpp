#include "cli/ordered_work.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace shep::cli {
namespace {

constexpr std::size_t ahead_of_each_thread = 64;

/// What the threads share: the next piece to begin, the results that wait for their turn.
class board {
 public:
  board(std::size_t count, std::size_t most_ahead) : count_(count), most_ahead_(most_ahead) {}

  bool begin(std::size_t& piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || next_ == count_ || next_ < awaited_ + most_ahead_; });
    if (stopped_ || next_ == count_) return false;
    piece = next_++;
    return true;
  }

  void finish(std::size_t piece, std::string result) {
    const std::lock_guard lock(mutex_);
    done_.emplace(piece, std::move(result));
    changed_.notify_all();
  }

  void fail(std::exception_ptr why) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(why);
    stopped_ = true;
    changed_.notify_all();
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

  std::string await(std::size_t piece) {
    std::unique_lock lock(mutex_);
    awaited_ = piece;
    changed_.notify_all();
    changed_.wait(lock, [&] { return failure_ || done_.contains(piece); });
    if (failure_) std::rethrow_exception(failure_);
    return std::move(done_.extract(piece).mapped());
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::size_t count_;
  const std::size_t most_ahead_;
  std::size_t next_ = 0;
  std::size_t awaited_ = 0;
  bool stopped_ = false;
  std::map<std::size_t, std::string> done_;
  std::exception_ptr failure_;
};

}  // namespace

void ordered_work(std::size_t count, unsigned threads, const std::function<std::string(std::size_t)>& work,
                  const std::function<bool(std::size_t, std::string)>& take) {
  const auto workers = static_cast<unsigned>(std::min<std::size_t>(std::max(threads, 1U), count));
  board shared(count, workers * ahead_of_each_thread);
  std::vector<std::jthread> running;
  const struct stopping {
    board& of;
    ~stopping() { of.stop(); }  // before the threads are joined, which `running` does when it goes
  } at_end{shared};
  for (unsigned i = 0; i < workers; ++i) {
    running.emplace_back([&] {
      try {
        for (std::size_t piece = 0; shared.begin(piece);) shared.finish(piece, work(piece));
      } catch (...) {
        shared.fail(std::current_exception());
      }
    });
  }
  for (std::size_t piece = 0; piece < count; ++piece)
    if (!take(piece, shared.await(piece))) return;
}

}  // namespace shep::cli
