#pragma once

#include "core/result.hpp"

#include <string_view>
#include <vector>

/// Private to module xml: XPath 1.0 section 3.7, the lexical structure.
namespace shep::xml {

enum class token_kind {
  literal,
  number,
  variable,
  name,       ///< a name test: "a", "p:a", "p:*", "*"
  node_type,  ///< before "(": comment, text, processing-instruction, node
  function,   ///< before "("
  axis,       ///< before "::"
  operation,  ///< and or mod div * / // | + - = != < <= > >=
  symbol,     ///< ( ) [ ] . .. @ , ::
};

struct token {
  token_kind kind;
  std::string_view text;
  std::size_t offset;  ///< in the expression, octets

  bool is(std::string_view t) const { return (kind == token_kind::operation || kind == token_kind::symbol) && text == t; }
  bool opens() const { return is("(") || is("["); }
  bool closes() const { return is(")") || is("]"); }
};

/// Error: problems::xml_xpath with the offset. The tokens look into `expression`; brackets are balanced.
result<std::vector<token>> tokens_of(std::string_view expression);

/// The problem of an expression, at an octet of it.
problem xpath_problem(std::string what, std::size_t offset, std::string hint = {});

}  // namespace shep::xml
