#pragma once

#include "xml/element.hpp"
#include "xml/xpath_tokens.hpp"

#include <cstddef>
#include <span>

/// Private to module xml: what an expression may cost (security catalogue A09, X19). Its author is trusted; the size of the document is
/// not.
namespace shep::xml {

/// The power of the document's size that an evaluation grows with: 1 for "//a[b = 'c']", 2 for "//a[. = preceding::a]" or "//a = //b",
/// one more for each nesting of such a predicate. An upper bound by the shape of the expression.
unsigned cost_degree(std::span<const token>);

/// Steps that one evaluation may take, by that bound.
inline constexpr std::size_t most_steps = 4'000'000;

/// Whether an evaluation of this degree at `context` keeps to `most_steps`. Looks at no more elements than it needs to know.
bool affordable(unsigned degree, element context);

}  // namespace shep::xml
