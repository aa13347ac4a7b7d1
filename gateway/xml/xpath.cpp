#include "xml/xpath.hpp"

#include "core/bytes.hpp"
#include "core/log.hpp"
#include "xml/problems.hpp"
#include "xml/standalone.hpp"
#include "xml/text.hpp"
#include "xml/tree.hpp"
#include "xml/xpath_cost.hpp"
#include "xml/xpath_rewrite.hpp"

#include <unordered_set>

namespace shep::xml {
namespace {

constexpr std::size_t longest_expression = 4096;

bool is_root(element e) { return node_of(e).parent().type() == pugi::node_document; }

pugi::xml_node next_node(pugi::xml_node at, pugi::xml_node apex) {
  if (at.first_child()) return at.first_child();
  while (at != apex && !at.next_sibling()) at = at.parent();
  return at == apex ? pugi::xml_node() : at.next_sibling();
}

// XPath 1.0 section 5.2: the text of the element and of all elements below it.
std::string string_value(pugi::xml_node apex) {
  std::string text;
  for (pugi::xml_node at = apex; at; at = next_node(at, apex)) {
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata) text += at.value();
  }
  return text;
}

}  // namespace

struct xpath::compiled {
  std::string expression;
  rewritten_xpath rewritten;
  pugi::xpath_query query;

  bool selects_nodes() const { return query.return_type() == pugi::xpath_type_node_set; }

  /// Calls `use` with the element to evaluate at: the root of a copy when the expression could otherwise see beyond the context.
  template <class Use>
  void at(element context, Use use) const {
    if (!context) return;
    if (!affordable(rewritten.degree, context)) {
      log::write(log::level::warning,
                 "an XPath is not evaluated: the message is too large for an expression that compares its parts with each other: " +
                     clipped(expression, 200));
      return;
    }
    if (!rewritten.stands_alone || is_root(context)) {
      use(node_of(context));
    } else {
      const standalone_tree copy(context);
      use(copy.root());
    }
  }

  std::string value_of(const pugi::xpath_node& found) const {
    if (found.attribute()) return found.attribute().value();
    if (found.node().type() == pugi::node_document) return string_value(found.node());
    if (found.node().type() != pugi::node_element) return found.node().value();
    return rewritten.reads_text ? text_of(element(found.node().internal_object())) : string_value(found.node());
  }
};

xpath::xpath(std::unique_ptr<compiled> c) : compiled_(std::move(c)) {}
xpath::xpath(xpath&&) noexcept = default;
xpath& xpath::operator=(xpath&&) noexcept = default;
xpath::~xpath() = default;

const std::string& xpath::expression() const { return compiled_->expression; }

result<xpath> xpath::compile(std::string_view expression, const std::map<std::string, std::string>& namespaces) {
  if (expression.size() > longest_expression) {
    return xpath_problem("the expression has " + std::to_string(expression.size()) + " octets, at most " +
                             std::to_string(longest_expression) + " are allowed",
                         longest_expression);
  }
  auto rewritten = rewrite_xpath(expression, namespaces);
  if (!rewritten) return rewritten.error();
  auto c = std::make_unique<compiled>();
  c->expression = expression;
  c->rewritten = std::move(*rewritten);
  try {
    c->query = pugi::xpath_query(c->rewritten.text.c_str());
  } catch (const pugi::xpath_exception& e) {
    const std::size_t offset = c->rewritten.original_offset(static_cast<std::size_t>(e.result().offset));
    return xpath_problem(std::string("the expression is not XPath 1.0: ") + e.what(), offset);
  }
  return xpath(std::move(c));
}

bool xpath::matches(element context) const {
  bool answer = false;
  compiled_->at(context, [&](pugi::xml_node root) { answer = compiled_->query.evaluate_boolean(root); });
  return answer;
}

std::string xpath::string(element context) const {
  std::string answer;
  compiled_->at(context, [&](pugi::xml_node root) {
    if (!compiled_->selects_nodes()) {
      answer = compiled_->query.evaluate_string(root);
    } else if (const pugi::xpath_node first = compiled_->query.evaluate_node_set(root).first()) {
      answer = compiled_->value_of(first);
    }
  });
  return answer;
}

std::vector<std::string> xpath::strings(element context) const {
  std::vector<std::string> answer;
  compiled_->at(context, [&](pugi::xml_node root) {
    if (!compiled_->selects_nodes()) {
      answer.push_back(compiled_->query.evaluate_string(root));
      return;
    }
    pugi::xpath_node_set found = compiled_->query.evaluate_node_set(root);
    found.sort();
    answer.reserve(found.size());
    for (const pugi::xpath_node& one : found) answer.push_back(compiled_->value_of(one));
  });
  return answer;
}

std::vector<element> xpath::elements(element context) const {
  std::vector<element> answer;
  if (!compiled_->selects_nodes()) return answer;
  compiled_->at(context, [&](pugi::xml_node root) {
    std::unordered_set<const void*> found;
    for (const pugi::xpath_node& one : compiled_->query.evaluate_node_set(root)) {
      if (one.node().type() == pugi::node_element) found.insert(one.node().internal_object());
    }
    if (found.empty()) return;
    // The evaluated tree may be a copy: it has the same elements in the same order.
    const element copy_root(root.internal_object());
    element original = context;
    for (element at = copy_root; at; at = at.next_in_document(copy_root), original = original.next_in_document(context)) {
      if (found.contains(at.handle())) answer.push_back(original);
    }
  });
  return answer;
}

}  // namespace shep::xml
