#include "eds/key_info.hpp"

#include "core/bytes.hpp"
#include "eds/refusal.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
using xml::name;
namespace ns = xml::ns;

constexpr std::size_t largest_certificate = 16 << 10;
constexpr std::size_t most_certificates = 8;

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
  key.certificates.push_back(std::move(*der));
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

/// Certificates, with what else names them beside; or issuer and serial number alone.
result<key_info> x509_data_from(element e) {
  key_info key;
  element issuer_serial;
  for (element child = e.first_child(); child; child = child.next_sibling()) {
    if (child.is(name{ns::ds, "X509Certificate"})) {
      if (key.certificates.size() == most_certificates) return not_allowed(child, "more than 8 certificates");
      auto one = certificate_from(child, "X509Certificate");
      if (!one) return one;
      one->certificates.insert(one->certificates.begin(), key.certificates.begin(), key.certificates.end());
      key = std::move(*one);
    } else if (child.is(name{ns::ds, "X509IssuerSerial"}) && !issuer_serial) {
      issuer_serial = child;
    } else if (!child.is(name{ns::ds, "X509SubjectName"}) && !child.is(name{ns::ds, "X509SKI"})) {
      return not_allowed(child, "'" + std::string(child.local_name()) + "' inside X509Data is not accepted",
                         "use X509Certificate or X509IssuerSerial");
    }
  }
  if (!key.certificates.empty()) return key;
  if (issuer_serial) return issuer_serial_from(issuer_serial);
  return not_allowed(e, "X509Data identifies no certificate", "use X509Certificate or X509IssuerSerial");
}

result<key_info> key_identifier_from(element e) {
  const auto value_type = e.attribute_value({"", "ValueType"});
  if (value_type != uri::x509v3)
    return not_allowed(e, "KeyIdentifier with ValueType '" + std::string(value_type.value_or("")) + "' is not accepted",
                       "use ValueType …x509-token-profile-1.0#X509v3 with the certificate inside, or X509IssuerSerial");
  const auto encoding = e.attribute_value({"", "EncodingType"});
  if (encoding && *encoding != uri::base64_binary)
    return not_allowed(e, "KeyIdentifier with EncodingType '" + std::string(*encoding) + "'");
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

result<key_info> read_token_reference(element e) {
  const auto reference = only_child(e);
  if (!reference) return reference.error();
  if (reference->is(name{ns::wsse, "KeyIdentifier"})) return key_identifier_from(*reference);
  if (reference->is(name{ns::wsse, "Reference"})) return token_reference_from(*reference);
  if (reference->is(name{ns::ds, "X509Data"})) return x509_data_from(*reference);
  return not_allowed(*reference, "'" + std::string(reference->local_name()) + "' inside SecurityTokenReference is not accepted");
}

/// KeyValue holds numbers in the elements of XML Signature, and is no place for anything else: a signature covers nothing in KeyInfo.
bool only_key_value(element key_value) {
  constexpr std::string_view dsig11 = "http://www.w3.org/2009/xmldsig11#";
  for (element e = key_value.first_child(); e; e = e.next_in_document(key_value))
    if (e.namespace_uri() != ns::ds && e.namespace_uri() != dsig11) return false;
  return true;
}

}  // namespace

// A bare key or its name may stand beside a certificate, as some libraries write; it is never used.
result<key_info> read_key_info(element e) {
  element source;
  for (element child = e.first_child(); child; child = child.next_sibling()) {
    if (child.is(name{ns::ds, "KeyName"}) && !child.first_child()) continue;
    if (child.is(name{ns::ds, "KeyValue"}) && only_key_value(child)) continue;
    const bool known = child.is(name{ns::ds, "X509Data"}) || child.is(name{ns::wsse, "SecurityTokenReference"});
    if (!known)
      return not_allowed(child, "'" + std::string(child.local_name()) + "' inside KeyInfo is not accepted",
                         "use SecurityTokenReference or X509Data");
    if (source) return not_allowed(child, "the signing certificate is named twice", "name it once");
    source = child;
  }
  if (!source)
    return not_allowed(e, "KeyInfo names no certificate: a key is taken from a certificate only", "use SecurityTokenReference or X509Data");
  return source.is(name{ns::ds, "X509Data"}) ? x509_data_from(source) : read_token_reference(source);
}

}  // namespace shep::eds
