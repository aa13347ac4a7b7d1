#include "eds/envelope.hpp"

#include "eds/problems.hpp"

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

problem misplaced(element at, std::string detail) {
  return {problems::soap_structure, std::move(detail), at.xpath(), "a message is Envelope { Header?, Body }, each once and in this order"};
}

result<element> one_security(element header) {
  const auto found = header.children({ns::wsse, "Security"});
  if (found.size() > 1) return misplaced(found[1], "a second wsse:Security header");
  return found.empty() ? element() : found.front();
}

}  // namespace

result<envelope> read_envelope(const xml::document& document) {
  envelope e;
  e.root = document.root();
  e.soap12 = e.root.is({ns::soap12, "Envelope"});
  if (!e.soap12 && !e.root.is({ns::soap11, "Envelope"}))
    return misplaced(e.root, "the root element is {" + std::string(e.root.namespace_uri()) + "}" + std::string(e.root.local_name()) +
                                 ", expected Envelope of SOAP 1.1 (" + std::string(ns::soap11) + ")");
  const std::string_view soap = e.soap12 ? ns::soap12 : ns::soap11;
  element next = e.root.first_child();
  if (next.is({soap, "Header"})) {
    e.header = next;
    next = next.next_sibling();
  }
  if (!next.is({soap, "Body"})) return misplaced(next ? next : e.root, "soap:Body is expected here");
  e.body = next;
  if (const element extra = next.next_sibling(); extra.is({ns::ds, "Signature"}))
    return problem(problems::signature_missing, "ds:Signature stands after soap:Body, at " + extra.xpath(), extra.xpath(),
                   "the transport signature must stand in wsse:Security inside soap:Header");
  else if (extra) return misplaced(extra, "'" + std::string(extra.local_name()) + "' after soap:Body");
  if (e.header) {
    const auto security = one_security(e.header);
    if (!security) return security.error();
    e.security = *security;
  }
  return e;
}

}  // namespace shep::eds
