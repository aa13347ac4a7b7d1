#include "mocks/engine/xml_pattern.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/xml_expectation.hpp"
#include "xml/document.hpp"
#include "xml/text.hpp"

#include <map>
#include <vector>

namespace shep::mocks {

struct xml_pattern::node {
  struct attribute {
    std::string space, local;
    xml_expectation value;
  };
  std::string space, local;
  xml_expectation text;
  std::vector<attribute> attributes;
  std::vector<node> children;
};

namespace {

// An explanation is for people, and there may be many of them.
constexpr std::size_t most_steps_explained = 20'000;
constexpr std::string_view schema_instance = "http://www.w3.org/2001/XMLSchema-instance";

/// Hints for validators say nothing about the document.
bool counts(std::string_view space, std::string_view local) {
  return space != schema_instance || (local != "schemaLocation" && local != "noNamespaceSchemaLocation");
}

// Depth is bounded by xml::limits, which the document was admitted under.
result<xml_pattern::node> compiled(xml::element e, bool placeholders) {
  auto text = xml_expectation::read(xml::trimmed(xml::text_of(e)), placeholders);
  if (!text) return text.error();
  xml_pattern::node made{std::string(e.namespace_uri()), std::string(e.local_name()), std::move(*text), {}, {}};
  for (const auto& a : e.attributes()) {
    if (!counts(a.space, a.local)) continue;
    auto value = xml_expectation::read(a.value, placeholders);
    if (!value) return value.error();
    made.attributes.push_back({std::string(a.space), std::string(a.local), std::move(*value)});
  }
  for (auto child = e.first_child(); child; child = child.next_sibling()) {
    auto below = compiled(child, placeholders);
    if (!below) return below.error();
    made.children.push_back(std::move(*below));
  }
  return made;
}

class comparison {
 public:
  comparison(const xml_pattern_options& options, bool to_the_end, std::size_t& steps)
      : options_(options), to_the_end_(to_the_end), steps_(steps) {}

  std::size_t compared = 0, different = 0;
  std::string first;

  void compare(const xml_pattern::node& expected, xml::element actual, const std::string& path) {
    if (!go_on(path)) return;
    ++compared;
    if (!same_name(expected, actual)) note(path, "element " + named(actual) + ", expected " + named(expected));
    if (expected.text.ignores() && expected.children.empty()) return;
    attributes(expected, actual, path);
    if (!options_.ignore_texts) {
      ++compared;
      const auto text = xml::text_of(actual);
      spend(text.size() / 64);
      const auto value = xml::trimmed(text);
      if (!expected.text.holds(value)) note(path, "text '" + shortened(value) + "', expected " + expected.text.describe());
    }
    children(expected, actual, path);
  }

  bool equal() const { return different == 0; }

 private:
  using name = std::pair<std::string_view, std::string_view>;

  bool go_on(const std::string& path) {
    if (!to_the_end_ && different > 0) return false;
    if (steps_ == 0) {
      if (different == 0) note(path, "too many comparisons for an answer");
      return false;
    }
    --steps_;
    return true;
  }

  /// What one step does not cover: long texts, many children.
  void spend(std::size_t work) { steps_ -= std::min(steps_, work); }

  void note(const std::string& path, std::string what) {
    if (different++ == 0) first = path + ": " + std::move(what);
  }

  name key(std::string_view space, std::string_view local) const {
    return {options_.ignore_namespaces ? std::string_view() : space, local};
  }

  bool same_name(const xml_pattern::node& expected, xml::element actual) const {
    return key(expected.space, expected.local) == key(actual.namespace_uri(), actual.local_name());
  }

  std::string named(xml::element e) const { return shown(e.namespace_uri(), e.local_name()); }
  std::string named(const xml_pattern::node& n) const { return shown(n.space, n.local); }
  std::string shown(std::string_view space, std::string_view local) const {
    return options_.ignore_namespaces || space.empty() ? shortened(local) : "{" + shortened(space) + "}" + shortened(local);
  }

