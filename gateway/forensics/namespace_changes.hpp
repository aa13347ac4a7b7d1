#pragma once

#include "forensics/visit.hpp"

#include <string>
#include <vector>

namespace shep::forensics {

/// Prefixes that a PrefixList can change anything about, from the inclusive canonical form of an element: whatever is declared around
/// and inside of it, its own prefix excepted. At most 12, in order of their names; "#default" for the default namespace.
std::vector<std::string> listable_prefixes(std::string_view inclusive_canonical);

/// Lists of prefixes worth trying: all subsets of up to five, else each alone, all, and all but one. At most 31.
std::vector<std::vector<std::string>> prefix_lists(std::string_view inclusive_canonical);

/// Inclusive canonical forms of the same element in another document: with fewer namespace declarations on its first tag (at most 31).
bool fewer_declarations(std::string_view canonical, const visitor&);

/// The same, and with the declarations that SOAP toolkits make on theirs. At most 200 candidates, linear each.
bool context_changes(std::string_view canonical, const visitor&);

/// An inclusive canonical form as it would be below an element whose inclusive canonical form is `around`. Empty when nothing changes.
std::string with_declarations_of(std::string_view canonical, std::string_view around);

/// Another prefix for a namespace that the first tag declares: the customary ones of SOAP, WS-Security and XML Signature. At most 30.
bool prefix_changes(std::string_view canonical, const visitor&);

}  // namespace shep::forensics
