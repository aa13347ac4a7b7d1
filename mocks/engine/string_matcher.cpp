#include "mocks/engine/string_matcher.hpp"

#include "mocks/engine/letter_case.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <array>

#include <re2/re2.h>

namespace shep::mocks {
namespace {

constexpr std::size_t longest_operand = 4096;

constexpr std::array text_operators = {text_operator::equal_to, text_operator::contains,       text_operator::does_not_contain,
                                       text_operator::matches,  text_operator::does_not_match, text_operator::absent};

}  // namespace

std::string_view name_of(text_operator kind) {
  switch (kind) {
    case text_operator::equal_to: return "equalTo";
    case text_operator::contains: return "contains";
    case text_operator::does_not_contain: return "doesNotContain";
    case text_operator::matches: return "matches";
    case text_operator::does_not_match: return "doesNotMatch";
    case text_operator::absent: return "absent";
  }
  return "";
}

std::span<const text_operator> all_text_operators() { return text_operators; }

result<string_matcher> string_matcher::create(text_operator kind, std::string operand, bool case_insensitive) {
  string_matcher matcher(kind, std::move(operand), case_insensitive);
  if (case_insensitive) matcher.folded_ = lower_case(matcher.operand_);
  if (kind != text_operator::matches && kind != text_operator::does_not_match) return matcher;

  if (matcher.operand_.size() > longest_operand)
    return problem(problems::mapping_value, "the pattern has more than " + std::to_string(longest_operand) + " octets");
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto pattern = std::make_shared<const re2::RE2>(matcher.operand_, options);
  if (!pattern->ok())
    return problem(problems::mapping_value, "'" + shortened(matcher.operand_) + "' is not a regular expression: " + pattern->error(), {},
                   "patterns are written as RE2 reads them: no look-around and no back references");
  matcher.pattern_ = std::move(pattern);
  return matcher;
}

bool string_matcher::negative() const {
  return kind_ == text_operator::does_not_contain || kind_ == text_operator::does_not_match || kind_ == text_operator::absent;
}

const std::string* string_matcher::demanded() const { return kind_ == text_operator::equal_to && !case_insensitive_ ? &operand_ : nullptr; }

bool string_matcher::holds(std::optional<std::string_view> text) const {
  if (!text) return negative();
  switch (kind_) {
    case text_operator::equal_to: return case_insensitive_ ? lower_case(*text) == folded_ : *text == operand_;
    case text_operator::contains: return text->find(operand_) != std::string_view::npos;
    case text_operator::does_not_contain: return text->find(operand_) == std::string_view::npos;
    case text_operator::matches: return re2::RE2::FullMatch({text->data(), text->size()}, *pattern_);
    case text_operator::does_not_match: return !re2::RE2::FullMatch({text->data(), text->size()}, *pattern_);
    case text_operator::absent: return false;
  }
  return false;
}

bool string_matcher::holds_for(std::span<const std::string> texts) const {
  const auto one = [this](const std::string& text) { return holds(text); };
  return negative() ? std::all_of(texts.begin(), texts.end(), one) : std::any_of(texts.begin(), texts.end(), one);
}

match_result string_matcher::compare(std::optional<std::string_view> text) const {
  if (holds(text)) return {true, 0};
  if (kind_ == text_operator::equal_to && text) return {false, text_distance(operand_, *text)};
  return {false, 1};
}

std::string string_matcher::describe() const {
  if (kind_ == text_operator::absent) return "absent";
  return std::string(name_of(kind_)) + " '" + shortened(operand_) + "'" + (case_insensitive_ ? " in any case" : "");
}

}  // namespace shep::mocks
