#pragma once

#include "http/asio.hpp"
#include "http/message.hpp"
#include "http/problems.hpp"

#include <functional>
#include <string>

namespace shep::http {

/// A body of unknown length, made while it is sent: event streams, large exports. One answer's own; used on its connection's strand.
class body_source {
 public:
  virtual ~body_source() = default;

  /// The next piece; an empty one ends the body. Comes back within a few seconds even when there is nothing new (an event stream sends a
  /// comment line), because only then is a vanished client or a draining server noticed.
  virtual boost::asio::awaitable<std::string> next() = 0;

  /// True when the body may be ended between two pieces because the server drains: event streams.
  virtual bool may_end_early() const { return false; }
};

/// Answers one request. Called on the connection's strand; the next request of that connection waits for the answer, others do not.
/// A coroutine may suspend as long as it has a deadline of its own: the server sets none on it.
/// Expected failures are answers; an exception is a bug, is logged, and is answered by `refusal_handler` with `problems::handler_failed`.
using handler = std::function<boost::asio::awaitable<response>(request)>;

/// Why a request never reached the handler (or why the handler's exception ended it).
struct framing_problem {
  problem what;         ///< code from http/problems.hpp
  unsigned status = 0;  ///< what it is answered with; 0: the connection closes without a word
  std::string head;     ///< what was read of the head, 16 KiB at most, possibly not HTTP at all
  std::string method;   ///< empty when the head did not come far enough
  std::string path;     ///< decoded; empty likewise
  endpoint remote;
  endpoint local;
  time_point at;
};

/// Renders the answer to a refused request: a SOAP fault on the SHEP port, plain text elsewhere. Must not throw, block or take long.
/// The server sends it with `framing_problem::status` and closes the connection. Called only when that status is not 0.
using refusal_handler = std::function<response(const framing_problem&)>;

/// Sees every refusal, before its answer leaves: journal, log, metrics. Any thread; must not throw or block.
using refusal_observer = std::function<void(const framing_problem&)>;

/// "400 Bad Request: sentence" and a hint as text/plain; shows the detail only when the code allows it.
response plain_refusal(const framing_problem&);

}  // namespace shep::http
