#pragma once

#include "core/result.hpp"
#include "mocks/engine/value_matcher.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace shep::mocks {

enum class text_operator { equal_to, contains, does_not_contain, matches, does_not_match, absent };

/// The key of the operator in a mapping: "equalTo".
std::string_view name_of(text_operator);
std::span<const text_operator> all_text_operators();

/// One of WireMock's text operators with its operand. Immutable, safe from any thread; linear time whatever the text and the pattern
/// (security catalogue A09).
class string_matcher final : public value_matcher {
 public:
  /// `matches` and `doesNotMatch` take an RE2 pattern for the whole text. `case_insensitive` is for `equalTo`.
  /// Error: problems::mapping_value with what is wrong with the pattern.
  static result<string_matcher> create(text_operator, std::string operand, bool case_insensitive = false);

  /// A text, or nothing at all. What is not there satisfies `absent`, `doesNotContain` and `doesNotMatch` only.
  bool holds(std::optional<std::string_view> text) const;

  /// Several texts, as an XPath finds them: `equalTo`, `contains` and `matches` ask for one that holds, the others for all.
  bool holds_for(std::span<const std::string> texts) const;

  match_result compare(std::optional<std::string_view> text) const;  ///< failing path only

  bool holds(std::optional<std::string_view> text, const moment&) const override { return holds(text); }
  match_result compare(std::optional<std::string_view> text, const moment&) const override { return compare(text); }
  const std::string* demanded() const override;

  std::string describe() const override;  ///< "equalTo 'A'"
  text_operator kind() const { return kind_; }
  bool negative() const override;
  bool case_sensitive() const { return !case_insensitive_; }
  const std::string& operand() const { return operand_; }

 private:
  string_matcher(text_operator kind, std::string operand, bool case_insensitive)
      : kind_(kind), operand_(std::move(operand)), case_insensitive_(case_insensitive) {}

  text_operator kind_;
  std::string operand_;
  bool case_insensitive_;
  std::string folded_;  // operand in lower case, for equalTo without regard to case
  std::shared_ptr<const re2::RE2> pattern_;
};

}  // namespace shep::mocks
