#include "core/log.hpp"

#include "core/clock.hpp"
#include "core/date_time.hpp"

#include <unistd.h>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace shep::log {
namespace {

constexpr std::size_t longest_value = 4096;

bool json_lines = false;

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("shepsim", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum to_spdlog(level l) {
  switch (l) {
    case level::debug: return spdlog::level::debug;
    case level::info: return spdlog::level::info;
    case level::warning: return spdlog::level::warn;
    case level::error: break;
  }
  return spdlog::level::err;
}

std::string_view name(level l) {
  switch (l) {
    case level::debug: return "debug";
    case level::info: return "info";
    case level::warning: return "warning";
    case level::error: break;
  }
  return "error";
}

/// Length of the valid UTF-8 sequence at `text`, or 0. Control characters are not valid here.
std::size_t printable_sequence(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  const std::size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? (lead < 0xF0 ? 3 : 0) : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  return length;
}

/// One line of valid UTF-8 without control characters, cut at the limit with a mark (security catalogue A21).
void append_safe(std::string& line, std::string_view value, bool as_json) {
  std::string_view rest = value.substr(0, longest_value);
  while (!rest.empty()) {
    const std::size_t length = printable_sequence(rest);
    if (length == 0) {
      char text[8];
      std::snprintf(text, sizeof text, as_json ? "\\u%04x" : "\\x%02x", static_cast<unsigned char>(rest.front()));
      line += text;
      rest.remove_prefix(1);
      continue;
    }
    if (as_json && (rest.front() == '"' || rest.front() == '\\')) line += '\\';
    line.append(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  if (value.size() > longest_value) line += "...[cut]";
}

std::string now_text() { return format_utc(system_clock().now()); }

}  // namespace

void configure(std::string_view format, level least) {
  json_lines = format == "json" || (format != "text" && isatty(STDERR_FILENO) == 0);
  logger().set_level(to_spdlog(least));
}

void write(level l, std::string_view message, std::initializer_list<field> fields) {
  if (!logger().should_log(to_spdlog(l))) return;
  std::string line;
  if (json_lines) {
    line = "{\"ts\":\"" + now_text() + "\",\"level\":\"" + std::string(name(l)) + "\",\"msg\":\"";
    append_safe(line, message, true);
    line += '"';
    for (const field& f : fields) {
      line += ",\"" + std::string(f.key) + "\":\"";
      append_safe(line, f.value, true);
      line += '"';
    }
    line += '}';
  } else {
    line = now_text() + " " + std::string(name(l)) + " ";
    append_safe(line, message, false);
    for (const field& f : fields) {
      line += " " + std::string(f.key) + "=";
      append_safe(line, f.value, false);
    }
  }
  logger().log(to_spdlog(l), line);
}

std::string masked(std::string_view text) {
  std::string out(text);
  std::size_t run = 0;
  for (std::size_t i = 0; i <= out.size(); ++i) {
    if (i < out.size() && out[i] >= '0' && out[i] <= '9') {
      ++run;
      continue;
    }
    if (run >= 12)
      for (std::size_t k = i - run; k < i - 4; ++k) out[k] = '*';
    run = 0;
  }
  return out;
}

}  // namespace shep::log
