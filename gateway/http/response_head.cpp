#include "http/response_head.hpp"

#include "core/log.hpp"
#include "http/characters.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace shep::http {
namespace {

struct remembered_date {
  std::time_t second = -1;
  std::string text;
};

// strftime would follow the locale.
std::string format_http_date(std::time_t second) {
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  gmtime_r(&second, &parts);
  const auto two = [](int n) { return std::string{static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)}; };
  return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + two(parts.tm_mday) + " " +
         months[static_cast<std::size_t>(parts.tm_mon)] + " " + std::to_string(parts.tm_year + 1900) + " " + two(parts.tm_hour) + ":" +
         two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT";
}

// The server's own fields; a handler's opinion on them would break the framing.
bool is_framing_field(std::string_view name) {
  static constexpr std::array<std::string_view, 4> own{"Content-Length", "Transfer-Encoding", "Connection", "Date"};
  return std::any_of(own.begin(), own.end(), [name](std::string_view o) { return equal_ignoring_case(o, name); });
}

void add(std::string& head, std::string_view name, std::string_view value) { head.append(name).append(": ").append(value).append("\r\n"); }

void add_if_clean(std::string& head, std::string_view name, std::string_view value) {
  if (is_clean_header(name, value)) add(head, name, value);
  else log::write(log::level::error, "an answer's header was left out because it could split the head", {{"header", name}});
}

}  // namespace

std::string_view http_date(time_point t) {
  thread_local remembered_date remembered;
  const auto second = static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count());
  if (second != remembered.second) {
    remembered.text = format_http_date(second);
    remembered.second = second;
  }
  return remembered.text;
}

bool is_clean_header(std::string_view name, std::string_view value) {
  return is_token(name) && std::all_of(value.begin(), value.end(), is_value_character);
}

bool may_have_body(const response& r, bool answers_head) { return !answers_head && r.status >= 200 && r.status != 204 && r.status != 304; }

std::string render_head(const response& r, const head_facts& facts) {
  std::string head;
  head.reserve(256);
  head.append("HTTP/1.1 ").append(std::to_string(r.status)).append(" ").append(reason_phrase(r.status)).append("\r\n");
  add(head, "Date", http_date(facts.now));
  if (!r.content_type.empty()) add_if_clean(head, "Content-Type", r.content_type);
  for (const auto& h : r.headers)
    if (!is_framing_field(h.name)) add_if_clean(head, h.name, h.value);
  if (may_have_body(r, false)) {
    if (facts.chunked) add(head, "Transfer-Encoding", "chunked");
    else if (!r.source) add(head, "Content-Length", std::to_string(std::max<std::uint64_t>(r.announced, r.body ? r.body->size() : 0)));
  }
  if (!facts.keep_alive) add(head, "Connection", "close");
  else if (facts.minor_version == 0) add(head, "Connection", "keep-alive");
  head.append("\r\n");
  return head;
}

}  // namespace shep::http
