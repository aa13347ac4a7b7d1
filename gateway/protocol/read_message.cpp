#include "protocol/read_message.hpp"

#include "eds/envelope.hpp"
#include "protocol/read_data.hpp"
#include "xml/child_named.hpp"
#include "xml/text.hpp"

namespace shep::protocol {
namespace {

using xml::child_named;

xml::element first_named(xml::element root, std::string_view local) {
  for (xml::element e = root; e; e = e.next_in_document(root))
    if (e.local_name() == local) return e;
  return {};
}

/// Body / wrapper / request or response / …Data / data: the place that the gateway reads, and no other.
xml::element data_of(xml::element body) {
  const xml::element wrapper = body.first_child();
  const xml::element request = child_named(wrapper, "request");
  if (request) return child_named(child_named(request, "requestData"), "data");
  return child_named(child_named(child_named(wrapper, "response"), "responseData"), "data");
}

}  // namespace

std::optional<business_data> find_business_data(const xml::document& document, const xml::limits& limits) {
  const auto parts = eds::read_envelope(document);
  if (!parts) return std::nullopt;
  const xml::element data = data_of(parts->body);
  if (!data) return std::nullopt;
  std::vector<deviation> ignored;
  field_reader fields(reading_mode::lenient, ignored);
  auto read = read_data(data, fields, reading_mode::lenient, limits);
  if (!read) return std::nullopt;
  return std::move(*read);
}

answer_summary summarize_answer(const xml::document& document) {
  answer_summary out;
  const auto parts = eds::read_envelope(document);
  if (!parts) return out;
  if (const xml::element fault = parts->body.child({parts->root.namespace_uri(), "Fault"})) {
    out.is_fault = true;
    out.code = xml::text_of(first_named(fault, "faultcode"));
    out.message = xml::text_of(first_named(fault, "faultstring"));
    out.error_data = xml::text_of(first_named(fault, "errorData"));
    return out;
  }
  const xml::element status = first_named(parts->body, "status");
  out.code = xml::text_of(first_named(status, "code"));
  out.message = xml::text_of(first_named(status, "message"));
  return out;
}

}  // namespace shep::protocol
