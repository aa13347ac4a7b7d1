#include "http/request_reader.hpp"

#include "http/problems.hpp"

#include <algorithm>

namespace shep::http {
namespace {

// What a client merely announces reserves no more than this; the rest is reserved once this much has really come.
constexpr std::size_t trusted_announcement = 256 * 1024;
// A body shorter than this is copied out of the receive buffer, which costs less than another read.
constexpr std::size_t direct_threshold = 16 * 1024;
constexpr std::size_t direct_window = 64 * 1024;

}  // namespace

std::size_t request_reader::take(std::string_view octets) {
  switch (state_) {
    case state::idle:
    case state::head: return octets.empty() ? 0 : take_head(octets);
    case state::body: return take_body(octets);
    case state::decide:
    case state::complete:
    case state::refused: break;
  }
  return 0;
}

std::size_t request_reader::take_head(std::string_view octets) {
  state_ = state::head;
  const auto before = partial_.size();
  if (before > 0) partial_.append(octets);
  const auto all = before > 0 ? std::string_view(partial_) : octets;
  auto end = scanner_.look(all);
  if (!end) {
    if (before == 0) partial_.assign(octets.substr(0, limits_->head.total));
    refuse(end.error());
    return octets.size();
  }
  if (!*end) {
    if (before == 0) partial_.assign(octets);
    return octets.size();
  }
  const auto whole = **end;
  octets_ = share(std::string(all.substr(scanner_.start(), whole - scanner_.start() - 2)));
  auto checked = check_head(*octets_, limits_->head);
  if (!checked) {
    refuse(checked.error());
  } else {
    head_ = std::move(*checked);
    state_ = state::decide;
    if (head_.content_length > limits_->body.total)
      refuse(problem(
          problems::body_too_large,
          "Content-Length is " + std::to_string(head_.content_length) + "; the limit is " + std::to_string(limits_->body.total) + " octets",
          "Content-Length"));
  }
  partial_ = std::string();
  return whole - before;
}

void request_reader::go_on() {
  if (head_.chunked) {
    chunks_.emplace(limits_->body);
    state_ = state::body;
  } else if (head_.content_length > 0) {
    if (!discard_) body_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(head_.content_length, trusted_announcement)));
    state_ = state::body;
  } else {
    state_ = state::complete;
  }
}

void request_reader::discard_body() {
  discard_ = true;
  go_on();
}

std::size_t request_reader::take_body(std::string_view octets) {
  if (!chunks_) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), head_.content_length - received_));
    if (!discard_) body_.append(octets.substr(0, n));
    body_progressed(n);
    return n;
  }
  const auto used = chunks_->take(octets, body_);
  if (!used) {
    refuse(used.error());
    return octets.size();
  }
  received_ += *used;
  if (discard_) body_.clear();
  if (chunks_->done()) state_ = state::complete;
  return *used;
}

void request_reader::body_progressed(std::size_t n) {
  received_ += n;
  if (received_ == head_.content_length) state_ = state::complete;
}

std::span<char> request_reader::direct_space() {
  if (state_ != state::body || chunks_ || discard_) return {};
  const auto left = head_.content_length - received_;
  if (left < direct_threshold) return {};
  if (body_.capacity() < head_.content_length && body_.size() + direct_threshold > body_.capacity())
    body_.reserve(static_cast<std::size_t>(head_.content_length));
  const auto room = std::min<std::uint64_t>({left, direct_window, body_.capacity() - body_.size()});
  if (room == 0) return {};
  filled_ = body_.size();
  body_.resize(filled_ + static_cast<std::size_t>(room));
  return {body_.data() + filled_, static_cast<std::size_t>(room)};
}

void request_reader::direct_filled(std::size_t n) {
  body_.resize(filled_ + n);
  body_progressed(n);
}

void request_reader::direct_release() { body_.resize(filled_); }

void request_reader::refuse(problem why) {
  refusal_ = std::move(why);
  state_ = state::refused;
}

request request_reader::finish() {
  auto out = to_request(std::move(head_), std::move(octets_));
  out.body = share(std::move(body_));
  *this = request_reader(*limits_);
  return out;
}

}  // namespace shep::http
