#pragma once

#include "core/ids.hpp"
#include "eds/sign.hpp"
#include "pipeline/exchange.hpp"
#include "protocol/response.hpp"

/// The faults that are made inside an answer, each at the moment at which it can still be made. A fault that finds nothing to spoil leaves
/// the answer as it is and says so in `exchange.injected`.
namespace shep::pipeline {

/// Instead of an answer: FAULT_ERRORINFO and SOAP's own faults. Fills `exchange.fault`. Some fault was asked for.
std::optional<problem> fault_instead(exchange&, const std::string& session_id);

void spoil_document(exchange&);                                ///< 1: the business document, before it is shaped and signed
void spoil_business_signature(exchange&, std::string& text);   ///< 2: the signed business document
void spoil_fields(exchange&, protocol::sync_response&, ids&);  ///< 3: what is about to be rendered, data in its carrier
void spoil_rendered(exchange&, eds::rendered_message&);        ///< 4: the message before it is signed

/// 5: who signs; the world's signer unless a fault wants another. Null: nobody. Error: fault_key.
result<std::shared_ptr<const crypto::identity>> transport_signer(exchange&, bool is_signed);

/// Was a fault asked for that is made inside an answer? The others stand in its place or are made on the wire.
bool is_made_inside(const exchange&);

void spoil_text(exchange&, std::string& text, bool is_signed);  ///< 6: the whole message, as it would leave

}  // namespace shep::pipeline
