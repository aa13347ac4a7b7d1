#pragma once

#include "xml/document.hpp"
#include "xml/encoding.hpp"

#include <optional>

/// Private to module xml: looks at the octets themselves, for what expat can say only too late. Linear; never lets anything in.
namespace shep::xml {

/// Offset of "<!DOCTYPE" (any case) when it stands in the prolog, after white space, comments and instructions only.
/// Words a refusal that is already certain.
std::optional<std::size_t> find_doctype(std::string_view bytes, encoding_form form);

/// Offset of the first start tag with more than `most` attributes and declarations together. expat reads, hashes and stores all of
/// them before its first callback: a million of them would cost a second. In a well-formed document the count is exact.
std::optional<std::size_t> find_wide_tag(std::string_view bytes, encoding_form form, std::size_t most);

/// Line and column of an octet.
position position_at(std::string_view bytes, encoding_form form, std::size_t offset);

}  // namespace shep::xml
