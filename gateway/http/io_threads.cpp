#include "http/io_threads.hpp"

#include "core/log.hpp"
#include "http/asio.hpp"

#include <exception>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace shep::http {

struct io_threads::state {
  explicit state(std::size_t count) : context(static_cast<int>(count)), work(context.get_executor()) {
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { run(); });
  }

  // An exception out of a handler leaves the context usable: log it and go on.
  void run() {
    for (;;) {
      try {
        context.run();
        return;
      } catch (const std::exception& e) {
        log::write(log::level::error, "an exception reached the I/O loop", {{"what", e.what()}});
      }
    }
  }

  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
  std::vector<std::thread> threads;
};

namespace {

std::size_t at_least_one(std::size_t count) {
  if (count == 0) count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : count;
}

}  // namespace

io_threads::io_threads(std::size_t count) : state_(std::make_unique<state>(at_least_one(count))) {}

io_threads::~io_threads() { stop(); }

boost::asio::io_context& io_threads::context() { return state_->context; }

std::size_t io_threads::size() const { return state_->threads.size(); }

void io_threads::stop() {
  state_->context.stop();
  for (auto& thread : state_->threads)
    if (thread.joinable()) thread.join();
}

}  // namespace shep::http
