#pragma once

#include "eds/verified.hpp"

namespace shep::eds {

/// The only maker of `verified`; included by the two doors and nothing else (tests/architecture checks).
struct verified_maker {
  static verified make(xml::element body, verified::assurance how, std::optional<crypto::certificate> signer) {
    return verified(body, how, std::move(signer));
  }
};

}  // namespace shep::eds
