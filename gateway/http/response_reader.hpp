#pragma once

#include "core/result.hpp"
#include "http/chunk_decoder.hpp"
#include "http/client.hpp"
#include "http/head_lines.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shep::http {

/// Makes one answer out of octets that arrive in pieces of any size. No I/O. RFC 9112 sections 4 and 6, as strictly as requests are
/// read: clean CR LF lines, one Content-Length, or the single coding chunked, or the end of the connection; interim answers are skipped.
class response_reader {
 public:
  enum class state { head, body, complete, refused };

  response_reader(bool answers_head, std::uint64_t max_body);

  /// Octets behind a complete answer are ignored.
  void take(std::string_view octets);
  void ended();  ///< the server will send no more

  state now() const { return state_; }
  bool anything_received() const { return anything_; }
  const problem& refusal() const { return *refusal_; }
  incoming_response finish();  ///< in `complete`; times are left to the caller

 private:
  enum class framing { none, length, chunks, end };

  void take_head(std::string_view octets);
  void take_body(std::string_view octets);
  result<void> read_head(std::string octets);
  result<void> read_framing();
  void refuse(problem why);

  bool answers_head_;
  body_limits limits_;
  state state_ = state::head;
  framing framing_ = framing::none;
  std::optional<head_scanner> scanner_;
  chunk_decoder chunks_;
  std::string partial_;
  int interim_ = 0;
  std::uint64_t length_ = 0;
  bool anything_ = false;
  incoming_response response_;
  std::string body_;
  std::optional<problem> refusal_;
};

}  // namespace shep::http
