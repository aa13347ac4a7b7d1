#include "xml/standalone.hpp"

#include "xml/qualified.hpp"
#include "xml/tree.hpp"
#include "xml/tree_writer.hpp"

#include <set>
#include <string_view>

namespace shep::xml {
namespace {

void write_attributes(tree_writer& writer, pugi::xml_node node) {
  for (pugi::xml_attribute a = node.first_attribute(); a; a = a.next_attribute()) {
    const qualified_name name = split_qualified(a.name());
    writer.attribute(name.prefix, name.local, a.value());
  }
}

// The nearest declaration of each prefix wins; those of the element itself are written with its attributes.
void write_inherited(tree_writer& writer, pugi::xml_node apex) {
  std::set<std::string_view> known;
  for (pugi::xml_node at = apex; at; at = at.parent()) {
    for (pugi::xml_attribute a = at.first_attribute(); a; a = a.next_attribute()) {
      if (!is_declaration(a.name()) || !known.insert(a.name()).second || at == apex) continue;
      const qualified_name name = split_qualified(a.name());
      writer.attribute(name.prefix, name.local, a.value());
    }
  }
}

void open(tree_writer& writer, pugi::xml_node node, pugi::xml_node apex) {
  switch (node.type()) {
    case pugi::node_element: {
      const qualified_name name = split_qualified(node.name());
      writer.start(name.prefix, name.local);
      if (node == apex) write_inherited(writer, apex);
      write_attributes(writer, node);
      return;
    }
    case pugi::node_pcdata: writer.text(node.value()); return;
    case pugi::node_cdata:
      writer.start_cdata();
      writer.cdata(node.value());
      writer.end_cdata();
      return;
    case pugi::node_comment: writer.comment(node.value()); return;
    case pugi::node_pi: writer.instruction(node.name(), node.value()); return;
    default: return;
  }
}

void close(tree_writer& writer, pugi::xml_node node) {
  if (node.type() != pugi::node_element) return;
  const qualified_name name = split_qualified(node.name());
  writer.end(name.prefix, name.local);
}

}  // namespace

standalone_tree::standalone_tree(element top) {
  const pugi::xml_node apex(top.handle());
  tree_writer writer(text_);
  open(writer, apex, apex);
  for (pugi::xml_node at = apex;;) {
    if (const pugi::xml_node child = at.first_child()) {
      open(writer, at = child, apex);
      continue;
    }
    close(writer, at);
    while (at != apex && !at.next_sibling()) close(writer, at = at.parent());
    if (at == apex) break;
    open(writer, at = at.next_sibling(), apex);
  }
  build_in_place(nodes_, text_);
}

}  // namespace shep::xml
