#include "faults/injection.hpp"

#include "core/bytes.hpp"
#include "faults/problems.hpp"

#include <algorithm>
#include <charconv>

namespace shep::faults {
namespace {

constexpr std::string_view header = "X-Shepsim-Fault";
constexpr std::string_view parameters =
    "code, message and data go with FAULT_ERRORINFO, milliseconds (0 to 60000) with SLOW_DRIP and STALL";

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// How many letters at the front agree: enough to find what somebody began to write.
std::size_t agreement(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

problem no_such(std::string_view parameter) {
  return {problems::fault_parameter, "'" + clipped(parameter, 40) + "' is no parameter of this fault", std::string(header),
          std::string(parameters)};
}

}  // namespace

std::string_view name_of(origin o) {
  constexpr std::string_view names[] = {"mapping", "admin", "header"};
  return names[static_cast<std::size_t>(o)];
}

result<kind> find_kind(std::string_view name, std::string_view where) {
  if (const auto found = kind_named(name)) return *found;
  const auto all = catalogue();
  const auto nearest = std::max_element(all.begin(), all.end(),
                                        [&](const row& a, const row& b) { return agreement(a.name, name) < agreement(b.name, name); });
  return problem(problems::fault_unknown, "there is no fault '" + clipped(name, 60) + "'", std::string(where),
                 "did you mean " + std::string(nearest->name) + "? GET /__admin/faults names them all");
}

result<void> check(const injection& i, bool has_texts, bool has_time, std::string_view where) {
  const bool takes_time = i.what == kind::slow_drip || i.what == kind::stall;
  const bool fits = (!has_texts || i.what == kind::fault_errorinfo) && (!has_time || takes_time);
  if (fits && i.time.count() >= 0 && i.time <= longest_time) return {};
  return problem(problems::fault_parameter, "the parameters do not go with " + std::string(name_of(i.what)), std::string(where),
                 std::string(parameters));
}

result<injection> parse(std::string_view text) {
  injection out;
  std::size_t end = std::min(text.find(';'), text.size());
  const auto found = find_kind(trimmed(text.substr(0, end)), header);
  if (!found) return found.error();
  out.what = *found;
  bool has_texts = false;
  bool has_time = false;
  while (end < text.size()) {
    text.remove_prefix(end + 1);
    end = std::min(text.find(';'), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = trimmed(part.substr(0, equals));
    const std::string_view value = trimmed(part.substr(std::min(equals + 1, part.size())));
    if (name == "milliseconds") {
      std::int64_t number = -1;
      const auto [last, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (failed != std::errc() || last != value.data() + value.size()) number = -1;
      out.time = std::chrono::milliseconds(number);
      has_time = true;
      continue;
    }
    std::string* into = name == "code" ? &out.code : name == "message" ? &out.message : name == "data" ? &out.data : nullptr;
    if (into == nullptr) return no_such(name);
    *into = value;
    has_texts = true;
  }
  if (const auto ok = check(out, has_texts, has_time, header); !ok) return ok.error();
  return out;
}

}  // namespace shep::faults
