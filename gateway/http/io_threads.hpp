#pragma once

#include <cstddef>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace shep::http {

/// The threads that carry all coroutines of the program: one io_context, N threads.
/// Declare it before the servers and clients that use it, so that it outlives them.
class io_threads {
 public:
  explicit io_threads(std::size_t count);  ///< starts them; 0 means one for each processor
  ~io_threads();                           ///< stop()
  io_threads(const io_threads&) = delete;
  io_threads& operator=(const io_threads&) = delete;

  boost::asio::io_context& context();
  std::size_t size() const;

  /// Abandons what is still pending and joins. Not from one of the threads themselves.
  void stop();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace shep::http
