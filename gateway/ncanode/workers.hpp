#pragma once

#include "http/asio.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace shep::ncanode {

/// Threads for work that would hold an I/O thread up: key derivation, signatures, large documents. Joins in its destructor after what was
/// given to it has run. Any thread.
class workers {
 public:
  explicit workers(std::size_t count);  ///< 0: one for each processor
  ~workers();
  workers(const workers&) = delete;
  workers& operator=(const workers&) = delete;

  /// Runs `work` on one of the threads; the coroutine goes on where it was. An exception of `work` comes out of the await. At most
  /// one piece of work for each waiting request, so the server's own limits bound the queue.
  boost::asio::awaitable<void> run(std::function<void()> work);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace shep::ncanode
