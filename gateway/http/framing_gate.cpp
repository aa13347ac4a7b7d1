#include "http/framing_gate.hpp"

#include "http/authority.hpp"
#include "http/characters.hpp"
#include "http/head_lines.hpp"
#include "http/problems.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace shep::http {
namespace {

using verdict = std::optional<problem>;

constexpr std::array<std::string_view, 7> spoken_methods{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};

// RFC 9112 section 2.3: HTTP-version = "HTTP/" DIGIT "." DIGIT, in capitals.
verdict read_version(std::string_view text, checked_head& out) {
  const bool well_formed = text.size() == 8 && text.substr(0, 5) == "HTTP/" && is_digit(text[5]) && text[6] == '.' && is_digit(text[7]);
  if (!well_formed) return problem(problems::bad_request_line, "the request line does not end with HTTP/1.1", "request line");
  if (text[5] != '1' || text[7] > '1')
    return problem(problems::bad_version, "version " + std::string(text), "request line", "send HTTP/1.1");
  out.minor_version = text[7] == '1' ? 1 : 0;
  return {};
}

verdict read_method(std::string_view text, checked_head& out) {
  if (!is_token(text)) return problem(problems::bad_request_line, "the request line does not begin with a method", "request line");
  if (std::find(spoken_methods.begin(), spoken_methods.end(), text) == spoken_methods.end())
    return problem(problems::bad_method, "method " + std::string(text.substr(0, 32)), "request line",
                   "send GET, HEAD, POST, PUT, DELETE, PATCH or OPTIONS");
  out.method = text;
  return {};
}

// RFC 9112 section 3.1: exactly one space on either side of the target.
verdict read_request_line(std::string_view line, checked_head& out) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || first == 0)
    return problem(problems::bad_request_line, "the request line is not made of method, target and version with one space between",
                   "request line");
  if (auto bad = read_version(line.substr(last + 1), out)) return bad;
  if (auto bad = read_method(line.substr(0, first), out)) return bad;
  out.target = line.substr(first + 1, last - first - 1);
  if (out.target.empty() || out.target.find(' ') != std::string_view::npos)
    return problem(problems::bad_request_line, "there is more than one space in a row, or a space inside the target", "request line");
  return {};
}

// RFC 9110 section 7.2.
verdict read_host(checked_head& out) {
  const auto hosts = out.headers.count("Host");
  if (hosts > 1) return problem(problems::bad_host, "there are " + std::to_string(hosts) + " Host fields", "Host");
  if (hosts == 0) {
    if (out.minor_version == 0) return {};
    return problem(problems::bad_host, "there is no Host field", "Host", "HTTP/1.1 asks for exactly one");
  }
  if (!parse_authority(out.headers.value("Host")))
    return problem(problems::bad_host, "the Host field is not a name with an optional port", "Host");
  return {};
}

// RFC 9112 section 3.2: origin-form; absolute-form when it names the same host; "*" for OPTIONS.
verdict read_target(checked_head& out) {
  for (const char c : out.target) {
    const auto u = static_cast<unsigned char>(c);
    if (u <= 0x20 || u >= 0x7F)
      return problem(problems::bad_target, "the target holds a control character or one outside ASCII", "request line",
                     "percent-encode it");
    if (c == '#') return problem(problems::bad_target, "the target holds a fragment", "request line", "leave out '#' and what follows");
  }
  auto origin = out.target;
  if (origin == "*" && out.method == "OPTIONS") {
    out.path = "*";
    return {};
  }
  if (origin.front() != '/') {
    const auto colon = origin.find("://");
    const auto scheme = origin.substr(0, colon);
    if (colon == std::string_view::npos || !(equal_ignoring_case(scheme, "http") || equal_ignoring_case(scheme, "https")))
      return problem(problems::bad_target, "the target is neither a path nor an http:// address", "request line");
    origin.remove_prefix(colon + 3);
    const auto end = std::min(origin.find_first_of("/?"), origin.size());
    if (!equal_ignoring_case(origin.substr(0, end), out.headers.value("Host")))
      return problem(problems::bad_host, "the host of the absolute target differs from the Host field", "request line");
    origin.remove_prefix(end);
  }
  const auto question = origin.find('?');
  auto path = percent_decoded(origin.substr(0, question));
  if (!path) return problem(problems::bad_target, "the path holds a broken percent escape, or an escaped NUL", "request line");
  out.path = path->empty() ? "/" : std::move(*path);
  if (question != std::string_view::npos) out.query = origin.substr(question + 1);
  if (!percent_decoded(out.query))
    return problem(problems::bad_target, "the query holds a broken percent escape, or an escaped NUL", "request line");
  return {};
}

