#pragma once

#include "core/result.hpp"
#include "xml/xpath.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::mocks {

/// Which document an XPath looks at.
enum class scope {
  business_data,  ///< the document inside `data`; nothing is found when there is none
  envelope,       ///< the signed part of the envelope: Body and below, also under the path /Envelope/Body
};

/// An XPath expression over a request, compiled. Immutable, safe from any thread.
class query {
 public:
  static result<std::shared_ptr<const query>> compile(std::string_view expression, const std::map<std::string, std::string>& namespaces,
                                                      scope);
  std::vector<std::string> texts(xml::element root) const;  ///< one for each node; one for a number or string; none at a null root
  std::vector<xml::element> elements(xml::element root) const;
  bool holds(xml::element root) const;  ///< XPath boolean(); false at a null root
  const std::string& expression() const { return compiled_.expression(); }
  scope where() const { return where_; }

 private:
  query(scope where, xml::xpath compiled) : where_(where), compiled_(std::move(compiled)) {}

  scope where_;
  xml::xpath compiled_;
};

/// Hands out one query for equal expressions, so that a request evaluates it once. For the duration of a load; not shared by threads.
class query_pool {
 public:
  result<std::shared_ptr<const query>> get(std::string_view expression, const std::map<std::string, std::string>& namespaces, scope);

 private:
  std::map<std::string, std::shared_ptr<const query>, std::less<>> known_;
};

}  // namespace shep::mocks
