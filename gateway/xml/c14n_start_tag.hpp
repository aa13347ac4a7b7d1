#pragma once

#include "xml/c14n_node_set.hpp"
#include "xml/c14n_output.hpp"
#include "xml/namespace_scope.hpp"
#include "xml/problems.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <pugixml.hpp>

/// Private to module xml (and to the tests of its node sets).
namespace shep::xml {

/// Writes start tags in document order: the namespace axis and the attribute axis of Canonical XML 1.0 section 2.3 and of Exclusive
/// XML Canonicalization 1.0 section 3. Both methods follow one rule: a declaration is written when its name differs from what the
/// output has declared for the prefix so far; they differ in which prefixes are asked for.
template <class NodeSet>
class start_tags {
 public:
  start_tags(const c14n_options& options, const NodeSet& nodes, c14n_output& out) : options_(options), nodes_(nodes), out_(out) {
    if (!options.exclusive) return;
    for (const std::string& prefix : options.inclusive_prefixes) {
      scope_.list(scope_.find_or_add(prefix == "#default" ? std::string_view() : std::string_view(prefix)));
    }
    for (const declaration& d : options.rendered)
      scope_.render(d.prefix.empty() ? namespace_scope::default_namespace : scope_.find_or_add(d.prefix), d.space);
  }

  /// What the ancestors of the apex declare. Before the first tag.
  void load_context(pugi::xml_node apex) {
    std::vector<pugi::xml_node> ancestors;
    for (pugi::xml_node up = above(apex); up.type() == pugi::node_element; up = above(up)) ancestors.push_back(up);
    for (auto up = ancestors.rbegin(); up != ancestors.rend(); ++up) {
      for (pugi::xml_attribute a = up->first_attribute(); a; a = a.next_attribute()) {
        if (is_declaration(a.name())) declare(*up, a.name(), a.value());
      }
    }
  }

  /// `visible`: the element is in the node set; of others only selected attributes and namespaces are written.
  void write(pugi::xml_node node, bool is_apex, bool visible) {
    const std::string_view name = node.name();
    const id own = known_id(prefix_of(name));
    declared_.clear();
    rows_.clear();
    for (pugi::xml_attribute a = node.first_attribute(); a; a = a.next_attribute()) read_attribute(node, a);
    if (visible && !options_.exclusive) inherit_xml_attributes(node, is_apex);
    if (visible) {
      require_bound(node, own);
      out_.put('<');
      out_.put(name);
    }
    write_declarations(node, own, is_apex, visible);
    write_attributes(node);
    if (visible) out_.put('>');
  }

  std::size_t mark() const { return scope_.mark(); }  ///< before an element's start tag
  void undo(std::size_t mark) { scope_.undo(mark); }  ///< after its end tag
  bool failed() const { return !problem_.detail.empty(); }
  const problem& failure() const { return problem_; }

 private:
  using id = namespace_scope::id;

  struct attribute_row {
    std::string_view prefix, local, qualified, value, space;
    bool visible;
  };

  struct declaration_row {
    std::string_view prefix, uri;
  };

  static bool is_declaration(std::string_view name) { return name.starts_with("xmlns") && (name.size() == 5 || name[5] == ':'); }

  static std::string_view prefix_of(std::string_view qualified) {
    const auto colon = qualified.find(':');
    return colon == std::string_view::npos ? std::string_view() : qualified.substr(0, colon);
  }

  void refuse(pugi::xml_node node, std::string detail, std::string hint) {
    if (problem_.detail.empty()) {
      problem_ = problem(problems::xml_canonicalization, std::move(detail), element(node.internal_object()).xpath(), std::move(hint));
    }
  }

  /// The parent, as far as the document that counts reaches.
  pugi::xml_node above(pugi::xml_node node) const {
    return node.internal_object() == options_.root.handle() ? pugi::xml_node() : node.parent();
  }

  id declare(pugi::xml_node owner, std::string_view name, std::string_view uri) {
    const std::string_view prefix = name.size() > 6 ? name.substr(6) : std::string_view();
    const id which = prefix.empty() ? namespace_scope::default_namespace : scope_.find_or_add(prefix);
    // Nothing declares the prefix xml in canonical form: its only possible name is known to all.
    if (prefix == "xml") return which;
    if (!uri.empty() && !is_absolute(uri)) {
      refuse(owner, "the namespace name \"" + std::string(uri.substr(0, 64)) + "\" is relative; Canonical XML knows absolute ones only",
             "declare the namespace with a scheme, as in urn:example or http://example.org/");
    }
    scope_.bind(which, uri);
    return which;
  }

