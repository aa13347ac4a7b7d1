#pragma once

#include "test_pki/authorities.hpp"
#include "test_pki/inventory.hpp"
#include "test_pki/status_file.hpp"

/// What the responders know at one moment, and what they say from it. Inside module test_pki.
namespace shep::test_pki {

struct view {
  inventory certificates;
  statuses states;
};

/// What is said of a certificate now: its own state; a removal that lies ahead is good until then; the responder's default for a good one.
const told& effective(const view&, const std::string& serial_hex, responder, time_point now);

/// The moment that an answer speaks of, and when it ends.
struct validity {
  time_point from, to;
};
/// Now and `lifetime` later; for a stale answer the same a month ago.
validity validity_of(const told&, time_point now, std::chrono::milliseconds lifetime);

/// Octets that are no answer: the beginning of one, then nothing.
std::string malformed(std::string octets);

/// The key that signs: the right one, or one with no business here.
crypto::identity signing_identity(const crypto::identity& right, const crypto::private_key& other, const told&);

}  // namespace shep::test_pki
