#pragma once

#include <string>
#include <string_view>

namespace shep::contract {

/// Name of the XML Schema rule (XML Schema Part 1 and 2, "cvc-…") behind one of libxml2's error numbers.
std::string rule_name(int code);

/// Local name of the attribute that libxml2's sentence is about ("Element 'a', attribute 'b': …"); empty when it is about the element.
std::string attribute_named(std::string_view message);

/// libxml2's sentence without its beginning "Element 'x': " and without the value it quotes.
std::string without_value(std::string_view message);

}  // namespace shep::contract
