#pragma once

#include "core/clock.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shep::mocks {

struct match_result {
  bool exact = false;
  double distance = 1;  ///< 0 when exact, up to 1
};

/// What "now" means to a matcher of dates.
struct moment {
  time_point now{};
  std::chrono::minutes zone{300};  ///< of times that name none
};

/// A condition on one value. Immutable, safe from any thread.
class value_matcher {
 public:
  virtual ~value_matcher() = default;

  /// A text, or nothing at all. `holds` and `compare(…).exact` agree.
  virtual bool holds(std::optional<std::string_view> text, const moment&) const = 0;
  virtual match_result compare(std::optional<std::string_view> text, const moment&) const = 0;  ///< failing path only

  virtual std::string describe() const = 0;                        ///< "equalTo 'A'"
  virtual bool negative() const { return false; }                  ///< asks all of several texts, and is content with none
  virtual const std::string* demanded() const { return nullptr; }  ///< the only text that holds, when there is just one

  bool holds_for(std::span<const std::string> texts, const moment& at) const {
    const auto one = [&](const std::string& text) { return holds(text, at); };
    return negative() ? std::all_of(texts.begin(), texts.end(), one) : std::any_of(texts.begin(), texts.end(), one);
  }
};

}  // namespace shep::mocks
