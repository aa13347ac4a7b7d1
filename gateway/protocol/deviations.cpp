#include "protocol/deviations.hpp"

namespace shep::protocol {

std::span<const deviation_kind> all_deviations() {
  using namespace deviations;
  static constexpr deviation_kind table[] = {empty_session_id,     unbraced_session_id, empty_properties, order,           qualified,
                                             wrapper_name,         date_format,         unknown_element,  property_length, padded_value,
                                             malformed_session_id, inner_declaration,   mixed_data};
  return table;
}

}  // namespace shep::protocol
