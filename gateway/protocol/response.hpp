#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "protocol/request.hpp"
#include "protocol/style.hpp"

#include <string>

namespace shep::protocol {

/// The business document of an answer, ready to be put into `data`.
struct response_data {
  carrier form = carrier::none;
  std::string document;  ///< XML text of the business document; for typed_element and fields the `data` element itself
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

struct rendered_response {
  std::string message;
  std::size_t header_content;  ///< offset of the place inside soap:Header: where a signature goes
};

/// The answer as a SOAP message, Body with wsu:Id = `body_id`, an empty Header ready for the signature.
rendered_response render_response(const sync_response&, const style&, std::string_view body_id);

/// xsi:type of `data` for the typed carrier.
struct data_type {
  std::string name;   ///< "ServiceType", or "ns3:ServiceType" where a client insists on a prefix; empty: none
  std::string space;  ///< namespace of the type
};

/// A business document written by a mapping, brought into the form its carrier needs before it is signed: canonical (inclusive, with comments), without XML declaration; for
/// typed_element and fields the root becomes the `data` element, with this xsi:type unless it has one. Error: answer_document.
result<std::string> shape_document(std::string text, carrier form, const data_type& type, const style&);

}  // namespace shep::protocol
