#pragma once

#include <span>
#include <string_view>

/// The departures from the schema that lenient mode lets pass. The codes are stable: QA filters on them.
namespace shep::protocol {

struct deviation_kind {
  std::string_view code;
  std::string_view meaning;
};

namespace deviations {
inline constexpr deviation_kind empty_session_id{"SHEP-D01", "sessionId is empty; the schema wants a GUID in braces or no element"};
inline constexpr deviation_kind unbraced_session_id{"SHEP-D02", "sessionId is a GUID without braces"};
inline constexpr deviation_kind empty_properties{"SHEP-D03", "properties has no key and value"};
inline constexpr deviation_kind order{"SHEP-D04", "elements are not in the order of the schema"};
inline constexpr deviation_kind qualified{"SHEP-D05", "an element that must be unqualified is in a namespace"};
inline constexpr deviation_kind wrapper_name{"SHEP-D06", "the wrapper is not {Types}SendMessage but a known variant of it"};
inline constexpr deviation_kind date_format{"SHEP-D07", "messageDate is not an xs:dateTime"};
inline constexpr deviation_kind unknown_element{"SHEP-D08", "an element that the schema does not know"};
inline constexpr deviation_kind property_length{"SHEP-D09", "a property's key or value is longer than the schema allows"};
inline constexpr deviation_kind padded_value{"SHEP-D10", "an identifier has white space around it"};
inline constexpr deviation_kind malformed_session_id{"SHEP-D11", "sessionId is not a GUID"};
inline constexpr deviation_kind inner_declaration{"SHEP-D12",
                                                  "the inner XML declaration names an encoding that a text inside a message cannot have"};
inline constexpr deviation_kind mixed_data{"SHEP-D13", "data holds elements and text side by side"};
}  // namespace deviations

std::span<const deviation_kind> all_deviations();

}  // namespace shep::protocol