  void attributes(const xml_pattern::node& expected, xml::element actual, const std::string& path) {
    std::map<name, std::string_view> given;
    const auto all = actual.attributes();
    for (const auto& a : all)
      if (counts(a.space, a.local)) given.emplace(key(a.space, a.local), a.value);
    for (const auto& a : expected.attributes) {
      ++compared;
      const auto found = given.find(key(a.space, a.local));
      if (found == given.end()) {
        note(path, "attribute " + shown(a.space, a.local) + " is missing");
        continue;
      }
      if (!options_.ignore_attribute_values && !a.value.holds(found->second))
        note(path + "/@" + shortened(a.local), "'" + shortened(found->second) + "', expected " + a.value.describe());
      given.erase(found);
    }
    for (const auto& [extra, value] : given) {
      ++compared;
      note(path, "attribute " + shown(extra.first, extra.second) + " is too much");
    }
  }

  void children(const xml_pattern::node& expected, xml::element actual, const std::string& path) {
    std::map<name, std::vector<xml::element>> given;
    for (auto child = actual.first_child(); child; child = child.next_sibling()) {
      spend(1);
      given[key(child.namespace_uri(), child.local_name())].push_back(child);
    }
    std::map<name, std::size_t> taken;
    for (const auto& wanted : expected.children) {
      if (!to_the_end_ && different > 0) return;
      const auto place = key(wanted.space, wanted.local);
      auto& same = given[place];
      const std::size_t number = taken[place]++;
      const std::string below = path + "/" + shortened(wanted.local) + (number > 0 ? "[" + std::to_string(number + 1) + "]" : "");
      if (number >= same.size()) {
        ++compared;
        note(below, "is missing");
        continue;
      }
      if (options_.any_order_of_same_name) bring_forward(wanted, same, number);
      compare(wanted, same[number], below);
    }
    for (const auto& [place, same] : given)
      if (const std::size_t used = std::min(taken[place], same.size()); used < same.size()) {
        compared += same.size() - used;
        note(path + "/" + shortened(place.second), "occurs " + std::to_string(same.size()) + " times, expected " + std::to_string(used));
      }
  }

  /// Puts an element that equals the wanted one in the next place, when there is one.
  void bring_forward(const xml_pattern::node& wanted, std::vector<xml::element>& same, std::size_t place) {
    for (std::size_t i = place; i < same.size() && steps_ > 0; ++i) {
      comparison trial(options_, false, steps_);
      trial.compare(wanted, same[i], {});
      if (!trial.equal()) continue;
      std::swap(same[place], same[i]);
      return;
    }
  }

  const xml_pattern_options& options_;
  bool to_the_end_;
  std::size_t& steps_;
};

}  // namespace

xml_pattern::xml_pattern() = default;
xml_pattern::~xml_pattern() = default;

result<std::shared_ptr<const xml_pattern>> xml_pattern::create(std::string_view text, xml_pattern_options options) {
  const auto document = xml::admit(share(std::string(text)));
  if (!document) return document.error();
  xml::element apex = document->root();
  const bool envelope = apex.local_name() == "Envelope";
  if (envelope) {
    for (auto child = apex.first_child(); child; child = child.next_sibling())
      if (child.local_name() == "Body") apex = child;
    if (apex == document->root()) return problem(problems::mapping_value, "the envelope has no Body", {}, "only the Body is compared");
  }
  auto root = compiled(apex, options.placeholders);
  if (!root) return root.error();
  std::shared_ptr<xml_pattern> made(new xml_pattern());
  made->root_ = std::make_unique<const node>(std::move(*root));
  made->options_ = options;
  made->shown_ = shortened(xml::trimmed(text));
  made->of_envelope_ = envelope;
  return std::shared_ptr<const xml_pattern>(std::move(made));
}

bool xml_pattern::matches(xml::element actual) const {
  if (!actual) return false;
  std::size_t steps = most_steps;
  comparison c(options_, false, steps);
  c.compare(*root_, actual, {});
  return c.equal();
}

xml_comparison xml_pattern::compare(xml::element actual) const {
  if (!actual) return {false, 1, "(absent)"};
  std::size_t steps = most_steps_explained;
  comparison c(options_, true, steps);
  c.compare(*root_, actual, "/" + shortened(actual.local_name()));
  if (c.equal()) return {true, 0, {}};
  return {false, std::min(1.0, static_cast<double>(c.different) / static_cast<double>(std::max<std::size_t>(1, c.compared))), c.first};
}

}  // namespace shep::mocks
