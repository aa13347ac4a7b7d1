#pragma once

#include "core/bytes.hpp"
#include "eds/algorithms.hpp"
#include "support/pki.hpp"
#include "xml/names.hpp"

#include <string>
#include <vector>

/// SOAP messages as texts, put together from parts that a test may replace. Every value is invented.
namespace shep::test {

inline const std::string types_ns = "http://bip.bee.kz/SyncChannel/v10/Types";

inline std::string xmlns(const std::string& prefix, std::string_view uri) { return " xmlns:" + prefix + "=\"" + std::string(uri) + "\""; }

/// requestInfo and requestData of shep-protocol.md section 1.3.
struct request_parts {
  std::string message_id = "<messageId>00000000-0000-4000-8000-000000000001</messageId>";
  std::string correlation_id{};
  std::string service_id = "<serviceId>DEMO_SERVICE</serviceId>";
  std::string message_date = "<messageDate>2030-01-02T03:04:05.678+05:00</messageDate>";
  std::string route_id{};
  std::string sender = "<sender><senderId>demo-sender</senderId><password>demo</password></sender>";
  std::string properties{};
  std::string session_id{};
  std::string data =
      "<data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
      "xsi:type=\"xs:string\">&lt;r:request xmlns:r=\"urn:demo\">&lt;uin>000000000000&lt;/uin>&lt;/r:request></data>";

  std::string info() const { return message_id + correlation_id + service_id + message_date + route_id + sender + properties + session_id; }
  std::string request() const {
    return "<request><requestInfo>" + info() + "</requestInfo><requestData>" + data + "</requestData></request>";
  }
  std::string wrapper() const { return "<t:SendMessage" + xmlns("t", types_ns) + ">" + request() + "</t:SendMessage>"; }
};

struct message_parts {
  std::string before{};  ///< in front of the Envelope: XML declaration, byte order mark
  std::string envelope_attributes{};
  std::string header{};
  std::string body_attributes = xmlns("wsu", xml::ns::wsu) + " wsu:Id=\"id-1\"";
  std::string body = request_parts{}.wrapper();

  std::string text() const {
    return before + "<soap:Envelope" + xmlns("soap", xml::ns::soap11) + envelope_attributes + "><soap:Header>" + header +
           "</soap:Header><soap:Body" + body_attributes + ">" + body + "</soap:Body></soap:Envelope>";
  }
};

inline std::string unsigned_message(const std::string& body = request_parts{}.wrapper()) {
  message_parts parts;
  parts.body = body;
  return parts.text();
}

inline std::string method(const std::string& element, std::string_view algorithm, const std::string& inside = "") {
  return "<ds:" + element + " Algorithm=\"" + std::string(algorithm) + "\">" + inside + "</ds:" + element + ">";
}

inline std::string inclusive_namespaces(const std::string& list) {
  return "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"" + list + "\"/>";
}

/// An unfinished ds:Signature for template_signer.hpp.
struct signature_parts {
  struct reference {
    std::string uri = "#id-1";
    std::string transforms = method("Transform", eds::uri::exc_c14n);
    std::string digest_method = method("DigestMethod", eds::uri::sha256);
    std::string digest_value = "<ds:DigestValue>{digest}</ds:DigestValue>";
    std::string attributes{};

    std::string text() const {
      return "<ds:Reference" + attributes + " URI=\"" + uri + "\">" +
             (transforms.empty() ? "" : "<ds:Transforms>" + transforms + "</ds:Transforms>") + digest_method + digest_value +
             "</ds:Reference>";
    }
  };
  std::string attributes{};
  std::string c14n = method("CanonicalizationMethod", eds::uri::exc_c14n);
  std::string signature_method = method("SignatureMethod", eds::uri::rsa_sha256);
  std::vector<reference> references = {reference{}};
  std::string value = "<ds:SignatureValue>{value}</ds:SignatureValue>";
  std::string key_info{};  ///< whole ds:KeyInfo
  std::string after{};     ///< behind KeyInfo

  std::string signed_info() const {
    std::string out = "<ds:SignedInfo>" + c14n + signature_method;
    for (const reference& r : references) out += r.text();
    return out + "</ds:SignedInfo>";
  }
  std::string text() const {
    return "<ds:Signature" + xmlns("ds", xml::ns::ds) + attributes + ">" + signed_info() + value + key_info + after + "</ds:Signature>";
  }
};

inline std::string security(const std::string& inside, const std::string& attributes = " soap:mustUnderstand=\"1\"") {
  return "<wsse:Security" + xmlns("wsse", xml::ns::wsse) + attributes + ">" + inside + "</wsse:Security>";
}

inline std::string key_info(const std::string& inside) { return "<ds:KeyInfo>" + inside + "</ds:KeyInfo>"; }
inline std::string token_reference(const std::string& inside) {
  return key_info("<wsse:SecurityTokenReference>" + inside + "</wsse:SecurityTokenReference>");
}
inline std::string key_identifier(const crypto::certificate& c) {
  return token_reference("<wsse:KeyIdentifier EncodingType=\"" + std::string(eds::uri::base64_binary) + "\" ValueType=\"" +
                         std::string(eds::uri::x509v3) + "\">" + to_base64(c.der()) + "</wsse:KeyIdentifier>");
}
inline std::string issuer_serial(const crypto::certificate& c) {
  return token_reference("<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>" + c.info().issuer +
                         "</ds:X509IssuerName><ds:X509SerialNumber>" + c.info().serial_decimal +
                         "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>");
}
inline std::string x509_certificate(const crypto::certificate& c) {
  return "<ds:X509Data><ds:X509Certificate>" + to_base64(c.der()) + "</ds:X509Certificate></ds:X509Data>";
}
inline std::string binary_token(const crypto::certificate& c, const std::string& id = "X509-1") {
  return "<wsse:BinarySecurityToken" + xmlns("wsu", xml::ns::wsu) + " wsu:Id=\"" + id + "\" EncodingType=\"" +
         std::string(eds::uri::base64_binary) + "\" ValueType=\"" + std::string(eds::uri::x509v3) + "\">" + to_base64(c.der()) +
         "</wsse:BinarySecurityToken>";
}
inline std::string token_uri(const std::string& uri = "#X509-1") {
  return token_reference("<wsse:Reference URI=\"" + uri + "\" ValueType=\"" + std::string(eds::uri::x509v3) + "\"/>");
}

/// The identifiers that belong to the key of the identity, in SignedInfo and in every Reference.
inline signature_parts with_methods_of(const crypto::identity& who, signature_parts s) {
  const auto methods = eds::methods_for(who.key.kind()).value();
  s.signature_method = method("SignatureMethod", methods.signature.uri);
  for (auto& r : s.references) r.digest_method = method("DigestMethod", methods.digest.uri);
  return s;
}

/// The transforms and the SignedInfo of the inner signature (shep-protocol.md section 4.4).
inline signature_parts business_signature(const crypto::certificate& c) {
  signature_parts s;
  s.c14n = method("CanonicalizationMethod", eds::uri::c14n);
  s.references[0].uri = "";
  s.references[0].transforms = method("Transform", eds::uri::enveloped_signature) + method("Transform", eds::uri::c14n_with_comments);
  s.key_info = key_info(x509_certificate(c));
  return s;
}

}  // namespace shep::test
