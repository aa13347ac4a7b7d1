#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "crypto/trust.hpp"
#include "eds/verify.hpp"
#include "http/handler.hpp"
#include "revocation/finding.hpp"
#include "xml/limits.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace shep::ncanode {

class workers;

/// Whom the service asks on the network; module pki_client in the program. An empty function: nobody is configured.
struct network {
  /// One status for each certificate of the path (leaf first) but the last, which issued the one before it and is not asked about.
  std::function<boost::asio::awaitable<revocation::chain_status>(std::vector<crypto::certificate> path, revocation::mode, time_point at)>
      revocation;
  /// The answer of a time-stamping authority to the DER of a request.
  std::function<boost::asio::awaitable<result<std::string>>(std::string request)> time_stamp;
};

/// What verdicts are made by; replaced whole on reload.
struct grounds {
  std::shared_ptr<const crypto::trust_store> trust;
  eds::policy policy;
  xml::limits limits;
  network ask;
  std::vector<std::string> tsa_policies;  ///< accepted in time stamps beside the NCA's two
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
