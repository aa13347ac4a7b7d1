#include "http/chunk_decoder.hpp"

#include "http/characters.hpp"
#include "http/head_lines.hpp"
#include "http/problems.hpp"

#include <algorithm>

namespace shep::http {
namespace {

constexpr unsigned max_size_digits = 16;
constexpr std::uint64_t overhead_factor = 4;

problem malformed(std::string what) { return problem(problems::bad_chunk, std::move(what), "chunked body"); }

}  // namespace

result<std::size_t> chunk_decoder::take(std::string_view octets, std::string& payload) {
  std::size_t used = 0;
  while (used < octets.size() && state_ != state::done) {
    if (state_ == state::data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, octets.size() - used));
      payload.append(octets.substr(used, n));
      used += n;
      left_ -= n;
      if (left_ == 0) state_ = state::data_cr;
      continue;
    }
    if (auto ok = take_framing(octets[used]); !ok) return ok.error();
    ++used;
    if (++overhead_ > limits_.overhead_allowance + overhead_factor * payload_)
      return problem(problems::chunk_overhead, "chunk framing takes more than four times the room of what it carries", "chunked body",
                     "send larger chunks");
  }
  return used;
}

result<void> chunk_decoder::take_framing(char c) {
  switch (state_) {
    case state::size: return take_size(c);
    case state::extension_name:
    case state::extension_value:
    case state::extension_quoted:
    case state::extension_escape:
    case state::extension_end:
      if (++extensions_ > limits_.extensions)
        return problem(problems::chunk_overhead, "chunk extensions are longer than " + std::to_string(limits_.extensions) + " octets",
                       "chunked body");
      return take_extension(c);
    case state::size_end:
      if (c != '\n') return malformed("the line with the chunk size does not end with CR LF");
      return end_size_line();
    case state::data_cr:
      if (c != '\r') return malformed("a chunk is longer than announced, or not followed by CR LF");
      state_ = state::data_lf;
      return {};
    case state::data_lf:
      if (c != '\n') return malformed("a chunk is not followed by CR LF");
      state_ = state::size;
      digits_ = 0;
      return {};
    case state::trailer: return take_trailer(c);
    case state::data:
    case state::done: break;
  }
  return {};
}

result<void> chunk_decoder::take_size(char c) {
  if (const int digit = hex_digit(c); digit >= 0) {
    if (++digits_ > max_size_digits) return malformed("a chunk size has more than 16 digits");
    left_ = left_ * 16 + static_cast<unsigned>(digit);
    return {};
  }
  if (digits_ == 0) return malformed("a chunk size does not begin with a hexadecimal digit");
  if (c == '\r') {
    state_ = state::size_end;
  } else if (c == ';') {
    state_ = state::extension_name;
    token_begun_ = false;
  } else {
    return malformed("a chunk size holds something that is not a hexadecimal digit");
  }
  return {};
}

// RFC 9112 section 7.1.1: *( ";" name [ "=" ( token / quoted-string ) ] ), without its bad white space.
result<void> chunk_decoder::take_extension(char c) {
  switch (state_) {
    case state::extension_name:
    case state::extension_value:
      if (is_token_character(c)) {
        token_begun_ = true;
        return {};
      }
      if (state_ == state::extension_value && !token_begun_ && c == '"') {
        state_ = state::extension_quoted;
        return {};
      }
      if (!token_begun_) return malformed("a chunk extension has an empty name or value");
      if (state_ == state::extension_name && c == '=') {
        state_ = state::extension_value;
        token_begun_ = false;
        return {};
      }
      break;
    case state::extension_quoted:
      if (!is_value_character(c)) return malformed("a control character in a chunk extension");
      if (c == '"') state_ = state::extension_end;
      if (c == '\\') state_ = state::extension_escape;
      return {};
    case state::extension_escape:
      if (!is_value_character(c)) return malformed("a control character in a chunk extension");
      state_ = state::extension_quoted;
      return {};
    default: break;
  }
  if (c != ';' && c != '\r') return malformed("a chunk extension is not name=value");
  state_ = c == ';' ? state::extension_name : state::size_end;
  token_begun_ = false;
  return {};
}

result<void> chunk_decoder::end_size_line() {
  if (left_ > limits_.total - payload_)
    return problem(problems::body_too_large, "the body is longer than " + std::to_string(limits_.total) + " octets", "chunked body");
  payload_ += left_;
  state_ = left_ == 0 ? state::trailer : state::data;
  return {};
}

result<void> chunk_decoder::take_trailer(char c) {
  const bool after_cr = !trailers_.empty() && trailers_.back() == '\r';
  if ((c == '\n') != after_cr) return malformed("a trailer line does not end with CR LF");
  trailers_ += c;
  if (trailers_.size() > limits_.trailers)
    return problem(problems::chunk_overhead, "trailers are longer than " + std::to_string(limits_.trailers) + " octets", "chunked body");
  if (c != '\n') return {};
  const bool empty_line = trailers_.size() - trailer_line_ == 2;
  trailer_line_ = trailers_.size();
  if (!empty_line) return {};
  state_ = state::done;
  return check_trailers();
}

// RFC 9110 section 6.5.1: fields that frame or route a message must not come after it.
result<void> chunk_decoder::check_trailers() const {
  const auto read = read_field_lines(std::string_view(trailers_).substr(0, trailers_.size() - 2), head_limits().fields);
  if (!read) return malformed("trailer: " + read.error().detail);
  for (const auto* name : {"Content-Length", "Transfer-Encoding", "Host", "Content-Encoding"})
    if (read->count(name) > 0) return malformed(std::string("the trailer holds ") + name);
  return {};
}

}  // namespace shep::http
