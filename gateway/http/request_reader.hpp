#pragma once

#include "core/result.hpp"
#include "http/chunk_decoder.hpp"
#include "http/framing_gate.hpp"
#include "http/head_lines.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shep::http {

/// Makes requests out of octets that arrive in pieces of any size: scanner, gate, and body in one state machine without I/O.
/// Holds no memory between two requests. After `refused` only `refusal()` and `head_octets()` mean anything.
class request_reader {
 public:
  enum class state {
    idle,      ///< nothing of the next request has arrived
    head,      ///< part of a head has
    decide,    ///< a head passed the gate: go_on() or discard_body(); take() waits for that
    body,      ///< part of the body is still to come
    complete,  ///< finish() gives the request
    refused,
  };

  /// `l` outlives the reader.
  explicit request_reader(const limits& l) : limits_(&l), scanner_(l.head) {}

  state now() const { return state_; }

  /// Returns how many of `octets` were used: all, unless the state became `decide`, `complete` or `refused`.
  std::size_t take(std::string_view octets);

  void go_on();         ///< in `decide`: the body is wanted
  void discard_body();  ///< in `decide`: the body is read as strictly, but not kept

  /// In `body`: room to read the rest of a long body straight into place; empty when octets have to go through take().
  std::span<char> direct_space();
  void direct_filled(std::size_t n);
  void direct_release();  ///< gives back what direct_space() offered and nothing filled

  const checked_head& head() const { return head_; }  ///< from `decide` on
  std::uint64_t body_received() const { return received_; }
  bool discarding() const { return discard_; }
  const problem& refusal() const { return *refusal_; }

  /// The head as far as it came; at most `head_limits::total` octets.
  std::string_view head_octets() const {
    return octets_ ? std::string_view(*octets_) : std::string_view(partial_).substr(0, limits_->head.total);
  }

  /// In `complete`: method, target, headers, body; addresses and times are left to the caller. The reader is idle again.
  request finish();

 private:
  std::size_t take_head(std::string_view octets);
  std::size_t take_body(std::string_view octets);
  void refuse(problem why);
  void body_progressed(std::size_t n);

  const limits* limits_;
  state state_ = state::idle;
  head_scanner scanner_;
  std::string partial_;  ///< a head that came in pieces
  shared_bytes octets_;  ///< the whole head
  checked_head head_;
  std::optional<chunk_decoder> chunks_;
  std::string body_;
  std::uint64_t received_ = 0;
  std::size_t filled_ = 0;  ///< of body_, while direct space is lent
  bool discard_ = false;
  std::optional<problem> refusal_;
};

}  // namespace shep::http
