#pragma once

#include "core/result.hpp"
#include "http/client.hpp"
#include "xml/document.hpp"

#include <string>
#include <vector>

namespace shep::cli {

/// Everything that makes an answer of the synchronous channel no answer to this request, beside signatures and schemas: what HTTP says
/// around it, its correlationId (shep-protocol.md section 1.4; may be absent), status, one document in data, and, when `signature_wanted`,
/// a transport signature at its place. A sentence each. Faults are answers too and not looked at.
std::vector<std::string> mismatches(const xml::document& request, const http::incoming_response&, const xml::document& answer,
                                    bool signature_wanted);

}  // namespace shep::cli
