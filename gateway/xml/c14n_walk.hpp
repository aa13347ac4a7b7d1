#pragma once

#include "xml/c14n_start_tag.hpp"

#include <vector>

#include <pugixml.hpp>

/// Private to module xml (and to the tests of its node sets): the walk behind `canonicalize`.
namespace shep::xml {

/// One canonicalization, to be used once. Iterative: one small frame for each open element.
template <class NodeSet>
class canonical_walk {
 public:
  canonical_walk(const c14n_options& options, const NodeSet& nodes, octet_sink& sink)
      : options_(options), nodes_(nodes), out_(sink), tags_(options, nodes, out_) {}

  result<void> subtree(pugi::xml_node apex) {
    if (!apex || omits(nodes_, apex)) return nothing_left();
    tags_.load_context(apex);
    walk(apex);
    return finish();
  }

  result<void> document(pugi::xml_node top) {
    bool after_root = false;
    for (pugi::xml_node node = top.first_child(); node; node = node.next_sibling()) {
      if (node.type() == pugi::node_element) {
        if (omits(nodes_, node)) return nothing_left();
        walk(node);
        after_root = true;
      } else if (has(nodes_, node) && (node.type() == pugi::node_pi || options_.with_comments)) {
        if (after_root) out_.put('\n');
        leaf(node, node.type());
        if (!after_root) out_.put('\n');
      }
    }
    return finish();
  }

 private:
  struct frame {
    std::size_t mark;
    std::string_view name;
    bool visible;
  };

  static problem nothing_left() {
    return problem(problems::xml_canonicalization,
                   "nothing is left to canonicalize: there is no element, or it is itself the one to be left out");
  }

  // An empty canonical form must never reach a digest that somebody then finds to be "right" (security catalogue S39).
  result<void> finish() {
    if (tags_.failed()) return tags_.failure();
    if (NodeSet::everything && !out_.wrote_anything()) return nothing_left();
    out_.flush();
    return {};
  }

  void walk(pugi::xml_node apex) {
    pugi::xml_node at = apex;
    bool is_element = enter(at, true);
    while (!tags_.failed()) {
      if (is_element) {
        if (const pugi::xml_node child = first_kept(at.first_child())) {
          is_element = enter(at = child, false);
          continue;
        }
        close(at);
      }
      for (;;) {
        if (at == apex) return;
        if (const pugi::xml_node next = first_kept(at.next_sibling())) {
          is_element = enter(at = next, false);
          break;
        }
        at = at.parent();
        close(at);
      }
    }
  }

  pugi::xml_node first_kept(pugi::xml_node node) const {
    while (node && omits(nodes_, node)) node = node.next_sibling();
    return node;
  }

  /// Writes what comes before the children; says whether there is something to close.
  bool enter(pugi::xml_node node, bool is_apex) {
    const pugi::xml_node_type type = node.type();
    if (type == pugi::node_element) {
      open(node, is_apex);
      return true;
    }
    if (has(nodes_, node)) leaf(node, type);
    return false;
  }

  void leaf(pugi::xml_node node, pugi::xml_node_type type) {
    switch (type) {
      case pugi::node_pcdata:
      case pugi::node_cdata: out_.text(node.value()); return;
      case pugi::node_comment:
        if (!options_.with_comments) return;
        out_.put("<!--");
        out_.put(node.value());
        out_.put("-->");
        return;
      case pugi::node_pi:
        out_.put("<?");
        out_.put(node.name());
        if (*node.value() != '\0') out_.put(' ');
        out_.put(node.value());
        out_.put("?>");
        return;
      default: return;
    }
  }

  void open(pugi::xml_node node, bool is_apex) {
    const bool visible = has(nodes_, node);
    if (options_.marks != nullptr) options_.marks->push_back({element(node.internal_object()), out_.written(), true});
    frames_.push_back({tags_.mark(), node.name(), visible});
    tags_.write(node, is_apex, visible);
  }

  void close(pugi::xml_node node) {
    const frame& last = frames_.back();
    if (last.visible) {
      out_.put("</");
      out_.put(last.name);
      out_.put('>');
    }
    if (options_.marks != nullptr) options_.marks->push_back({element(node.internal_object()), out_.written(), false});
    tags_.undo(last.mark);
    frames_.pop_back();
  }

  const c14n_options& options_;
  const NodeSet& nodes_;
  c14n_output out_;
  start_tags<NodeSet> tags_;
  std::vector<frame> frames_;
};

}  // namespace shep::xml
