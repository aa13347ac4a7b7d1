#pragma once

#include "protocol/field_reader.hpp"

namespace shep::protocol {

/// What `data` carries, in any of the ways of shep-protocol.md section 1.5. An inner document comes through xml::admit.
result<business_data> read_data(xml::element data, field_reader&, reading_mode, const xml::limits&);

}  // namespace shep::protocol
