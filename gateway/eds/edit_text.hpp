#pragma once

#include "core/result.hpp"
#include "xml/document.hpp"

#include <string>
#include <string_view>

/// Changing a document as text, so that every octet that is not meant stays as it is.
namespace shep::eds {

/// A copy of the source with one range replaced.
std::string spliced(const std::string& source, std::size_t begin, std::size_t end, std::string_view text);

/// The element's name as it is written, with its prefix.
std::string qualified(xml::element);

/// Puts `text` in as the first or last thing inside `parent`, which may be written as an empty-element tag.
result<std::string> with_first_child(const xml::document&, xml::element parent, const std::string& text);
result<std::string> with_last_child(const xml::document&, xml::element parent, const std::string& text);

}  // namespace shep::eds
