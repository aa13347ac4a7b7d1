#pragma once

#include "core/result.hpp"
#include "xml/element.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace shep::mocks {

struct xml_pattern_options {
  bool placeholders = false;       ///< ${xmlunit.ignore}, .isNumber, .isDateTime, .matchesRegex(…) as a whole text or attribute value
  bool ignore_namespaces = false;  ///< local names only
  bool ignore_texts = false;       ///< of elements
  bool ignore_attribute_values = false;
  bool any_order_of_same_name = false;  ///< otherwise elements of one name are compared in their order
};

struct xml_comparison {
  bool equal = false;
  double distance = 0;     ///< share of what differs, 0 when equal
  std::string difference;  ///< the first one: "/request/iin: text '1', expected '2'"; empty when equal
};

/// equalToXml: a document that another one is compared with, as WireMock does: prefixes, declarations, comments, white space around texts,
/// xsi:schemaLocation and the order of attributes and of children of different names do not count. Immutable, safe from any thread;
/// bounded work (security catalogue A09): what would take more than `most_steps` comparisons is not equal.
class xml_pattern {
 public:
  /// Errors: what xml::admit refuses; problems::mapping_value for a placeholder that does not exist or cannot be read.
  static result<std::shared_ptr<const xml_pattern>> create(std::string_view document, xml_pattern_options);

  bool matches(xml::element) const;            ///< a null element does not
  xml_comparison compare(xml::element) const;  ///< failing path only

  /// The expected document is a SOAP envelope; then its Body is what is compared.
  bool of_envelope() const { return of_envelope_; }
  std::string describe() const { return "equalToXml " + shown_; }

  static constexpr std::size_t most_steps = 500'000;

  struct node;
  ~xml_pattern();

 private:
  xml_pattern();
  std::unique_ptr<const node> root_;
  xml_pattern_options options_;
  std::string shown_;
  bool of_envelope_ = false;
};

}  // namespace shep::mocks
