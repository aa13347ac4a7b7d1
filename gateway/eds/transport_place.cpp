#include "eds/transport_place.hpp"

#include "core/bytes.hpp"
#include "eds/id_attributes.hpp"
#include "eds/problems.hpp"
#include "xml/text.hpp"

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

element first_signature_anywhere(element root) {
  for (element e = root; e; e = e.next_in_document(root))
    if (e.is({ns::ds, "Signature"})) return e;
  return {};
}

/// Tells a developer whose signature stands at the wrong place where it is and where it must be (shep-protocol.md section 6).
problem missing_signature(const envelope& parts) {
  const element stray = first_signature_anywhere(parts.root);
  const bool in_body = [&] {
    for (element e = stray; e; e = e.parent())
      if (e == parts.body) return true;
    return false;
  }();
  if (stray && !in_body)
    return {problems::signature_missing, "no ds:Signature in /Envelope/Header/wsse:Security; one was found at " + stray.xpath(),
            stray.xpath(), "the transport signature must stand in wsse:Security inside soap:Header"};
  return {problems::signature_missing, "no ds:Signature in /Envelope/Header/wsse:Security",
          parts.header ? parts.header.xpath() : parts.root.xpath(),
          "sign the Body by WS-Security; the signature of the business data does not replace it"};
}

}  // namespace

result<transport_place> locate_transport_signature(const envelope& parts) {
  // WS-Security section 10: at most one. A second, unsigned one beside a signed one is how freshness is forged (S10).
  if (const auto stamps = parts.security.children({ns::wsu, "Timestamp"}); stamps.size() > 1)
    return problem(problems::signature_constraints, "a second wsu:Timestamp in wsse:Security", stamps[1].xpath());
  std::vector<element> found;
  bool legacy = false;
  if (parts.security) found = parts.security.children({ns::ds, "Signature"});
  if (found.empty() && parts.header) {
    found = parts.header.children({ns::ds, "Signature"});
    legacy = !found.empty();
  } else if (parts.header && parts.header.child({ns::ds, "Signature"})) {
    return problem(problems::signature_constraints, "one signature in wsse:Security and another directly in soap:Header",
                   parts.header.child({ns::ds, "Signature"}).xpath());
  }
  if (found.empty()) return missing_signature(parts);
  if (found.size() > 1) return problem(problems::signature_constraints, "more than one transport signature", found[1].xpath());
  return transport_place{found.front(), legacy};
}

result<key_info> resolve_token(const key_info& key, const envelope& parts) {
  const auto holders = elements_with_id(parts.root, std::string_view(key.token_uri).substr(1));
  if (holders.size() != 1)
    return problem(problems::signing_certificate_missing,
                   "the token reference " + key.token_uri + " names " + std::to_string(holders.size()) + " elements");
  const element token = holders.front();
  if (!token.is({ns::wsse, "BinarySecurityToken"}) || token.parent() != parts.security)
    return problem(problems::signature_constraints, "the token reference does not name a BinarySecurityToken of this security header",
                   token.xpath());
  const auto type = token.attribute_value({"", "ValueType"});
  if (type && *type != uri::x509v3)
    return problem(problems::signature_constraints, "BinarySecurityToken with ValueType '" + std::string(*type) + "'", token.xpath());
  const auto text = xml::token_of(token);
  if (!text) return problem(problems::signature_format, text.error().detail, token.xpath());
  auto der = from_base64(*text);
  if (!der || der->size() > 16 << 10) return problem(problems::signature_format, "the token is not a certificate in base64", token.xpath());
  key_info resolved = key;
  resolved.form = key_info::kind::certificate;
  resolved.certificates.push_back(std::move(*der));
  return resolved;
}

}  // namespace shep::eds
