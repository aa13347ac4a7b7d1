#include "eds/key_info.hpp"

#include "core/bytes.hpp"
#include "eds/problems.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
using xml::name;
namespace ns = xml::ns;

constexpr std::size_t largest_certificate = 16 << 10;

problem not_allowed(element at, std::string detail, std::string hint = {}) {
  return {problems::signature_constraints, std::move(detail), at.xpath(), std::move(hint)};
}

/// The one child element a container must have.
result<element> only_child(element container) {
  const element child = container.first_child();
  if (!child) return problem(problems::signature_format, "'" + std::string(container.local_name()) + "' is empty", container.xpath());
  if (child.next_sibling())
    return not_allowed(child.next_sibling(), "more than one element inside '" + std::string(container.local_name()) + "'",
                       "name the signing certificate once");
  return child;
}

result<std::string> token(element e) {
  auto text = xml::token_of(e);
  if (!text) return problem(problems::signature_format, text.error().detail, e.xpath());
  return std::string(xml::trimmed(*text));
}

result<key_info> certificate_from(element e, std::string wire_name) {
  const auto text = xml::token_of(e);
  if (!text) return problem(problems::signature_format, text.error().detail, e.xpath());
  auto der = from_base64(*text);
  if (!der) return problem(problems::signature_format, "the certificate is not base64: " + der.error().detail, e.xpath());
  if (der->size() > largest_certificate) return not_allowed(e, "a certificate larger than 16 KiB");
  key_info key;
  key.form = key_info::kind::certificate;
  key.certificate_der = std::move(*der);
  key.wire_name = std::move(wire_name);
  return key;
}

result<key_info> issuer_serial_from(element e) {
  const element issuer = e.child({ns::ds, "X509IssuerName"});
  const element serial = e.child({ns::ds, "X509SerialNumber"});
  if (!issuer || !serial || e.children().size() != 2)
    return problem(problems::signature_format, "X509IssuerName and X509SerialNumber are expected", e.xpath());
  const auto issuer_text = token(issuer);
  if (!issuer_text) return issuer_text.error();
  const auto serial_text = token(serial);
  if (!serial_text) return serial_text.error();
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (serial_text->empty() || serial_text->size() > 50 || !std::all_of(serial_text->begin(), serial_text->end(), is_digit))
    return problem(problems::signature_format, "X509SerialNumber must be a decimal number of at most 50 digits", serial.xpath());
  key_info key;
  key.form = key_info::kind::issuer_serial;
  key.issuer_name = *issuer_text;
  key.serial_decimal = *serial_text;
  key.wire_name = "X509IssuerSerial";
  return key;
}

result<key_info> x509_data_from(element e) {
  const auto child = only_child(e);
  if (!child) return child.error();
  if (child->is(name{ns::ds, "X509Certificate"})) return certificate_from(*child, "X509Certificate");
  if (child->is(name{ns::ds, "X509IssuerSerial"})) return issuer_serial_from(*child);
  return not_allowed(*child, "'" + std::string(child->local_name()) + "' inside X509Data does not identify a certificate here",
                     "use X509Certificate or X509IssuerSerial");
}

result<key_info> key_identifier_from(element e) {
  const auto value_type = e.attribute_value({"", "ValueType"});
  if (value_type != uri::x509v3)
    return not_allowed(e, "KeyIdentifier with ValueType '" + std::string(value_type.value_or("")) + "' is not accepted",
                       "use ValueType …x509-token-profile-1.0#X509v3 with the certificate inside, or X509IssuerSerial");
  const auto encoding = e.attribute_value({"", "EncodingType"});
  if (encoding && *encoding != uri::base64_binary) return not_allowed(e, "KeyIdentifier with EncodingType '" + std::string(*encoding) + "'");
  return certificate_from(e, "KeyIdentifier X509v3");
}

result<key_info> token_reference_from(element e) {
  const auto target = e.attribute_value({"", "URI"});
  if (!target || target->size() < 2 || target->front() != '#')
    return not_allowed(e, "wsse:Reference must name a token of this message by \"#id\"");
  key_info key;
  key.form = key_info::kind::token_reference;
  key.token_uri = *target;
  key.wire_name = "BinarySecurityToken";
  return key;
}

}  // namespace

result<key_info> read_key_info(element e) {
  const auto child = only_child(e);
  if (!child) return child.error();
  if (child->is(name{ns::ds, "X509Data"})) return x509_data_from(*child);
  if (!child->is(name{ns::wsse, "SecurityTokenReference"}))
    return not_allowed(*child, "'" + std::string(child->local_name()) + "' inside KeyInfo is not accepted: a key is taken from a certificate only",
                       "use SecurityTokenReference or X509Data");
  const auto reference = only_child(*child);
  if (!reference) return reference.error();
  if (reference->is(name{ns::wsse, "KeyIdentifier"})) return key_identifier_from(*reference);
  if (reference->is(name{ns::wsse, "Reference"})) return token_reference_from(*reference);
  if (reference->is(name{ns::ds, "X509Data"})) return x509_data_from(*reference);
  return not_allowed(*reference, "'" + std::string(reference->local_name()) + "' inside SecurityTokenReference is not accepted");
}

}  // namespace shep::eds
