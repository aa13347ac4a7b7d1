#pragma once

#include "test_pki/responders.hpp"
#include "test_pki/view.hpp"

namespace shep::test_pki {

/// The answer to a time-stamp request. `family` ("gost2015") names whose authority stamps; empty: by the policy asked for, as the NCA has
/// one for each generation, else the first family that has an authority.
answer answer_time_stamp(std::string_view request, std::string_view family, const std::vector<family_keys>&, const view&, time_point now,
                         std::string serial);

}  // namespace shep::test_pki
