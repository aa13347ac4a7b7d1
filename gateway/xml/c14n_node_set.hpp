#pragma once

#include "xml/element.hpp"

#include <algorithm>
#include <span>

#include <pugixml.hpp>

/// Private to module xml (and to the tests of its node sets).
namespace shep::xml {

/// The node set the product uses: a subtree with everything in it, except what enveloped-signature leaves out. Costs nothing.
/// Any other node set has `everything = false` and answers in addition: `has(node)`, `has(element, attribute)` and
/// `has_namespace(element, prefix)` for a prefix that is bound at the element.
struct whole_subtree {
  static constexpr bool everything = true;
  pugi::xml_node omitted;
  bool omits(pugi::xml_node node) const { return omitted && node == omitted; }
};

/// The same with several elements left out. A type of its own, so that the common case asks one question a node and no more.
struct subtree_without_several {
  static constexpr bool everything = true;
  std::span<const element> omitted;
  bool omits(pugi::xml_node node) const {
    return std::find(omitted.begin(), omitted.end(), element(node.internal_object())) != omitted.end();
  }
};

template <class NodeSet>
bool omits(const NodeSet& nodes, pugi::xml_node node) {
  if constexpr (NodeSet::everything) return nodes.omits(node);
  return false;
}

template <class NodeSet>
bool has(const NodeSet& nodes, pugi::xml_node node) {
  if constexpr (!NodeSet::everything) return nodes.has(node);
  return true;
}

template <class NodeSet>
bool has(const NodeSet& nodes, pugi::xml_node owner, pugi::xml_attribute a) {
  if constexpr (!NodeSet::everything) return nodes.has(owner, a);
  return true;
}

}  // namespace shep::xml
