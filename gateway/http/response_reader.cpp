#include "http/response_reader.hpp"

#include "http/characters.hpp"
#include "http/problems.hpp"

#include <algorithm>
#include <charconv>

namespace shep::http {
namespace {

constexpr head_limits response_head_limits{64 * 1024, 64 * 1024, 200};
constexpr int max_interim = 8;

problem unclean(std::string what) { return problem(problems::bad_response, std::move(what), "the server's answer"); }

body_limits limits_for(std::uint64_t max_body) {
  body_limits out;
  out.total = max_body;
  return out;
}

std::string limit_sentence(std::uint64_t limit) { return "the body is longer than " + std::to_string(limit) + " octets"; }

}  // namespace

response_reader::response_reader(bool answers_head, std::uint64_t max_body)
    : answers_head_(answers_head), limits_(limits_for(max_body)), scanner_(response_head_limits), chunks_(limits_) {}

void response_reader::take(std::string_view octets) {
  anything_ = anything_ || !octets.empty();
  if (state_ == state::head) take_head(octets);
  else if (state_ == state::body) take_body(octets);
}

void response_reader::take_head(std::string_view octets) {
  partial_.append(octets);
  while (state_ == state::head) {
    const auto end = scanner_->look(partial_);
    if (!end) return refuse(unclean(end.error().detail));
    if (!*end) return;
    const auto whole = **end;
    if (auto read = read_head(partial_.substr(scanner_->start(), whole - scanner_->start() - 2)); !read) return refuse(read.error());
    partial_.erase(0, whole);
    scanner_.emplace(response_head_limits);
  }
  const std::string rest = std::exchange(partial_, std::string());
  if (state_ == state::body) take_body(rest);
}

// RFC 9112 section 4: HTTP-version SP status-code SP [reason-phrase]; a missing last space is common and harmless.
result<void> response_reader::read_head(std::string octets) {
  const auto line_end = octets.find("\r\n");
  const std::string_view line = std::string_view(octets).substr(0, line_end);
  const bool well_formed = line.size() >= 12 && line.substr(0, 7) == "HTTP/1." && (line[7] == '0' || line[7] == '1') && line[8] == ' ' &&
                           is_digit(line[9]) && is_digit(line[10]) && is_digit(line[11]) && (line.size() == 12 || line[12] == ' ');
  if (!well_formed || line[9] == '0') return unclean("it does not begin with 'HTTP/1.1 nnn'");
  const unsigned status = static_cast<unsigned>((line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0'));
  auto head = share(std::move(octets));
  auto headers = read_field_lines(std::string_view(*head).substr(line_end + 2), response_head_limits.fields);
  if (!headers) return unclean(headers.error().detail);
  if (status < 200) {
    if (status == 101) return unclean("it switches to a protocol nobody asked for");
    if (++interim_ > max_interim) return unclean("too many interim answers");
    return {};
  }
  response_.status = status;
  response_.head = std::move(head);
  response_.headers = std::move(*headers);
  return read_framing();
}

// RFC 9112 section 6.3.
result<void> response_reader::read_framing() {
  const auto& headers = response_.headers;
  const auto lengths = headers.count("Content-Length");
  const auto codings = headers.count("Transfer-Encoding");
  if (lengths + codings > 1) return unclean("the length of the body is told more than once");
  state_ = state::body;
  if (answers_head_ || response_.status == 204 || response_.status == 304) {
    state_ = state::complete;
  } else if (codings == 1) {
    if (!equal_ignoring_case(headers.value("Transfer-Encoding"), "chunked")) return unclean("its transfer coding is not chunked");
    framing_ = framing::chunks;
  } else if (lengths == 1) {
    const auto value = headers.value("Content-Length");
    const auto read = std::from_chars(value.data(), value.data() + value.size(), length_);
    if (value.empty() || !is_digit(value.front()) || read.ec != std::errc() || read.ptr != value.data() + value.size())
      return unclean("its Content-Length is not a number");
    if (length_ > limits_.total) return problem(problems::response_too_large, limit_sentence(limits_.total), "the server's answer");
    framing_ = framing::length;
    if (length_ == 0) state_ = state::complete;
  } else {
    framing_ = framing::end;
  }
  return {};
}

void response_reader::take_body(std::string_view octets) {
  if (framing_ == framing::chunks) {
    const auto used = chunks_.take(octets, body_);
    if (!used && used.error().code == problems::body_too_large)
      return refuse(problem(problems::response_too_large, limit_sentence(limits_.total), "the server's answer"));
    if (!used) return refuse(unclean(used.error().detail));
    if (chunks_.done()) state_ = state::complete;
    return;
  }
  if (framing_ == framing::length)
    octets = octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), length_ - body_.size())));
  if (octets.size() > limits_.total - body_.size())
    return refuse(problem(problems::response_too_large, limit_sentence(limits_.total), "the server's answer"));
  body_.append(octets);
  if (framing_ == framing::length && body_.size() == length_) state_ = state::complete;
}

void response_reader::ended() {
  if (state_ == state::body && framing_ == framing::end) state_ = state::complete;
  else if (state_ != state::complete && state_ != state::refused)
    refuse(unclean(anything_ ? "the connection ended before it was complete" : "the connection ended without an answer"));
}

void response_reader::refuse(problem why) {
  refusal_ = std::move(why);
  state_ = state::refused;
}

incoming_response response_reader::finish() {
  response_.body = share(std::move(body_));
  return std::move(response_);
}

}  // namespace shep::http
