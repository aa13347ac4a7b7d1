#include "contract/prepared.hpp"

#include "xml/c14n.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <filesystem>

namespace shep::contract {
namespace {

problem cannot(std::string why) { return {problems::usage, std::move(why)}; }

/// Hints of where a schema stands; libxml2 would follow them and put what it finds into the schema that others are using.
void take_locations_out(xmlNodePtr element) {
  for (xmlAttrPtr a = element->properties; a != nullptr;) {
    xmlAttrPtr next = a->next;
    const bool instance = a->ns != nullptr && view(a->ns->href) == xml::ns::xsi;
    if (instance && (view(a->name) == "schemaLocation" || view(a->name) == "noNamespaceSchemaLocation")) xmlRemoveProp(a);
    a = next;
  }
}

void rename_root(xmlDocPtr document, const root_name& as) {
  xmlNodePtr root = xmlDocGetRootElement(document);
  while (root->properties != nullptr) xmlRemoveProp(root->properties);
  xmlNodeSetName(root, chars(as.local));
  xmlNsPtr space = nullptr;
  for (int i = 0; space == nullptr && i < 64; ++i) space = xmlNewNs(root, chars(as.space), chars("as" + std::to_string(i)));
  xmlSetNs(root, space);
}

/// Empties every `data` below requestData and responseData: it may carry anything.
void empty_data(xmlDocPtr document) {
  xmlNodePtr root = xmlDocGetRootElement(document);
  for (xmlNodePtr n = root; n != nullptr; n = next_node(n, root)) {
    if (n->type != XML_ELEMENT_NODE || view(n->name) != "data" || n->parent == nullptr) continue;
    if (view(n->parent->name) != "requestData" && view(n->parent->name) != "responseData") continue;
    while (n->properties != nullptr) xmlRemoveProp(n->properties);
    while (n->children != nullptr) {
      xmlNodePtr child = n->children;
      xmlUnlinkNode(child);
      xmlFreeNode(child);
    }
    return;
  }
}

}  // namespace

std::string beside(std::string_view name, std::string_view location) {
  return (std::filesystem::path(name).parent_path() / std::filesystem::path(location)).lexically_normal().generic_string();
}

xmlNodePtr next_node(xmlNodePtr node, xmlNodePtr apex) {
  if (node->type == XML_ELEMENT_NODE && node->children != nullptr) return node->children;
  while (node != apex && node->next == nullptr) node = node->parent;
  return node == apex ? nullptr : node->next;
}

result<document_ptr> prepare(const subject& what) {
  if (!what.root) return cannot("there is no XML");
  xml::string_sink canonical;
  xml::c14n_options options;
  options.exclusive = false;
  if (const auto ok = xml::canonicalize(what.root, options, canonical); !ok) return cannot(ok.error().detail);
  if (canonical.text.size() > schema::most_octets)
    return cannot("it is larger than " + std::to_string(schema::most_octets >> 20) + " MiB, which is as much as is checked");
  document_ptr document = read_octets(canonical.text);
  if (!document) return cannot("libxml2 does not read it");
  xmlNodePtr root = xmlDocGetRootElement(document.get());
  for (xmlNodePtr n = root; n != nullptr; n = next_node(n, root))
    if (n->type == XML_ELEMENT_NODE) take_locations_out(n);
  if (what.as) rename_root(document.get(), *what.as);
  if (what.without_data) empty_data(document.get());
  return document;
}

place place_of(xmlNodePtr node, xml::element root, const std::string& named) {
  place out;
  out.element = root;
  if (node != nullptr && node->type == XML_ELEMENT_NODE && !named.empty())
    for (xmlAttrPtr a = node->properties; a != nullptr; a = a->next)
      if (view(a->name) == named) {
        node = reinterpret_cast<xmlNodePtr>(a);
        break;
      }
  std::string attribute;
  if (node != nullptr && node->type == XML_ATTRIBUTE_NODE) {
    attribute = "/@" + std::string(view(node->name));
    xmlChar* text = xmlNodeGetContent(node);
    out.value = view(text);
    xmlFree(text);
    node = node->parent;
  }
  while (node != nullptr && node->type != XML_ELEMENT_NODE && node->type != XML_DOCUMENT_NODE) node = node->parent;
  if (node == nullptr || node->type != XML_ELEMENT_NODE) {
    out.xpath = root.xpath();
    return out;
  }
  if (attribute.empty() && xmlChildElementCount(node) == 0) {
    xmlChar* text = xmlNodeGetContent(node);
    out.value = view(text);
    xmlFree(text);
  }
  std::vector<std::size_t> ordinals;  // of each element among its elder sisters, leaf first
  for (xmlNodePtr n = node; n->parent != nullptr && n->parent->type == XML_ELEMENT_NODE; n = n->parent) {
    std::size_t before = 0;
    for (xmlNodePtr elder = n->prev; elder != nullptr; elder = elder->prev) before += elder->type == XML_ELEMENT_NODE ? 1 : 0;
    ordinals.push_back(before);
  }
  for (auto i = ordinals.rbegin(); i != ordinals.rend(); ++i) {
    xml::element child = out.element.first_child();
    for (std::size_t k = 0; k < *i && child; ++k) child = child.next_sibling();
    if (!child) break;
    out.element = child;
  }
  out.xpath = out.element.xpath() + attribute;
  return out;
}

}  // namespace shep::contract
