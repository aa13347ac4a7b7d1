#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace shep::http {

/// What one head may look like (security catalogue H08, H12).
struct head_limits {
  std::size_t request_line = 8 * 1024;
  std::size_t total = 16 * 1024;
  std::size_t fields = 100;
};

/// What one chunked body may waste (H11) and how long a body may be (H17), in octets.
struct body_limits {
  std::uint64_t total = 10 * 1024 * 1024;
  std::size_t extensions = 8 * 1024;          ///< chunk extensions of one body together
  std::size_t trailers = 8 * 1024;            ///< trailer section, which is checked and dropped
  std::size_t overhead_allowance = 8 * 1024;  ///< framing may be this much plus four times the payload
};

/// How long a stranger is waited for (H15). Every wait of the server ends by one of these.
struct deadlines {
  std::chrono::milliseconds head{10'000};        ///< first octet of a request to the end of its head
  std::chrono::milliseconds body_grace{10'000};  ///< a body may take this long plus its length at `body_rate` …
  std::uint64_t body_rate = 1024;                ///< octets per second
  std::chrono::milliseconds body{300'000};       ///< … but never longer than this
  std::chrono::milliseconds write{30'000};       ///< without any progress of one answer
  std::chrono::milliseconds answer{300'000};     ///< one answer as a whole
  std::chrono::milliseconds idle{30'000};        ///< between two requests
  std::chrono::milliseconds linger{5'000};       ///< for the client to read a refusal and close
};

struct limits {
  head_limits head;
  body_limits body;
  deadlines time;
  std::size_t pipelined = 16;  ///< requests taken in a row from what arrived together; the last of them closes (H14)
};

}  // namespace shep::http
