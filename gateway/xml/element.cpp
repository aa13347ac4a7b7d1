#include "xml/element.hpp"

#include "xml/qualified.hpp"
#include "xml/tree.hpp"

#include <algorithm>

namespace shep::xml {
namespace {

bool declares(std::string_view qualified, std::string_view prefix) {
  if (!is_declaration(qualified)) return false;
  return prefix.empty() ? qualified.size() == 5 : qualified.size() > 5 && qualified.substr(6) == prefix;
}

element element_of(pugi::xml_node node) { return element(node.internal_object()); }

pugi::xml_node next_element(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

}  // namespace

std::string_view element::local_name() const { return split_qualified(node_of(*this).name()).local; }
std::string_view element::prefix() const { return split_qualified(node_of(*this).name()).prefix; }
std::string_view element::namespace_uri() const { return resolve_prefix(prefix()); }

bool element::is(const name& n) const {
  const qualified_name own = split_qualified(node_of(*this).name());
  return handle_ && own.local == n.local && resolve_prefix(own.prefix) == n.space;
}

element element::parent() const {
  const pugi::xml_node up = node_of(*this).parent();
  return up.type() == pugi::node_element ? element_of(up) : element();
}

element element::first_child() const { return element_of(next_element(node_of(*this).first_child())); }
element element::next_sibling() const { return element_of(next_element(node_of(*this).next_sibling())); }

element element::next_in_document(element apex) const {
  if (const element below = first_child()) return below;
  for (element at = *this; at && !(at == apex); at = at.parent()) {
    if (const element beside = at.next_sibling()) return beside;
  }
  return {};
}

bool element::followed_by_text() const {
  for (pugi::xml_node n = node_of(*this).next_sibling(); n; n = n.next_sibling()) {
    const bool text = n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata;
    if (text && std::string_view(n.value()).find_first_not_of(" \t\r\n") != std::string_view::npos) return true;
  }
  return false;
}

bool element::has_attribute(std::span<const std::string_view> local_names, std::string_view value) const {
  for (pugi::xml_attribute a = pugi::xml_node(handle_).first_attribute(); a; a = a.next_attribute()) {
    const std::string_view name = a.name();
    if (value != a.value() || is_declaration(name)) continue;
    const std::string_view local = name.substr(name.find(':') + 1);
    if (std::find(local_names.begin(), local_names.end(), local) != local_names.end()) return true;
  }
  return false;
}

element element::child(const name& n) const {
  element at = first_child();
  while (at && !at.is(n)) at = at.next_sibling();
  return at;
}

std::vector<element> element::children() const {
  std::vector<element> all;
  for (element at = first_child(); at; at = at.next_sibling()) all.push_back(at);
  return all;
}

std::vector<element> element::children(const name& n) const {
  std::vector<element> all;
  for (element at = first_child(); at; at = at.next_sibling()) {
    if (at.is(n)) all.push_back(at);
  }
  return all;
}

std::optional<std::string_view> element::attribute_value(const name& n) const {
  for (pugi::xml_attribute a = node_of(*this).first_attribute(); a; a = a.next_attribute()) {
    const std::string_view qualified = a.name();
    const qualified_name own = split_qualified(qualified);
    if (own.local != n.local || is_declaration(qualified)) continue;
    if (own.prefix.empty() ? n.space.empty() : resolve_prefix(own.prefix) == n.space) return a.value();
  }
  return {};
}

std::vector<attribute> element::attributes() const {
  std::vector<attribute> all;
  for (pugi::xml_attribute a = node_of(*this).first_attribute(); a; a = a.next_attribute()) {
    if (is_declaration(a.name())) continue;
    const qualified_name own = split_qualified(a.name());
    all.push_back({own.prefix.empty() ? std::string_view() : resolve_prefix(own.prefix), own.prefix, own.local, a.value()});
  }
  return all;
}

std::string_view element::resolve_prefix(std::string_view prefix) const {
  if (prefix == "xml") return ns::xml;
  if (prefix == "xmlns") return ns::xmlns;
  for (pugi::xml_node at = node_of(*this); at; at = at.parent()) {
    // The tree writer puts an element's declarations before its attributes, so that many attributes cost nothing here.
    for (pugi::xml_attribute a = at.first_attribute(); a && is_declaration(a.name()); a = a.next_attribute()) {
      if (declares(a.name(), prefix)) return a.value();
    }
  }
  return {};
}

std::string element::xpath() const {
  std::vector<std::string> steps;
  for (pugi::xml_node at = node_of(*this); at.type() == pugi::node_element; at = at.parent()) {
    std::size_t index = 1;
    for (pugi::xml_node before = at.previous_sibling(); before; before = before.previous_sibling()) {
      if (before.type() == pugi::node_element && std::string_view(before.name()) == at.name()) ++index;
    }
    steps.push_back("/" + std::string(at.name()) + "[" + std::to_string(index) + "]");
  }
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) path += *step;
  return path;
}

}  // namespace shep::xml