// RFC 9112 section 6.1, narrowed: the single token chunked, on HTTP/1.1, in one field.
verdict read_transfer_encoding(checked_head& out) {
  const auto count = out.headers.count("Transfer-Encoding");
  if (count == 0) return {};
  if (count > 1)
    return problem(problems::bad_transfer, "there are " + std::to_string(count) + " Transfer-Encoding fields", "Transfer-Encoding");
  if (out.headers.count("Content-Length") > 0)
    return problem(problems::bad_transfer, "there are both Transfer-Encoding and Content-Length", "Transfer-Encoding", "send one of them");
  if (out.minor_version == 0) return problem(problems::bad_transfer, "HTTP/1.0 has no Transfer-Encoding", "Transfer-Encoding");
  const auto value = out.headers.value("Transfer-Encoding");
  if (value.empty()) return problem(problems::bad_transfer, "the Transfer-Encoding field is empty", "Transfer-Encoding");
  if (!equal_ignoring_case(value, "chunked"))
    return problem(problems::unknown_transfer, "transfer coding '" + std::string(value.substr(0, 64)) + "'", "Transfer-Encoding",
                   "send 'chunked' or Content-Length");
  out.chunked = true;
  return {};
}

// RFC 9112 section 6.2, narrowed: one field, digits only, no leading zero, fits 63 bits.
verdict read_content_length(checked_head& out) {
  const auto count = out.headers.count("Content-Length");
  if (count == 0) return {};
  if (count > 1) return problem(problems::bad_length, "there are " + std::to_string(count) + " Content-Length fields", "Content-Length");
  const auto value = out.headers.value("Content-Length");
  const bool clean = !value.empty() && value.size() <= 19 && std::all_of(value.begin(), value.end(), is_digit) &&
                     (value.size() == 1 || value.front() != '0');
  const auto read = clean ? std::from_chars(value.data(), value.data() + value.size(), out.content_length) : std::from_chars_result();
  if (!clean || read.ec != std::errc() || out.content_length > INT64_MAX)
    return problem(problems::bad_length, "'" + std::string(value.substr(0, 64)) + "' is not a length in decimal digits", "Content-Length");
  return {};
}

verdict read_expect(checked_head& out) {
  const auto expectation = out.headers.find("Expect");
  if (!expectation || out.minor_version == 0) return {};
  if (out.headers.count("Expect") > 1 || !equal_ignoring_case(*expectation, "100-continue"))
    return problem(problems::bad_expectation, "expectation '" + std::string(expectation->substr(0, 64)) + "'", "Expect");
  out.expects_continue = true;
  return {};
}

// The body is read as it came (X17: no decompression, hence no bomb).
verdict check_content_encoding(const checked_head& head) {
  for (const auto& f : head.headers.all())
    if (equal_ignoring_case(f.name, "Content-Encoding") && !equal_ignoring_case(f.value, "identity"))
      return problem(problems::content_coded, "content coding '" + std::string(f.value.substr(0, 64)) + "'", "Content-Encoding",
                     "send the body uncompressed");
  return {};
}

verdict read_connection(checked_head& out) {
  const bool close = out.headers.lists("Connection", "close");
  out.keep_alive = !close && (out.minor_version == 1 || out.headers.lists("Connection", "keep-alive"));
  return {};
}

}  // namespace

result<checked_head> check_head(std::string_view head, const head_limits& limits) {
  if (head.size() > limits.total)
    return problem(problems::head_too_large, "the header is longer than " + std::to_string(limits.total) + " octets");
  const auto line_end = head.find("\r\n");
  if (line_end == std::string_view::npos) return problem(problems::bad_line, "the request line does not end with CR LF");
  if (const auto bad = head.find_first_of(std::string_view("\0\r\n", 3)); bad < line_end)
    return problem(problems::bad_line, "a stray CR, LF or NUL in the request line", "byte " + std::to_string(bad));
  checked_head out;
  if (auto bad = read_request_line(head.substr(0, line_end), out)) return std::move(*bad);
  auto headers = read_field_lines(head.substr(line_end + 2), limits.fields);
  if (!headers) return headers.error();
  out.headers = std::move(*headers);
  for (const auto step : {read_host, read_target, read_transfer_encoding, read_content_length, read_expect, read_connection})
    if (auto bad = step(out)) return std::move(*bad);
  if (auto bad = check_content_encoding(out)) return std::move(*bad);
  return out;
}

request to_request(checked_head head, shared_bytes octets) {
  request out;
  out.method = head.method;
  out.target = head.target;
  out.path = std::move(head.path);
  out.query = head.query;
  out.minor_version = head.minor_version;
  out.headers = std::move(head.headers);
  out.head = std::move(octets);
  return out;
}

}  // namespace shep::http
