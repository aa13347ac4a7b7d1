#pragma once

#include "core/result.hpp"

#include <string_view>

/// Private to module xml: which encodings come in (security catalogue X06).
namespace shep::xml {

enum class encoding_form { utf8, utf16le, utf16be };

/// What the first octets say: UTF-8 with or without byte order mark, UTF-16 with one. Everything else that can be told from
/// the first octets (UTF-16 without mark, UTF-32, EBCDIC) is refused by name.
result<encoding_form> form_of_octets(std::string_view bytes);

/// UTF-16 whose surrogates come in pairs, and whole units: expat takes a high surrogate with anything behind it (security catalogue X05).
/// UTF-8 is left to expat, which judges it rightly.
result<void> check_units(std::string_view bytes, encoding_form form);

/// May a text of this form call itself `label`? Labels as in XML declarations and in Content-Type, any case.
bool agrees(std::string_view label, encoding_form form);

/// "UTF-8", "UTF-16LE", "UTF-16BE".
std::string_view name_of(encoding_form form);

/// The problem of a label that does not agree; `place` says who gave it ("the XML declaration", "the Content-Type").
problem encoding_refused(std::string_view label, encoding_form form, std::string_view place, std::string where);

}  // namespace shep::xml
