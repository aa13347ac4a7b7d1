#pragma once

#include "admin/routes.hpp"

/// Inside module admin.
namespace shep::admin {

/// The responders of the gateway's test PKI; null when it has none.
using pki = std::shared_ptr<test_pki::responders>;
inline pki responders_of(const call& c) { return c.of.pki ? c.of.pki() : nullptr; }

}  // namespace shep::admin
