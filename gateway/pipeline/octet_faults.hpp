#pragma once

#include "core/result.hpp"
#include "faults/catalogue.hpp"
#include "xml/document.hpp"

#include <optional>
#include <string>

/// Faults made in the octets of a message that somebody else wrote: its prefixes are its own, so places are found in its tree.
namespace shep::pipeline {

/// Can the fault be made so, with the on-wire promise of the catalogue kept?
bool can_be_made_in_octets(faults::kind);

/// Does the message carry a transport signature: in wsse:Security, or directly in the header?
bool carries_signature(const xml::document& message);

/// The spoilt message. Empty: it has no such place. Error: what the XML module cannot find in its source.
result<std::optional<std::string>> spoil_octets(const xml::document& message, faults::kind);

}  // namespace shep::pipeline
