#include "protocol/soap_headers.hpp"

#include "protocol/problems.hpp"

namespace shep::protocol {
namespace {

namespace xns = xml::ns;

constexpr std::string_view next_actor = "http://schemas.xmlsoap.org/soap/actor/next";

bool for_us(xml::element block) {
  const auto actor = block.attribute_value({xns::soap11, "actor"});
  return !actor || actor->empty() || *actor == next_actor;
}

bool understood(xml::element block) { return block.is({xns::wsse, "Security"}) || block.is({xns::ds, "Signature"}); }

}  // namespace

result<void> check_soap_headers(const eds::envelope& message) {
  if (message.soap12)
    return problem(problems::version_mismatch, "the envelope is SOAP 1.2", message.root.xpath(),
                   "use the namespace " + std::string(xns::soap11));
  for (xml::element block = message.header.first_child(); block; block = block.next_sibling()) {
    const auto must = block.attribute_value({xns::soap11, "mustUnderstand"});
    if (must && *must != "0" && for_us(block) && !understood(block))
      return problem(problems::must_understand,
                     "the header {" + std::string(block.namespace_uri()) + "}" + std::string(block.local_name()) +
                         " must be understood and is not known",
                     block.xpath());
  }
  return {};
}

}  // namespace shep::protocol
