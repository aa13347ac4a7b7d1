#pragma once

#include "core/result.hpp"
#include "xml/element.hpp"

#include <string>

/// The only ways to read text (security catalogue X13: never "the first text node").
namespace shep::xml {

/// The whole text of an element without its descendants' text: text and CDATA joined, comments and instructions skipped.
std::string text_of(element);

/// The whole text of an element that must hold one uninterrupted text and nothing else: identifiers, digests, signature values.
/// Error: problems::xml_mixed_value with the element's path.
result<std::string> token_of(element);

std::string_view trimmed(std::string_view);  ///< without XML white space at both ends

/// How the content of an element was written.
enum class content_form { empty, text, cdata, elements, mixed };
content_form form_of(element);  ///< white space between elements is ignored; text with any CDATA section is `cdata`

}  // namespace shep::xml
