#pragma once

#include "test_pki/responders.hpp"
#include "test_pki/view.hpp"

namespace shep::test_pki {

/// The answer to an OCSP request. Malformed requests, and those about certificates of other authorities, get the status that RFC 6960
/// section 2.3 has for them. Of several certificates asked about, the first that misbehaves decides how the answer does.
answer answer_ocsp(std::string_view request, const std::vector<authority>&, const view&, time_point now,
                   std::chrono::milliseconds lifetime);

}  // namespace shep::test_pki
