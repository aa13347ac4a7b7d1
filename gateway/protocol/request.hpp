#pragma once

#include "core/date_time.hpp"
#include "xml/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::protocol {

/// How `data` carries the business document (shep-protocol.md section 1.5).
enum class carrier {
  none,           ///< no data element, or an empty one
  escaped_text,   ///< xs:string, XML as escaped text
  cdata,          ///< XML inside a CDATA section
  child_element,  ///< one child element is the business document
  typed_element,  ///< data itself is the business element (xsi:type of the service), fields directly below
  fields,         ///< unqualified fields directly below data, no type
  plain_text,     ///< text that is not XML
};
std::string_view name_of(carrier);

/// The business document of a message, whatever carried it.
struct business_data {
  carrier form = carrier::none;
  std::string type;                    ///< xsi:type exactly as sent; empty when absent
  xml::element data;                   ///< the `data` element in the envelope; null when absent
  std::optional<xml::document> inner;  ///< text carriers: the document inside the text, admitted through the same door
  std::string text;                    ///< plain_text: the text

  /// Root of the business document: the inner root, the one child, or `data` itself. Null when there is no XML.
  xml::element payload() const;
};

struct property {
  std::string key;
  std::string value;
};

/// A departure from the schema that lenient mode lets pass, under a stable code ("SHEP-D03").
struct deviation {
  std::string_view code;
  std::string detail;
  std::string where;  ///< XPath
};

/// requestInfo and requestData of a synchronous SendMessage (shep-protocol.md section 1.3).
struct sync_request {
  std::string message_id;
  std::string correlation_id;
  std::string service_id;
  std::string message_date;  ///< as sent
  std::optional<date_time> message_instant;
  std::string route_id;
  std::string sender_id;
  std::string password;  ///< secret: never logged, never journaled beside the raw bytes
  std::vector<property> properties;
  std::string session_id;
  business_data data;
  std::vector<deviation> deviations;
};

}  // namespace shep::protocol
