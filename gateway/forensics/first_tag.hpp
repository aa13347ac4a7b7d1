#pragma once

#include "forensics/canonical_text.hpp"
#include "xml/names.hpp"

/// Start tags of a canonical form, taken apart and written again. Private to the sources behind namespace_changes.hpp.
namespace shep::forensics {

struct declared {
  std::string_view prefix;  ///< empty for the default namespace
  std::string_view uri;     ///< as written, escaped
};

/// Declarations first, then attributes.
struct start_tag {
  std::string_view name;
  std::vector<declared> declarations;
  std::string_view attributes;  ///< with the space before each
};

start_tag parsed(std::string_view tag);
std::string text_of(const declared&);   ///< with the space before it
std::string written(const start_tag&);  ///< declarations in canonical order

/// Prefixes that toolkits give to SOAP.
inline constexpr declared soap_prefixes[] = {{"soap", xml::ns::soap11},    {"soapenv", xml::ns::soap11}, {"SOAP-ENV", xml::ns::soap11},
                                             {"S", xml::ns::soap11},       {"s", xml::ns::soap11},       {"soap", xml::ns::soap12},
                                             {"soapenv", xml::ns::soap12}, {"env", xml::ns::soap12}};
inline constexpr std::string_view bip_types = "http://bip.bee.kz/SyncChannel/v10/Types";

}  // namespace shep::forensics
