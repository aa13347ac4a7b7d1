#pragma once

#include "xml/document.hpp"

#include <string>

#include <pugixml.hpp>

/// Private to module xml: what a document is made of.
namespace shep::xml {

/// `text` is the normalized form that expat's events were written to; `nodes` points into it.
struct document::tree {
  shared_bytes source;
  std::string text;
  pugi::xml_document nodes;
  usage used;
};

inline pugi::xml_node node_of(element e) { return pugi::xml_node(e.handle()); }

struct document_access {
  /// The node above the root element.
  static pugi::xml_node top(const document& d) { return d.tree_ ? static_cast<pugi::xml_node>(d.tree_->nodes) : pugi::xml_node(); }
};

/// Lets pugixml build nodes in place over text written by `tree_writer`. Names and values lie in the text in document order,
/// which makes pugixml's comparison of positions O(1). Throws std::logic_error when the text is not what the writer promises.
void build_in_place(pugi::xml_document& nodes, std::string& text);

}  // namespace shep::xml
