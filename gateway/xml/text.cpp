#include "xml/text.hpp"

#include "xml/problems.hpp"

#include <pugixml.hpp>

namespace shep::xml {
namespace {

bool is_text(pugi::xml_node node) { return node.type() == pugi::node_pcdata; }
bool is_cdata(pugi::xml_node node) { return node.type() == pugi::node_cdata; }

std::string_view name_of_kind(pugi::xml_node_type type) {
  switch (type) {
    case pugi::node_element: return "an element";
    case pugi::node_comment: return "a comment";
    case pugi::node_pi: return "a processing instruction";
    case pugi::node_cdata: return "a CDATA section";
    default: return "another node";
  }
}

}  // namespace

std::string text_of(element e) {
  std::string text;
  for (pugi::xml_node child = pugi::xml_node(e.handle()).first_child(); child; child = child.next_sibling()) {
    if (is_text(child) || is_cdata(child)) text += child.value();
  }
  return text;
}

result<std::string> token_of(element e) {
  const pugi::xml_node first = pugi::xml_node(e.handle()).first_child();
  for (pugi::xml_node child = first; child; child = child.next_sibling()) {
    if (is_text(child)) continue;
    return problem(problems::xml_mixed_value,
                   "the value holds " + std::string(name_of_kind(child.type())) + "; one uninterrupted text was expected", e.xpath(),
                   "write the value as plain text");
  }
  // Two texts never stand side by side in a tree that came through the door, so the first one is the whole value.
  return std::string(first.value());
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto from = text.find_first_not_of(space);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(space) - from + 1);
}

content_form form_of(element e) {
  bool elements = false, text = false, cdata = false, ink = false;
  for (pugi::xml_node child = pugi::xml_node(e.handle()).first_child(); child; child = child.next_sibling()) {
    elements |= child.type() == pugi::node_element;
    text |= is_text(child);
    cdata |= is_cdata(child);
    ink |= is_cdata(child) || (is_text(child) && !trimmed(child.value()).empty());
  }
  if (elements) return ink ? content_form::mixed : content_form::elements;
  if (cdata) return content_form::cdata;
  return text ? content_form::text : content_form::empty;
}

}  // namespace shep::xml
