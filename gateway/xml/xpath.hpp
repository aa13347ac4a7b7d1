#pragma once

#include "core/result.hpp"
#include "xml/element.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shep::xml {

/// A compiled XPath 1.0 expression with namespaces. Immutable, usable from several threads at once.
/// A prefixed name matches exactly the namespace bound to the prefix at compile time; an unprefixed element name matches that
/// local name in any namespace, because clients place namespaces freely. Functions of XPath 1.0; no variables, no external access.
class xpath {
 public:
  static result<xpath> compile(std::string_view expression, const std::map<std::string, std::string>& namespaces = {});

  xpath(xpath&&) noexcept;
  xpath& operator=(xpath&&) noexcept;
  ~xpath();

  /// Evaluated with `context` as root of the document it sees: "/a" and "//a" reach `context` and below, never above;
  /// a relative path starts at `context` itself. text() stands for the element whose text it is, so that a comment or a CDATA section
  /// never cuts a value. At most 4 KiB. Where the shape of the expression and the size of what is below `context` make more than
  /// `most_steps` (xpath_cost.hpp) possible, nothing is evaluated: no match, no value, and a warning in the log.
  bool matches(element context) const;                      ///< XPath boolean()
  std::string string(element context) const;                ///< XPath string()
  std::vector<std::string> strings(element context) const;  ///< string value of each node; one entry for scalars
  std::vector<element> elements(element context) const;

  const std::string& expression() const;

 private:
  struct compiled;
  explicit xpath(std::unique_ptr<compiled>);
  std::unique_ptr<compiled> compiled_;
};

}  // namespace shep::xml
