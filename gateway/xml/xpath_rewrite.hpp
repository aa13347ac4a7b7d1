#pragma once

#include "xml/xpath_tokens.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

/// Private to module xml.
namespace shep::xml {

/// An expression in the terms that pugixml's XPath, which knows no namespaces, answers rightly.
struct rewritten_xpath {
  std::string text;
  bool stands_alone = false;  ///< needs a tree whose root element is the context: it looks up, sideways, or from "/" within a predicate
  unsigned degree = 1;        ///< of what an evaluation costs (xpath_cost.hpp)
  bool reads_text = false;    ///< every path ends in text(): the result is elements whose own text is meant

  std::size_t original_offset(std::size_t offset) const;  ///< for reports: from an octet of `text` to one of the expression

  std::vector<std::pair<std::size_t, std::size_t>> origins;  ///< (offset in text, offset in expression), ascending
};

/// Names become tests of local-name() and namespace-uri(); leading slashes become steps from the context element; text() becomes the
/// element that holds the text, because its string value is the whole text and not the part before a comment (catalogue X13).
/// Error: problems::xml_xpath: unknown prefix or function, variable, namespace axis, or a rewritten form above 64 KiB.
result<rewritten_xpath> rewrite_xpath(std::string_view expression, const std::map<std::string, std::string>& namespaces);

}  // namespace shep::xml
