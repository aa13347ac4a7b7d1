#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "eds/sign.hpp"
#include "protocol/request.hpp"
#include "protocol/style.hpp"

#include <string>

namespace shep::protocol {

/// The business document of an answer, ready to be put into `data`.
struct response_data {
  carrier form = carrier::none;
  std::string document;   ///< XML text of the business document; for typed_element and fields the `data` element itself
  std::string canonical;  ///< element forms: its exclusive canonical form where it will stand; empty until `canonicalize` (below)
};

/// responseInfo and responseData (shep-protocol.md section 1.4).
struct sync_response {
  std::string message_id;
  std::string correlation_id;
  time_point response_date{};
  std::string status_code;
  std::string status_message;  ///< cut at 250 characters, which the schema demands
  std::string session_id;      ///< braced GUID
  response_data data;
};

/// The answer as a SOAP message with an empty Header ready for the signature, Body with wsu:Id = `body_id`, and the Body's canonical form.
eds::rendered_message render_response(const sync_response&, const style&, std::string body_id);

/// xsi:type of `data` for the typed carrier.
struct data_type {
  std::string name;   ///< "ServiceType", or "ns3:ServiceType" where a client insists on a prefix; empty: none
  std::string space;  ///< namespace of the type
};

/// A business document written by a mapping, brought into the form its carrier needs before it is signed: canonical (inclusive, with
/// comments), without XML declaration; for typed_element and fields the root becomes the `data` element, with this xsi:type unless it has
/// one. Error: answer_document.
result<response_data> shape_document(std::string text, carrier form, const data_type& type, const style&);

/// Fills `canonical` where it is missing and needed. Error: answer_document.
result<void> canonicalize(response_data&, const style&);

}  // namespace shep::protocol
