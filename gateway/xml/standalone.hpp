#pragma once

#include "xml/element.hpp"

#include <string>

#include <pugixml.hpp>

/// Private to module xml.
namespace shep::xml {

/// A copy of a subtree as a document of its own, with the namespaces its ancestors declare. Linear, iterative.
class standalone_tree {
 public:
  explicit standalone_tree(element apex);
  standalone_tree(const standalone_tree&) = delete;
  standalone_tree& operator=(const standalone_tree&) = delete;

  pugi::xml_node root() const { return nodes_.document_element(); }

 private:
  std::string text_;
  pugi::xml_document nodes_;
};

}  // namespace shep::xml
