#include "mocks/engine/date_matcher.hpp"

#include "mocks/engine/date_pattern.hpp"
#include "mocks/engine/date_reader.hpp"
#include "mocks/engine/near_text.hpp"
#include "xml/text.hpp"

#include <array>
#include <cmath>

namespace shep::mocks {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 3> date_operators = {"before", "after", "equalToDateTime"};
constexpr std::array<std::string_view, 9> cuts = {"first second of minute", "first minute of hour",    "first hour of day",
                                                  "first day of month",     "first day of next month", "last day of month",
                                                  "first day of year",      "first day of next year",  "last day of year"};

time_point cut_to(time_point instant, date_cut what, minutes zone) {
  const auto local = instant + zone;
  if (what == date_cut::minute) return floor<minutes>(local) - zone;
  if (what == date_cut::hour) return floor<hours>(local) - zone;
  const auto midnight = floor<days>(local);
  if (what == date_cut::day) return midnight - zone;
  const year_month_day today(midnight);
  const auto first_of_month = today.year() / today.month() / 1;
  const auto first_of_year = today.year() / January / 1;
  sys_days day;
  switch (what) {
    case date_cut::next_month: day = sys_days(first_of_month + months(1)); break;
    case date_cut::last_of_month: day = sys_days(first_of_month + months(1)) - days(1); break;
    case date_cut::year: day = sys_days(first_of_year); break;
    case date_cut::next_year: day = sys_days(first_of_year + years(1)); break;
    case date_cut::last_of_year: day = sys_days(first_of_year + years(1)) - days(1); break;
    default: day = sys_days(first_of_month);
  }
  return time_point(day) - zone;
}

class date_matcher final : public value_matcher {
 public:
  date_matcher(date_operator kind, std::string operand, date_options options)
      : kind_(kind), operand_(std::move(operand)), options_(std::move(options)) {}

  result<time_point> expected(const moment& at) const {
    const std::string_view text = xml::trimmed(operand_);
    auto instant = text.starts_with("now") ? shifted(at.now, text.substr(3), at.zone) : read_time(text, {}, at.zone);
    if (instant && !options_.offset.empty()) instant = shifted(*instant, options_.offset, at.zone);
    if (instant && options_.cut_expected) return cut_to(*instant, *options_.cut_expected, at.zone);
    return instant;
  }

  bool holds(std::optional<std::string_view> text, const moment& at) const override { return compare(text, at).exact; }

  match_result compare(std::optional<std::string_view> text, const moment& at) const override {
    if (!text) return {false, 1};
    auto actual = read_time(xml::trimmed(*text), options_.actual_format, at.zone);
    const auto wanted = expected(at);
    if (!actual || !wanted) return {false, 1};
    if (options_.cut_actual) actual = cut_to(*actual, *options_.cut_actual, at.zone);
    const bool exact = kind_ == date_operator::before  ? *actual < *wanted
                       : kind_ == date_operator::after ? *actual > *wanted
                                                       : *actual == *wanted;
    if (exact) return {true, 0};
    // A century apart is as far as it gets; a time of the wrong side is never near.
    constexpr double century = 36'525.0 * 24 * 60;
    const double apart = std::abs(static_cast<double>(duration_cast<minutes>(*actual - *wanted).count()));
    return {false, 0.25 + 0.5 * std::min(1.0, apart / century)};
  }

  std::string describe() const override {
    std::string text = std::string(date_operators[static_cast<std::size_t>(kind_)]) + " '" + shortened(operand_) + "'";
    if (!options_.offset.empty()) text += " shifted by " + options_.offset;
    if (options_.cut_expected) text += " cut to the " + std::string(cuts[static_cast<std::size_t>(*options_.cut_expected)]);
    return text;
  }

 private:
  date_operator kind_;
  std::string operand_;
  date_options options_;
};

}  // namespace

std::span<const std::string_view> date_operator_names() { return date_operators; }
std::span<const std::string_view> date_cut_names() { return cuts; }

result<std::shared_ptr<const value_matcher>> make_date_matcher(date_operator kind, std::string operand, date_options options) {
  if (!options.actual_format.empty())
    if (const auto fine = check_time_pattern(options.actual_format); !fine) return fine.error();
  auto matcher = std::make_shared<const date_matcher>(kind, std::move(operand), std::move(options));
  if (const auto some = matcher->expected({}); !some) return some.error();
  return std::shared_ptr<const value_matcher>(std::move(matcher));
}

}  // namespace shep::mocks
