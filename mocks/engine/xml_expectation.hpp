#pragma once

#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace shep::mocks {

/// What an expected document says of one text: the text itself, or one of XMLUnit's placeholders in its place. Immutable.
class xml_expectation {
 public:
  /// With `placeholders`, a text that begins with "${xmlunit." must be one: ignore, isNumber, isDateTime, matchesRegex(…).
  /// Error: problems::mapping_value.
  static result<xml_expectation> read(std::string_view text, bool placeholders);

  bool holds(std::string_view) const;
  bool ignores() const { return kind_ == kind::ignore; }
  std::string describe() const;  ///< "'x'", "a number"

 private:
  enum class kind { text, ignore, number, date_time, pattern };
  xml_expectation(kind k, std::string_view text) : kind_(k), text_(text) {}

  kind kind_;
  std::string text_;
  std::shared_ptr<const re2::RE2> pattern_;
};

}  // namespace shep::mocks
