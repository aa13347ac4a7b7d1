#include "eds/signature_writer.hpp"

#include "core/bytes.hpp"
#include "xml/escape.hpp"
#include "xml/names.hpp"

namespace shep::eds {
namespace {

std::string signed_info(std::string_view declaration, std::string_view c14n, const signing_methods& methods, std::string_view reference_uri,
                        std::string_view transforms, std::string_view digest) {
  std::string out = "<ds:SignedInfo";
  out += declaration;
  out += "><ds:CanonicalizationMethod Algorithm=\"";
  out += c14n;
  out += "\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"";
  out += methods.signature.uri;
  out += "\"></ds:SignatureMethod><ds:Reference URI=\"";
  xml::append_attribute_value(out, reference_uri);
  out += "\"><ds:Transforms>";
  out += transforms;
  out += "</ds:Transforms><ds:DigestMethod Algorithm=\"";
  out += methods.digest.uri;
  out += "\"></ds:DigestMethod><ds:DigestValue>";
  out += to_base64(digest);
  out += "</ds:DigestValue></ds:Reference></ds:SignedInfo>";
  return out;
}

std::string transform(std::string_view algorithm) { return "<ds:Transform Algorithm=\"" + std::string(algorithm) + "\"></ds:Transform>"; }

std::string declaration(std::string_view prefix, std::string_view space) {
  return " xmlns:" + std::string(prefix) + "=\"" + std::string(space) + "\"";
}

std::string key_identifier(const crypto::certificate& c) {
  return "<wsse:KeyIdentifier EncodingType=\"" + std::string(uri::base64_binary) + "\" ValueType=\"" + std::string(uri::x509v3) + "\">" +
         to_base64(c.der()) + "</wsse:KeyIdentifier>";
}

std::string issuer_serial(const crypto::certificate& c) {
  return "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>" + xml::escaped(c.info().issuer) +
         "</ds:X509IssuerName><ds:X509SerialNumber>" + c.info().serial_decimal +
         "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>";
}

}  // namespace

signed_info_text write_exclusive_signed_info(const signing_methods& methods, std::string_view body_id, std::string_view digest) {
  const std::string reference = "#" + std::string(body_id);
  const std::string transforms = transform(uri::exc_c14n);
  return {signed_info("", uri::exc_c14n, methods, reference, transforms, digest),
          signed_info(declaration("ds", xml::ns::ds), uri::exc_c14n, methods, reference, transforms, digest)};
}

std::string write_security(std::string_view soap_prefix, const signed_info_text& info, std::string_view signature_value,
                           const crypto::certificate& c, transport_profile profile, std::string_view unique) {
  const std::string id(unique);
  // An attribute never takes the default namespace, so a message without a prefix for SOAP gets one here.
  const std::string soap(soap_prefix.empty() ? "soap" : soap_prefix);
  std::string out = "<wsse:Security" + declaration("wsse", xml::ns::wsse) + declaration("wsu", xml::ns::wsu);
  if (soap_prefix.empty()) out += declaration(soap, xml::ns::soap11);
  out += " " + soap + ":mustUnderstand=\"1\"><ds:Signature" + declaration("ds", xml::ns::ds) + " Id=\"SIG-" + id + "\">" + info.in_message +
         "<ds:SignatureValue>" + to_base64(signature_value) + "</ds:SignatureValue><ds:KeyInfo Id=\"KI-" + id +
         "\"><wsse:SecurityTokenReference wsu:Id=\"STR-" + id + "\">";
  out += profile == transport_profile::key_identifier ? key_identifier(c) : issuer_serial(c);
  out += "</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>";
  return out;
}

std::string write_business_signature(const signing_methods& methods, const business_reference& reference, std::string_view digest,
                                     std::string_view signature_value, const crypto::certificate& c) {
  const std::string transforms = (reference.enveloped ? transform(uri::enveloped_signature) : "") + transform(uri::c14n_with_comments);
  const std::string_view c14n = reference.id.empty() ? uri::c14n : uri::exc_c14n;
  const std::string target = reference.id.empty() ? "" : "#" + std::string(reference.id);
  return "<ds:Signature" + declaration("ds", xml::ns::ds) + ">" + signed_info("", c14n, methods, target, transforms, digest) +
         "<ds:SignatureValue>" + to_base64(signature_value) + "</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>" +
         to_base64(c.der()) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>";
}

}  // namespace shep::eds
