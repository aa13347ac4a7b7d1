#pragma once

#include "app/collector.hpp"
#include "config/settings.hpp"
#include "http/client.hpp"

#include <memory>

namespace shep::app {

/// Who an https target has to be, and what the gateway shows it: the keys target_tls_… of a route. Null for a plain target, and when the
/// collector got a problem. That somebody is believed without proof is logged.
std::shared_ptr<const http::tls_client> target_tls(const config::settings&, const config::route_settings&, const http::url& target,
                                                   collector&);

}  // namespace shep::app
