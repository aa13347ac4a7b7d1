#pragma once

#include "eds/verified.hpp"

namespace shep::eds {

/// The only maker of `verified`; included by the doors and nothing else (tests/architecture checks).
struct verified_maker {
  static verified make(xml::element body, verified::assurance how, std::optional<crypto::certificate> signer) {
    return verified(body, how, std::move(signer));
  }
  static awaiting_revocation hold(verified message, std::vector<crypto::certificate> chain) {
    return awaiting_revocation(std::move(message), std::move(chain));
  }
  static verified release(awaiting_revocation held) { return std::move(held.message_); }
};

}  // namespace shep::eds
