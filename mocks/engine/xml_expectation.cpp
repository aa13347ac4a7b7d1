#include "mocks/engine/xml_expectation.hpp"

#include "core/date_time.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <charconv>
#include <cmath>

#include <re2/re2.h>

namespace shep::mocks {
namespace {

constexpr std::string_view opening = "${xmlunit.", regex = "matchesRegex(";
constexpr std::size_t longest_pattern = 4096;

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

problem refused(std::string what) {
  return {problems::mapping_value,
          std::move(what),
          {},
          "known are ${xmlunit.ignore}, ${xmlunit.isNumber}, ${xmlunit.isDateTime} and ${xmlunit.matchesRegex(pattern)}, each as the whole "
          "text"};
}

}  // namespace

result<xml_expectation> xml_expectation::read(std::string_view text, bool placeholders) {
  if (!placeholders || text.find(opening) == std::string_view::npos) return xml_expectation(kind::text, text);
  if (!text.starts_with(opening) || !text.ends_with('}'))
    return refused("a placeholder stands among other text: '" + shortened(text) + "'");
  const std::string_view name = text.substr(opening.size(), text.size() - opening.size() - 1);
  if (name == "ignore") return xml_expectation(kind::ignore, {});
  if (name == "isNumber") return xml_expectation(kind::number, {});
  if (name == "isDateTime") return xml_expectation(kind::date_time, {});
  if (!name.starts_with(regex) || !name.ends_with(')')) return refused("there is no placeholder '" + shortened(text) + "'");
  xml_expectation made(kind::pattern, name.substr(regex.size(), name.size() - regex.size() - 1));
  if (made.text_.size() > longest_pattern) return refused("the pattern has more than 4096 octets");
  re2::RE2::Options options;
  options.set_log_errors(false);
  made.pattern_ = std::make_shared<const re2::RE2>(made.text_, options);
  if (!made.pattern_->ok()) return refused("'" + shortened(made.text_) + "' is not a regular expression: " + made.pattern_->error());
  return made;
}

bool xml_expectation::holds(std::string_view text) const {
  switch (kind_) {
    case kind::text: return text == text_;
    case kind::ignore: return true;
    case kind::number: return is_number(text);
    case kind::date_time: return bool(text.find('T') == std::string_view::npos ? parse_date(text) : parse_date_time(text));
    case kind::pattern: return re2::RE2::FullMatch({text.data(), text.size()}, *pattern_);
  }
  return false;
}

std::string xml_expectation::describe() const {
  switch (kind_) {
    case kind::ignore: return "anything";
    case kind::number: return "a number";
    case kind::date_time: return "a date or time";
    case kind::pattern: return "what matches '" + shortened(text_) + "'";
    default: return "'" + shortened(text_) + "'";
  }
}

}  // namespace shep::mocks
