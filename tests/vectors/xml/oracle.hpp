#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <libxml/tree.h>

/// libxml2, as the second opinion on canonical forms.
namespace shep::xml::oracle {

struct free_doc {
  void operator()(xmlDocPtr doc) const { xmlFreeDoc(doc); }
};
using document = std::unique_ptr<xmlDoc, free_doc>;

/// Null when libxml2 does not read the text. `with_dtd` loads and applies DTDs from `folder`, for published documents only.
document parse(std::string_view text, bool with_dtd = false, const std::string& path = {});

/// False when a namespace name is one that libxml2 cannot canonicalize rightly: not a URI of RFC 3986 (it reports an error), or with
/// a character that has to be escaped (it writes the character as it is).
bool writes_namespaces_of(xmlDocPtr doc);

/// Every element in document order.
std::vector<xmlNodePtr> elements(xmlDocPtr doc);

struct request {
  bool exclusive = false;
  bool with_comments = false;
  std::vector<std::string> inclusive_prefixes;
  xmlNodePtr apex = nullptr;     ///< null for the whole document
  xmlNodePtr omitted = nullptr;  ///< this subtree is left out
};

/// Canonical form of the whole document or of a subtree; nothing when libxml2 reports an error.
std::optional<std::string> canonical(xmlDocPtr doc, const request& r);

/// Membership of any node set: (node or namespace, its element).
using membership = std::function<bool(xmlNodePtr, xmlNodePtr)>;
std::optional<std::string> canonical(xmlDocPtr doc, const request& r, const membership& has);

}  // namespace shep::xml::oracle
