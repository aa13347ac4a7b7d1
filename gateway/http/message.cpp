#include "http/message.hpp"

#include "http/characters.hpp"
#include "http/framing_gate.hpp"

#include <algorithm>
#include <stdexcept>

namespace shep::http {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t fields::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [name](const field& f) { return equal_ignoring_case(f.name, name); }));
}

std::optional<std::string_view> fields::find(std::string_view name) const {
  for (const auto& f : all_)
    if (equal_ignoring_case(f.name, name)) return f.value;
  return std::nullopt;
}

bool fields::lists(std::string_view name, std::string_view token) const {
  for (const auto& f : all_) {
    if (!equal_ignoring_case(f.name, name)) continue;
    auto rest = f.value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      if (equal_ignoring_case(trimmed(rest.substr(0, comma)), token)) return true;
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  return false;
}

namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

media_type parse_media_type(std::string_view content_type) {
  const auto semicolon = content_type.find(';');
  const auto type = trimmed(content_type.substr(0, semicolon));
  const auto slash = type.find('/');
  if (slash == std::string_view::npos || !is_token(type.substr(0, slash)) || !is_token(type.substr(slash + 1))) return {};
  media_type out{lowered(type), {}};
  auto rest = semicolon == std::string_view::npos ? std::string_view() : content_type.substr(semicolon + 1);
  while (!rest.empty() && out.charset.empty()) {
    const auto end = rest.find(';');
    const auto parameter = trimmed(rest.substr(0, end));
    const auto equals = parameter.find('=');
    if (equals != std::string_view::npos && equal_ignoring_case(trimmed(parameter.substr(0, equals)), "charset"))
      out.charset = lowered(unquoted(trimmed(parameter.substr(equals + 1))));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

std::string request::authority() const {
  if (const auto host = headers.find("Host")) return std::string(*host);
  const auto name = local.address.find(':') == std::string::npos ? local.address : "[" + local.address + "]";
  return name + ":" + std::to_string(local.port);
}

std::optional<std::string> request::query_parameter(std::string_view name) const {
  auto rest = query;
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    const auto equals = pair.find('=');
    if (percent_decoded(pair.substr(0, equals)) == name)
      return percent_decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

request make_request(std::string_view method, std::string_view target, std::span<const named_value> headers, std::string body) {
  std::string head = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  bool has_host = false;
  for (const auto& h : headers) {
    has_host = has_host || equal_ignoring_case(h.name, "Host");
    head += h.name + ": " + h.value + "\r\n";
  }
  if (!has_host) head += "Host: localhost\r\n";
  auto shared = share(std::move(head));
  auto checked = check_head(*shared);
  if (!checked) throw std::invalid_argument(describe(checked.error()));
  auto out = to_request(std::move(*checked), std::move(shared));
  out.body = share(std::move(body));
  out.remote = endpoint{"127.0.0.1", 0};
  out.local = endpoint{"127.0.0.1", 80};
  out.started_at = std::chrono::steady_clock::now();
  return out;
}

request make_request(std::string_view method, std::string_view target, std::initializer_list<named_value> headers, std::string body) {
  return make_request(method, target, std::span(headers.begin(), headers.size()), std::move(body));
}

response text_response(unsigned status, std::string text) {
  response out;
  out.status = status;
  out.content_type = "text/plain; charset=utf-8";
  out.body = share(std::move(text));
  return out;
}

std::string_view reason_phrase(unsigned status) {
  struct row {
    unsigned status;
    std::string_view phrase;
  };
  static constexpr row rows[] = {
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {426, "Upgrade Required"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
  };
  for (const auto& r : rows)
    if (r.status == status) return r.phrase;
  return "Status";
}

}  // namespace shep::http
