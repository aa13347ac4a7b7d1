#include "cli/placeholders.hpp"

#include "core/clock.hpp"
#include "core/date_time.hpp"
#include "core/ids.hpp"
#include "xml/escape.hpp"

#include <map>

namespace shep::cli {

result<std::string> with_placeholders(std::string_view text, const std::vector<std::string>& settings) {
  ids fresh;
  std::map<std::string, std::string, std::less<>> values{{"messageId", fresh.uuid()}, {"messageDate", format_utc(system_clock().now())}};
  for (const std::string& s : settings) {
    const std::size_t equals = s.find('=');
    if (equals == std::string::npos) return problem(problems::usage, "'" + s + "' is not name=value", "--set");
    values[s.substr(0, equals)] = s.substr(equals + 1);
  }
  std::string out;
  for (;;) {
    const std::size_t begin = text.find("{{");
    const std::size_t end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) return out.append(text);
    const auto value = values.find(text.substr(begin + 2, end - begin - 2));
    if (value == values.end())
      return problem(problems::usage, "the placeholder " + std::string(text.substr(begin, end + 2 - begin).substr(0, 80)) + " has no value",
                     {}, "give it with --set name=value");
    out.append(text.substr(0, begin));
    xml::append_text(out, value->second);
    text.remove_prefix(end + 2);
  }
}

}  // namespace shep::cli
