#include "core/date_time.hpp"
#include "mocks/engine/date_pattern.hpp"
#include "mocks/engine/template_helpers.hpp"
#include "xml/text.hpp"

namespace shep::mocks {
namespace {

namespace json = boost::json;

constexpr std::string_view arguments[] = {"offset", "format", "timezone"};
constexpr std::size_t offset_argument = 0, format_argument = 1, zone_argument = 2;
constexpr std::string_view default_format = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
constexpr std::string_view default_date_format = "yyyy-MM-dd";

/// What is wrong with an argument that stands in the template as a text.
std::string check(std::string_view name, std::string_view text) {
  const time_point any{};
  problem wrong;
  if (name == "format") {
    if (const auto shown = format_time(text, any, std::chrono::minutes(0)); !shown) wrong = shown.error();
  } else if (name == "offset") {
    if (const auto moved = shifted(any, text, std::chrono::minutes(0)); !moved) wrong = moved.error();
  } else if (name == "timezone") {
    if (const auto zone = named_zone(text); !zone) wrong = zone.error();
  }
  return wrong.hint.empty() ? wrong.detail : wrong.detail + ": " + wrong.hint;
}

result<json::value> shown(const helper_call& c, time_point instant, std::chrono::minutes zone, std::string_view usual_format) {
  const auto moved = shifted(instant, c.text(offset_argument), zone);
  if (!moved) return moved.error();
  // Spaces at the ends of a format are meant; only the other arguments are trimmed.
  const auto format = c.named[format_argument] ? printed(*c.named[format_argument]) : result<std::string>(std::string(usual_format));
  if (!format) return format.error();
  auto text = format_time(*format, *moved, zone);
  if (!text) return text.error();
  return json::value(*text);
}

result<json::value> now(const helper_call& c) {
  auto zone = c.context.around.zone;
  if (const auto name = c.text(zone_argument); !name.empty()) {
    const auto named = named_zone(name);
    if (!named) return named.error();
    zone = *named;
  }
  return shown(c, c.context.view.now, zone, default_format);
}

/// A text without a zone is civil time and stays so; with one, it is shown in the zone asked for, else in its own.
result<json::value> format_date_text(const helper_call& c) {
  const auto whole = printed(*c.positional[0]);
  if (!whole) return whole.error();
  const auto text = xml::trimmed(*whole);
  if (text.empty()) return json::value("");
  const bool date_only = text.find('T') == std::string_view::npos;
  const auto read = date_only ? parse_date(text) : parse_date_time(text);
  if (!read) return unusable(read.error().detail, "formatDate takes an xs:date or xs:dateTime");
  auto zone = read->offset.value_or(std::chrono::minutes(0));
  auto instant = read->utc;
  if (const auto name = c.text(zone_argument); !name.empty()) {
    const auto named = named_zone(name);
    if (!named) return named.error();
    if (!read->offset) instant -= *named;
    zone = *named;
  }
  return shown(c, instant, zone, date_only ? default_date_format : default_format);
}

constexpr helper time_helper(std::string_view name, std::size_t positional, result<json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.least = h.most = positional;
  h.named = arguments;
  h.check = check;
  h.run = run;
  return h;
}

constexpr helper time_table[] = {time_helper("now", 0, now), time_helper("formatDate", 1, format_date_text)};

}  // namespace

std::span<const helper> time_helpers() { return time_table; }

}  // namespace shep::mocks
