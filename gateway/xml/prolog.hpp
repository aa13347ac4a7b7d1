#pragma once

#include "xml/encoding.hpp"

#include <optional>

/// Private to module xml.
namespace shep::xml {

/// Offset of "<!DOCTYPE" (any case) when it stands in the prolog, after white space, comments and instructions only.
/// Words a refusal, never decides one. Linear.
std::optional<std::size_t> find_doctype(std::string_view bytes, encoding_form form);

}  // namespace shep::xml
