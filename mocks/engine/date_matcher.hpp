#pragma once

#include "core/result.hpp"
#include "mocks/engine/value_matcher.hpp"

#include <memory>
#include <span>

namespace shep::mocks {

enum class date_operator { before, after, equal_to };
std::span<const std::string_view> date_operator_names();  ///< "before", "after", "equalToDateTime"

/// WireMock's words for the beginning or end that a time is moved to ("first day of month"), in the order of `date_cut`.
enum class date_cut { minute, hour, day, month, next_month, last_of_month, year, next_year, last_of_year };
std::span<const std::string_view> date_cut_names();

struct date_options {
  std::string actual_format;  ///< of date_reader.hpp; empty: xs:dateTime or xs:date
  std::string offset;         ///< "3 days", added to the expected time
  std::optional<date_cut> cut_expected, cut_actual;
};

/// before, after, equalToDateTime. The operand is an xs:dateTime, an xs:date, or "now" with an offset ("now +3 days"); times without a
/// zone are civil time of the moment's. A value that is no time, and none at all, does not hold. Error: problems::template_value.
result<std::shared_ptr<const value_matcher>> make_date_matcher(date_operator, std::string operand, date_options);

}  // namespace shep::mocks
