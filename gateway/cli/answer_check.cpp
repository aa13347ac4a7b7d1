#include "cli/answer_check.hpp"

#include "eds/transport_place.hpp"
#include "http/message.hpp"
#include "protocol/read_message.hpp"
#include "xml/child_named.hpp"
#include "xml/text.hpp"

#include <algorithm>
#include <array>

namespace shep::cli {
namespace {

using xml::child_named;

/// The element that a path of local names leads to from the child of the Body.
xml::element in_body(const xml::document& message, std::initializer_list<std::string_view> path) {
  const auto parts = eds::read_envelope(message);
  xml::element at = parts ? parts->body.first_child() : xml::element();
  for (const std::string_view name : path) at = child_named(at, name);
  return at;
}

std::string text(xml::element e) { return e ? xml::text_of(e) : std::string(); }

/// Children with a namespace; fields that stand directly below data have none, and a signature beside them is no document.
std::size_t documents_in(xml::element data) {
  std::size_t count = 0;
  for (xml::element c = data ? data.first_child() : data; c; c = c.next_sibling())
    count += !c.namespace_uri().empty() && c.namespace_uri() != xml::ns::ds;
  return count;
}

void check_http(const http::incoming_response& r, std::vector<std::string>& out) {
  static constexpr std::array<std::string_view, 3> fitting{"text/xml", "application/xml", "application/soap+xml"};
  const std::string_view type = r.headers.value("content-type");
  const std::string_view media = type.substr(0, type.find_first_of("; \t"));
  if (std::none_of(fitting.begin(), fitting.end(), [&](std::string_view f) { return http::equal_ignoring_case(f, media); }))
    out.push_back("Content-Type is '" + clipped(type) + "', expected is text/xml");
  const std::string_view coding = r.headers.value("content-encoding");
  if (!coding.empty() && !http::equal_ignoring_case(coding, "identity"))
    out.push_back("Content-Encoding is '" + clipped(coding) + "', and nobody asked for one");
}

}  // namespace

std::vector<std::string> mismatches(const xml::document& request, const http::incoming_response& response, const xml::document& answer,
                                    bool signature_wanted) {
  std::vector<std::string> out;
  check_http(response, out);
  if (protocol::summarize_answer(answer).is_fault) return out;
  const std::string sent = text(in_body(request, {"request", "requestInfo", "messageId"}));
  const xml::element info = in_body(answer, {"response", "responseInfo"});
  const std::string answered = text(child_named(info, "correlationId"));
  if (!answered.empty() && answered != sent)
    out.push_back("it answers the message '" + clipped(answered) + "', sent was '" + clipped(sent) + "' (responseInfo/correlationId)");
  if (text(child_named(child_named(info, "status"), "code")).empty()) out.push_back("there is no responseInfo/status/code");
  const xml::element data = in_body(answer, {"response", "responseData", "data"});
  const auto carried = protocol::find_business_data(answer);
  const bool fields = carried && carried->form == protocol::carrier::typed_element;
  if (!fields && documents_in(data) > 1) out.push_back("data holds more than one document (responseData/data)");
  if (signature_wanted) {
    const auto parts = eds::read_envelope(answer);
    const auto place = parts ? eds::locate_transport_signature(*parts) : result<eds::transport_place>(parts.error());
    if (!place) out.push_back("no transport signature: " + place.error().detail);
  }
  return out;
}

}  // namespace shep::cli
