#pragma once

#include "forensics/visit.hpp"

/// What happens to a text on its way: the canonical octets as they are now, changed into what they may have been when they were signed.
/// Each function visits its candidates, most plausible first, and returns whether the visitor ended the search. A fixed number of
/// candidates each, every one linear in the octets.
namespace shep::forensics {

struct surroundings_of_text {
  std::size_t depth = 0;    ///< of the element in its document
  bool enveloped = false;   ///< a signature was left out of it
  std::string commented{};  ///< the canonical form with comments, where it differs: they take lines when somebody pretty-prints
};

bool white_space_changes(std::string_view canonical, const surroundings_of_text&, const visitor&);
bool line_end_changes(std::string_view canonical, const visitor&);
bool encoding_changes(std::string_view canonical, const visitor&);
bool serializer_changes(std::string_view canonical, const visitor&);

/// The few of all of them that people combine with another mistake.
bool common_changes(std::string_view canonical, const surroundings_of_text&, const visitor&);

}  // namespace shep::forensics
