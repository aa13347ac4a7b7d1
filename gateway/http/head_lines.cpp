#include "http/head_lines.hpp"

#include "http/characters.hpp"
#include "http/problems.hpp"

#include <cstring>

namespace shep::http {
namespace {

constexpr unsigned char tls_handshake_record = 0x16;

std::string at(std::size_t offset) { return "byte " + std::to_string(offset); }

}  // namespace

result<std::optional<std::size_t>> head_scanner::look(std::string_view octets) {
  for (; seen_ < octets.size(); ++seen_) {
    const auto c = static_cast<unsigned char>(octets[seen_]);
    if (seen_ - start_ >= limits_.total)
      return problem(problems::head_too_large, "the header is longer than " + std::to_string(limits_.total) + " octets", at(seen_));
    if (first_line_ && seen_ - start_ >= limits_.request_line)
      return problem(problems::target_too_long, "the request line is longer than " + std::to_string(limits_.request_line) + " octets",
                     at(seen_));
    if (c > '\r') {
      if (seen_ == 0 && c == tls_handshake_record)
        return problem(problems::tls_on_plain, "the first octet opens a TLS handshake", at(0), "use http:// here, or the HTTPS port");
      continue;
    }
    if (c == 0) return problem(problems::bad_line, "NUL in the header", at(seen_));
    const bool after_cr = seen_ > start_ && octets[seen_ - 1] == '\r';
    if (c == '\n') {
      if (!after_cr) return problem(problems::bad_line, "a line ends with LF alone; CR LF is needed", at(seen_));
      const bool empty_line = seen_ - line_ == 1;
      line_ = seen_ + 1;
      if (!empty_line) {
        first_line_ = false;
        continue;
      }
      if (start_ == 2 && seen_ == 3) return problem(problems::bad_line, "there are empty lines before the first line", at(seen_));
      if (seen_ == 1) {  // one empty line before the request line
        start_ = 2;
        continue;
      }
      ++seen_;
      return std::optional<std::size_t>(seen_);
    }
    if (after_cr) return problem(problems::bad_line, "CR without LF", at(seen_ - 1));
  }
  return std::optional<std::size_t>();
}

result<fields> read_field_lines(std::string_view lines, std::size_t max_fields) {
  fields out;
  out.reserve(12);
  std::size_t offset = 0;
  while (offset < lines.size()) {
    const auto end = lines.find("\r\n", offset);
    if (end == std::string_view::npos) return problem(problems::bad_field, "the last header line does not end with CR LF", at(offset));
    const auto line = lines.substr(offset, end - offset);
    if (out.all().size() == max_fields)
      return problem(problems::head_too_large, "more than " + std::to_string(max_fields) + " header fields", at(offset));
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
      return problem(problems::bad_field, "a header line begins with white space; folded lines are not accepted", at(offset));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return problem(problems::bad_field, "a header line has no colon", at(offset));
    const auto name = line.substr(0, colon);
    if (!is_token(name))
      return problem(problems::bad_field,
                     name.empty() ? "a header field has no name" : "a header field name holds a space or another sign not allowed in names",
                     at(offset));
    const auto value = trimmed(line.substr(colon + 1));
    for (const char c : value)
      if (!is_value_character(c))
        return problem(problems::bad_field, "the value of header field " + std::string(name) + " holds a control character", at(offset));
    out.add(field{name, value});
    offset = end + 2;
  }
  return out;
}

}  // namespace shep::http
