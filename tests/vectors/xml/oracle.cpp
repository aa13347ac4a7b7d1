#include "vectors/xml/oracle.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>

namespace shep::xml::oracle {
namespace {

void say_nothing(void*, const char*, ...) {}

xmlNodePtr next_in_document(xmlNodePtr node, xmlNodePtr apex) {
  if (node->children && node->type == XML_ELEMENT_NODE) return node->children;
  for (; node && node != apex; node = node->parent) {
    if (node->next) return node->next;
  }
  return nullptr;
}

bool within(xmlNodePtr node, xmlNodePtr apex) {
  for (; node; node = node->parent) {
    if (node == apex) return true;
  }
  return false;
}

int ask(void* user, xmlNodePtr node, xmlNodePtr parent) { return (*static_cast<const membership*>(user))(node, parent) ? 1 : 0; }

}  // namespace

document parse(std::string_view text, bool with_dtd, const std::string& path) {
  xmlSetGenericErrorFunc(nullptr, say_nothing);
  const int options =
      XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | (with_dtd ? XML_PARSE_DTDLOAD | XML_PARSE_DTDATTR | XML_PARSE_NOENT : 0);
  return document(xmlReadMemory(text.data(), static_cast<int>(text.size()), path.empty() ? nullptr : path.c_str(), nullptr, options));
}

bool writes_namespaces_of(xmlDocPtr doc) {
  for (const xmlNodePtr e : elements(doc)) {
    for (const xmlNs* ns = e->nsDef; ns; ns = ns->next) {
      const char* name = reinterpret_cast<const char*>(ns->href);
      if (!name || *name == '\0') continue;
      const std::unique_ptr<xmlURI, void (*)(xmlURIPtr)> uri(xmlParseURI(name), xmlFreeURI);
      if (!uri || std::string_view(name).find_first_of("&<\"") != std::string_view::npos) return false;
    }
  }
  return true;
}

std::vector<xmlNodePtr> elements(xmlDocPtr doc) {
  std::vector<xmlNodePtr> all;
  const xmlNodePtr root = xmlDocGetRootElement(doc);
  for (xmlNodePtr at = root; at; at = next_in_document(at, root)) {
    if (at->type == XML_ELEMENT_NODE) all.push_back(at);
  }
  return all;
}

std::optional<std::string> canonical(xmlDocPtr doc, const request& r, const membership& has) {
  std::vector<xmlChar*> prefixes;
  for (const std::string& prefix : r.inclusive_prefixes)
    prefixes.push_back(const_cast<xmlChar*>(reinterpret_cast<const xmlChar*>(prefix.c_str())));
  prefixes.push_back(nullptr);
  const std::unique_ptr<xmlOutputBuffer, int (*)(xmlOutputBufferPtr)> buffer(xmlAllocOutputBuffer(nullptr), xmlOutputBufferClose);
  const int status =
      xmlC14NExecute(doc, has ? ask : nullptr, const_cast<membership*>(&has), r.exclusive ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0,
                     r.inclusive_prefixes.empty() ? nullptr : prefixes.data(), r.with_comments ? 1 : 0, buffer.get());
  if (status < 0) return {};
  return std::string(reinterpret_cast<const char*>(xmlOutputBufferGetContent(buffer.get())), xmlOutputBufferGetSize(buffer.get()));
}

std::optional<std::string> canonical(xmlDocPtr doc, const request& r) {
  if (!r.apex && !r.omitted) return canonical(doc, r, membership());
  return canonical(doc, r, [&r](xmlNodePtr node, xmlNodePtr parent) {
    const xmlNodePtr at = node->type == XML_NAMESPACE_DECL ? parent : node;
    return (!r.apex || within(at, r.apex)) && !(r.omitted && within(at, r.omitted));
  });
}

}  // namespace shep::xml::oracle