  // RFC 3986 section 3.1: a scheme and a colon.
  static bool is_absolute(std::string_view uri) {
    const auto alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (!alpha(uri.front())) return false;
    for (const char c : uri) {
      if (c == ':') return true;
      if (!alpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
    }
    return false;
  }

  // Neighbours mostly share their prefix, which saves looking it up.
  id known_id(std::string_view prefix) {
    if (prefix.empty()) return namespace_scope::default_namespace;
    if (prefix != scope_[last_].prefix) last_ = scope_.find_or_add(prefix);
    return last_;
  }

  void read_attribute(pugi::xml_node owner, pugi::xml_attribute a) {
    const std::string_view name = a.name();
    if (is_declaration(name)) {
      declared_.push_back(declare(owner, name, a.value()));
      return;
    }
    const std::string_view prefix = prefix_of(name);
    rows_.push_back({prefix, prefix.empty() ? name : name.substr(prefix.size() + 1), name, a.value(), {}, has(nodes_, owner, a)});
  }

  // Canonical XML 1.0 section 2.4: an element whose parent is left out takes over the nearest xml:* attributes of its ancestors.
  void inherit_xml_attributes(pugi::xml_node node, bool is_apex) {
    pugi::xml_node up = above(node);
    if (up.type() != pugi::node_element || (NodeSet::everything ? !is_apex : has(nodes_, up))) return;
    std::set<std::string_view> known;
    for (const attribute_row& row : rows_) known.insert(row.qualified);
    for (; up.type() == pugi::node_element; up = above(up)) {
      for (pugi::xml_attribute a = up.first_attribute(); a; a = a.next_attribute()) {
        const std::string_view name = a.name();
        if (name.starts_with("xml:") && known.insert(name).second)
          rows_.push_back({name.substr(0, 3), name.substr(4), name, a.value(), {}, true});
      }
    }
  }

  // In a well-formed document every prefix is bound; only the cut that `root` makes can leave one without its declaration.
  void require_bound(pugi::xml_node node, id which) {
    const namespace_scope::binding& b = scope_[which];
    if (!options_.root || b.prefix.empty() || b.prefix == "xml" || !b.bound.empty()) return;
    refuse(node, "the prefix \"" + std::string(b.prefix) + "\" is declared outside of the element that stands alone",
           "declare the prefix inside of the signed part");
  }

  // What the output should say of the prefix at this element; empty when nothing.
  std::string_view wanted(pugi::xml_node node, id which) const {
    const namespace_scope::binding& b = scope_[which];
    if constexpr (!NodeSet::everything) {
      if (!b.bound.empty() && !nodes_.has_namespace(node, b.prefix)) return {};
    }
    return b.bound;
  }

  void consider(pugi::xml_node node, id which, bool visible) {
    const std::string_view uri = wanted(node, which);
    if (uri == scope_[which].rendered) return;
    // Only an element that is written can undo the default namespace; other prefixes are never undone.
    const bool written = !uri.empty() || (visible && which == namespace_scope::default_namespace);
    if (written) to_write_.push_back({scope_[which].prefix, uri});
    if (visible) scope_.render(which, uri);
  }

  void write_declarations(pugi::xml_node node, id own, bool is_apex, bool visible) {
    to_write_.clear();
    // Below the apex of a whole subtree only what an element declares itself can differ from what its parent has written.
    const bool all_prefixes = is_apex || !NodeSet::everything;
    if (options_.exclusive) {
      if (visible) consider_used(node, own);
      const auto listed = [&](id which) {
        if (scope_[which].listed) consider(node, which, visible);
      };
      if (all_prefixes) {
        for (id which = 0; which < scope_.size(); ++which) listed(which);
      } else {
        for (const id which : declared_) listed(which);
      }
    } else if (all_prefixes) {
      for (id which = 0; which < scope_.size(); ++which) consider(node, which, visible);
    } else {
      for (const id which : declared_) consider(node, which, visible);
    }
    if (to_write_.size() > 1) {
      std::sort(to_write_.begin(), to_write_.end(), [](const declaration_row& a, const declaration_row& b) { return a.prefix < b.prefix; });
    }
    for (const declaration_row& row : to_write_) out_.declaration(row.prefix, row.uri);
  }

  // "Visibly utilized": by the element's own name or by an attribute's. An attribute without prefix uses no namespace.
  void consider_used(pugi::xml_node node, id own) {
    consider(node, own, true);
    for (const attribute_row& row : rows_) {
      if (row.visible && !row.prefix.empty() && row.prefix != "xml") consider(node, known_id(row.prefix), true);
    }
  }

  void write_attributes(pugi::xml_node node) {
    for (attribute_row& row : rows_) {
      if (row.prefix.empty()) continue;
      const id which = known_id(row.prefix);
      require_bound(node, which);
      row.space = row.prefix == "xml" ? ns::xml : scope_[which].bound;
    }
    if (rows_.size() > 1) {
      std::sort(rows_.begin(), rows_.end(), [](const attribute_row& a, const attribute_row& b) {
        const int order = a.space.compare(b.space);
        return order != 0 ? order < 0 : a.local < b.local;
      });
    }
    for (const attribute_row& row : rows_) {
      if (row.visible) out_.attribute(row.qualified, row.value);
    }
  }

  const c14n_options& options_;
  const NodeSet& nodes_;
  c14n_output& out_;
  namespace_scope scope_;
  id last_ = namespace_scope::default_namespace;
  std::vector<id> declared_;         ///< by the element at hand
  std::vector<attribute_row> rows_;  ///< of the element at hand
  std::vector<declaration_row> to_write_;
  problem problem_;
};

}  // namespace shep::xml
