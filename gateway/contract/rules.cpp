#include "contract/rules.hpp"

#include "core/bytes.hpp"

#include <libxml/xmlerror.h>

namespace shep::contract {
namespace {

struct row {
  int code;
  const char* name;
};

constexpr row rows[] = {
    {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, "cvc-datatype-valid.1.2.1"},
    {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2, "cvc-datatype-valid.1.2.2"},
    {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3, "cvc-datatype-valid.1.2.3"},
    {XML_SCHEMAV_CVC_TYPE_3_1_1, "cvc-type.3.1.1"},
    {XML_SCHEMAV_CVC_TYPE_3_1_2, "cvc-type.3.1.2"},
    {XML_SCHEMAV_CVC_FACET_VALID, "cvc-facet-valid"},
    {XML_SCHEMAV_CVC_LENGTH_VALID, "cvc-length-valid"},
    {XML_SCHEMAV_CVC_MINLENGTH_VALID, "cvc-minLength-valid"},
    {XML_SCHEMAV_CVC_MAXLENGTH_VALID, "cvc-maxLength-valid"},
    {XML_SCHEMAV_CVC_MININCLUSIVE_VALID, "cvc-minInclusive-valid"},
    {XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, "cvc-maxInclusive-valid"},
    {XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID, "cvc-minExclusive-valid"},
    {XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, "cvc-maxExclusive-valid"},
    {XML_SCHEMAV_CVC_TOTALDIGITS_VALID, "cvc-totalDigits-valid"},
    {XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID, "cvc-fractionDigits-valid"},
    {XML_SCHEMAV_CVC_PATTERN_VALID, "cvc-pattern-valid"},
    {XML_SCHEMAV_CVC_ENUMERATION_VALID, "cvc-enumeration-valid"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, "cvc-complex-type.2.1"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, "cvc-complex-type.2.2"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3, "cvc-complex-type.2.3"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4, "cvc-complex-type.2.4"},
    {XML_SCHEMAV_ELEMENT_CONTENT, "cvc-complex-type.2.4"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_1, "cvc-complex-type.3.1"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, "cvc-complex-type.3.2.1"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2, "cvc-complex-type.3.2.2"},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_4, "cvc-complex-type.4"},
    {XML_SCHEMAV_CVC_ELT_1, "cvc-elt.1"},
    {XML_SCHEMAV_CVC_ELT_2, "cvc-elt.2"},
    {XML_SCHEMAV_CVC_ELT_3_1, "cvc-elt.3.1"},
    {XML_SCHEMAV_CVC_ELT_3_2_1, "cvc-elt.3.2.1"},
    {XML_SCHEMAV_CVC_ELT_4_1, "cvc-elt.4.1"},
    {XML_SCHEMAV_CVC_ELT_4_2, "cvc-elt.4.2"},
    {XML_SCHEMAV_CVC_ELT_4_3, "cvc-elt.4.3"},
    {XML_SCHEMAV_CVC_ELT_5_2_2_2_2, "cvc-elt.5.2.2.2.2"},
    {XML_SCHEMAV_CVC_ATTRIBUTE_3, "cvc-attribute.3"},
    {XML_SCHEMAV_CVC_ATTRIBUTE_4, "cvc-attribute.4"},
    {XML_SCHEMAV_CVC_AU, "cvc-au"},
    {XML_SCHEMAV_CVC_TYPE_1, "cvc-type.1"},
    {XML_SCHEMAV_CVC_TYPE_2, "cvc-type.2"},
    {XML_SCHEMAV_CVC_WILDCARD, "cvc-wildcard"},
};

}  // namespace

std::string rule_name(int code) {
  for (const row& r : rows)
    if (r.code == code) return r.name;
  return "xsd-" + std::to_string(code);
}

std::string attribute_named(std::string_view message) {
  constexpr std::string_view introduced = "', attribute '";
  const std::size_t words = message.find(introduced);
  const std::size_t end = message.find("': ");
  if (words == message.npos || end == message.npos || words > end) return {};
  const std::string_view name = message.substr(words + introduced.size(), end - words - introduced.size());
  return std::string(name.substr(name.rfind('}') + 1));
}

std::string without_value(std::string_view message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.remove_suffix(1);
  if (const auto end = message.find("': "); (message.starts_with("Element '") || message.starts_with("attribute '")) && end != message.npos)
    message.remove_prefix(end + 3);
  // "Element 'a', attribute 'b': …" leaves nothing more to cut; what follows may be "[facet 'pattern'] The value 'x' is not …", or "'x' is
  // not …".
  constexpr std::string_view introduced = "The value '";
  const std::size_t words = message.find(introduced);
  const std::size_t begin = words != message.npos ? words + introduced.size() : message.starts_with('\'') ? 1 : message.npos;
  if (begin == message.npos) return clipped(message, 400);
  // The last one: a value may contain these words itself, and must not be shown in part.
  const std::size_t end = message.rfind("' is ");
  if (end == message.npos || end < begin) return "the value is not what the schema wants";
  return std::string(message.substr(0, begin)) + "…" + clipped(message.substr(end), 400);
}

}  // namespace shep::contract
