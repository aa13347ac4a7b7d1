#pragma once

#include "contract/libxml2.hpp"
#include "contract/schema.hpp"

/// Between our documents and libxml2's. Inside module contract only.
namespace shep::contract {

/// The subject as a document of libxml2's, made from its canonical octets: no DOCTYPE, no schema locations (X15), and with the root it
/// stands for. Error: what cannot be checked, in `detail`.
result<document_ptr> prepare(const subject&);

/// Where a node of the prepared document, or its attribute of this local name, stands in ours.
struct place {
  xml::element element;  ///< the nearest one
  std::string xpath;
  std::string value;  ///< text of an attribute, or of an element without elements inside
};
place place_of(xmlNodePtr, xml::element root, const std::string& attribute = {});

/// Next node below `apex` in document order; null at its end.
xmlNodePtr next_node(xmlNodePtr, xmlNodePtr apex);

/// "gbdfl/v1/message.xsd" and "../../xmldsig/xmldsig.xsd" make "xmldsig/xmldsig.xsd".
std::string beside(std::string_view name, std::string_view location);

}  // namespace shep::contract
