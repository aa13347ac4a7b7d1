#include "vectors/xml/node_set.hpp"

#include "xml/tree.hpp"

#include <memory>
#include <stdexcept>

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

namespace shep::xml {
namespace {

std::string_view view(const xmlChar* text) { return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view(); }

bool same_kind(xmlNodePtr theirs, pugi::xml_node ours) {
  switch (ours.type()) {
    case pugi::node_element: return theirs->type == XML_ELEMENT_NODE;
    case pugi::node_pcdata: return theirs->type == XML_TEXT_NODE;
    case pugi::node_cdata: return theirs->type == XML_CDATA_SECTION_NODE;
    case pugi::node_comment: return theirs->type == XML_COMMENT_NODE;
    case pugi::node_pi: return theirs->type == XML_PI_NODE;
    default: return false;
  }
}

std::string qualified(const xmlNs* ns, const xmlChar* local) {
  return ns && ns->prefix ? std::string(view(ns->prefix)) + ":" + std::string(view(local)) : std::string(view(local));
}

}  // namespace

general_node_set::general_node_set(const document& ours, xmlDocPtr theirs, std::string_view xpath_file) {
  select(theirs, xpath_file);
  carry_over(reinterpret_cast<xmlNodePtr>(theirs), document_access::top(ours));
}

void general_node_set::select(xmlDocPtr theirs, std::string_view xpath_file) {
  const oracle::document file = oracle::parse(xpath_file, true);
  if (!file) throw std::runtime_error("the XPath file is not XML");
  const xmlNodePtr holder = xmlDocGetRootElement(file.get());
  const std::unique_ptr<xmlXPathContext, void (*)(xmlXPathContextPtr)> context(xmlXPathNewContext(theirs), xmlXPathFreeContext);
  for (const xmlNs* ns = holder->nsDef; ns; ns = ns->next) xmlXPathRegisterNs(context.get(), ns->prefix, ns->href);
  const std::unique_ptr<xmlChar, void (*)(void*)> expression(xmlNodeGetContent(holder), xmlFree);
  const std::unique_ptr<xmlXPathObject, void (*)(xmlXPathObjectPtr)> found(xmlXPathEvalExpression(expression.get(), context.get()),
                                                                           xmlXPathFreeObject);
  if (!found || found->type != XPATH_NODESET) throw std::runtime_error("the XPath expression selects no node set");
  for (int i = 0; found->nodesetval && i < found->nodesetval->nodeNr; ++i) {
    const xmlNodePtr node = found->nodesetval->nodeTab[i];
    if (node->type == XML_NAMESPACE_DECL) {
      // In a node set libxml2 keeps the owner of a namespace node in its `next`.
      const auto* ns = reinterpret_cast<const xmlNs*>(node);
      selected_namespaces_.insert({ns->next, std::string(view(ns->prefix))});
    } else {
      selected_.insert(node);
    }
  }
}

void general_node_set::carry_over(xmlNodePtr theirs, pugi::xml_node ours) {
  if (selected_.contains(theirs)) nodes_.insert(ours.internal_object());
  if (theirs->type == XML_ELEMENT_NODE) {
    for (xmlAttrPtr a = theirs->properties; a; a = a->next) {
      const pugi::xml_attribute own = ours.attribute(qualified(a->ns, a->name).c_str());
      if (!own) throw std::runtime_error("an attribute is missing in our tree: " + qualified(a->ns, a->name));
      if (selected_.contains(a)) nodes_.insert(own.internal_object());
    }
    for (auto it = selected_namespaces_.lower_bound({theirs, ""}); it != selected_namespaces_.end() && it->first == theirs; ++it) {
      namespaces_.insert({ours.internal_object(), it->second});
    }
  }
  pugi::xml_node own = ours.first_child();
  for (xmlNodePtr child = theirs->children; child; child = child->next, own = own.next_sibling()) {
    if (!own || !same_kind(child, own)) throw std::runtime_error("the trees differ below " + std::string(view(theirs->name)));
    carry_over(child, own);
  }
  if (own) throw std::runtime_error("our tree has more nodes below " + std::string(view(theirs->name)));
}

oracle::membership general_node_set::their_membership() const {
  return [this](xmlNodePtr node, xmlNodePtr parent) {
    if (node->type != XML_NAMESPACE_DECL) return selected_.contains(node);
    return selected_namespaces_.contains({parent, std::string(view(reinterpret_cast<const xmlNs*>(node)->prefix))});
  };
}

}  // namespace shep::xml
