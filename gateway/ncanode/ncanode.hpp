#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "crypto/trust.hpp"
#include "eds/verify.hpp"
#include "http/handler.hpp"
#include "xml/limits.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace shep::ncanode {

class workers;

/// What verdicts are made by; replaced whole on reload.
struct grounds {
  std::shared_ptr<const crypto::trust_store> trust;
  eds::policy policy;
  xml::limits limits;
};

/// What the service may see and do. References and what functions capture outlive the handler; functions may be called from any thread.
struct parts {
  std::function<std::shared_ptr<const grounds>()> current;
  const shep::clock& time;
  ids& identifiers;
  workers& pool;  ///< where containers are opened, signatures made and checked
  std::function<bool()> draining;
  bool open = false;               ///< listens beyond loopback: Host may also be an IP address or a name without dots
  std::vector<std::string> hosts;  ///< further names the Host header may carry (DNS rebinding, A02)
};

/// The handler of the NCANode-shaped service (README.md, kz-eds.md section 6).
http::handler make_handler(parts);

/// What the framing gate refused, in the service's own shape.
http::response refuse(const http::framing_problem&);

}  // namespace shep::ncanode
