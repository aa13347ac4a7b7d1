#pragma once

#include "vectors/xml/oracle.hpp"
#include "xml/document.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

namespace shep::xml {

/// A general node set over our tree, for the walk behind `canonicalize`: whatever an XPath expression of libxml2 selected in its tree
/// of the same document, carried over node by node in document order.
class general_node_set {
 public:
  static constexpr bool everything = false;

  /// Throws std::runtime_error when the two trees differ in shape or the expression cannot be used.
  /// `xpath_file`: an element XPath whose text is the expression and whose namespace declarations bind its prefixes.
  general_node_set(const document& ours, xmlDocPtr theirs, std::string_view xpath_file);

  bool has(pugi::xml_node node) const { return nodes_.contains(node.internal_object()); }
  bool has(pugi::xml_node, pugi::xml_attribute a) const { return nodes_.contains(a.internal_object()); }
  bool has_namespace(pugi::xml_node owner, std::string_view prefix) const {
    return namespaces_.contains({owner.internal_object(), std::string(prefix)});
  }

  /// The same set for libxml2.
  oracle::membership their_membership() const;

 private:
  void select(xmlDocPtr theirs, std::string_view xpath_file);
  void carry_over(xmlNodePtr theirs, pugi::xml_node ours);

  std::set<const void*> selected_;  ///< libxml2's nodes and attributes
  std::set<std::pair<const void*, std::string>> selected_namespaces_;
  std::set<const void*> nodes_;  ///< ours
  std::set<std::pair<const void*, std::string>> namespaces_;
};

}  // namespace shep::xml
