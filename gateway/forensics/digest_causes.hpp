#pragma once

#include "crypto/algorithm.hpp"
#include "forensics/budget.hpp"
#include "forensics/octet_search.hpp"

namespace shep::forensics {

/// A digest that does not match.
struct failed_digest {
  std::string declared;  ///< octets, of any length
  crypto::digest_algorithm algorithm;
  bool unresolved = false;  ///< the Reference names nothing; the subject is a guess
};

/// The mistakes that give the declared digest when they are made again, in the order in which they were made; empty: none found.
steps find_digest_mistake(const subject&, const failed_digest&, budget&);

}  // namespace shep::forensics
