#include "pipeline/octet_faults.hpp"

#include "eds/envelope.hpp"
#include "xml/child_named.hpp"
#include "xml/extent.hpp"

namespace shep::pipeline {
namespace {

using faults::kind;
using xml::child_named;
using xml::element;
using spoilt_text = result<std::optional<std::string>>;

constexpr std::string_view forged = "forged-";

element transport_signature(const eds::envelope& parts) {
  if (const element s = parts.security ? parts.security.child({xml::ns::ds, "Signature"}) : element()) return s;
  return parts.header ? parts.header.child({xml::ns::ds, "Signature"}) : element();
}

element response_info(const eds::envelope& parts) {
  return child_named(child_named(child_named(parts.body, "SendMessageResponse"), "response"), "responseInfo");
}

/// One character inside an element, not before `from` and never white space, becomes another one of the same alphabet.
spoilt_text with_other_character(const xml::document& m, element where, std::size_t from, char usual, char other) {
  if (!where) return std::optional<std::string>();
  const auto at = xml::extent_of(m, where);
  if (!at) return at.error();
  std::string text = *m.source();
  std::size_t i = at->inner_begin + from;
  while (i < at->inner_end && (text[i] == '\n' || text[i] == '\r' || text[i] == ' ' || text[i] == '\t')) ++i;
  if (i >= at->inner_end || text[i] == '&' || text[i] == '<') return std::optional<std::string>();
  text[i] = text[i] == usual ? other : usual;
  return std::optional<std::string>(std::move(text));
}

spoilt_text without(const xml::document& m, element what) {
  if (!what) return std::optional<std::string>();
  const auto at = xml::extent_of(m, what);
  if (!at) return at.error();
  std::string text = *m.source();
  text.erase(at->begin, at->end - at->begin);
  return std::optional<std::string>(std::move(text));
}

spoilt_text with_body_twice(const xml::document& m, const eds::envelope& parts) {
  const auto at = xml::extent_of(m, parts.body);
  if (!at) return at.error();
  std::string text = *m.source();
  text.insert(at->end, text.substr(at->begin, at->end - at->begin));
  return std::optional<std::string>(std::move(text));
}

/// XSW: see text_faults.hpp.
spoilt_text with_body_wrapped(const xml::document& m, const eds::envelope& parts) {
  const auto id = parts.body.attribute_value({xml::ns::wsu, "Id"});
  const element code = child_named(child_named(response_info(parts), "status"), "code");
  if (!parts.header || !id || !code) return std::optional<std::string>();
  const auto body = xml::extent_of(m, parts.body);
  const auto header = xml::extent_of(m, parts.header);
  const auto status = xml::extent_of(m, code);
  if (!body) return body.error();
  if (!header) return header.error();
  if (!status) return status.error();
  std::string text = *m.source();
  const std::string original = text.substr(body->begin, body->end - body->begin);
  const std::size_t id_at = text.find(std::string(*id), body->begin);
  if (header->empty_tag || status->empty_tag || id_at >= body->inner_begin) return std::optional<std::string>();
  // From the end to the beginning, so that places in front stay where they are.
  text.replace(status->inner_begin, status->inner_end - status->inner_begin, "SIMXSW");
  text.insert(id_at, forged);
  text.insert(header->inner_end, "<w:Original xmlns:w=\"urn:shepsim:wrapped\">" + original + "</w:Original>");
  return std::optional<std::string>(std::move(text));
}

}  // namespace

bool can_be_made_in_octets(kind k) {
  return k == kind::truncated_xml || k == kind::duplicate_body || k == kind::signature_missing || k == kind::signature_digest_mismatch ||
         k == kind::signature_value_mismatch || k == kind::signature_wrapped;
}

bool carries_signature(const xml::document& message) {
  const auto parts = eds::read_envelope(message);
  return parts && transport_signature(*parts);
}

spoilt_text spoil_octets(const xml::document& m, kind k) {
  const auto parts = eds::read_envelope(m);
  if (!parts) return parts.error();
  const element signature = transport_signature(*parts);
  switch (k) {
    case kind::truncated_xml: return std::optional<std::string>(m.source()->substr(0, m.source()->size() / 2));
    case kind::duplicate_body: return with_body_twice(m, *parts);
    case kind::signature_missing: return without(m, parts->security && signature ? parts->security : signature);
    case kind::signature_digest_mismatch:
      return signature ? with_other_character(m, child_named(response_info(*parts), "messageId"), 0, '0', '1')
                       : std::optional<std::string>();
    case kind::signature_value_mismatch:
      // Not the first characters: those of a GOST value and of an RSA value may stand for a length or a leading zero.
      return with_other_character(m, child_named(signature, "SignatureValue"), 20, 'A', 'B');
    case kind::signature_wrapped: return signature ? with_body_wrapped(m, *parts) : std::optional<std::string>();
    default: return std::optional<std::string>();
  }
}

}  // namespace shep::pipeline
