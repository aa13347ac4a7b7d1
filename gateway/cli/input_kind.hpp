#pragma once

#include <string_view>

namespace shep::cli {

/// What a signed file is, by its first octets and, where DER could be several things, by what it reads as. Never by its name.
enum class input_kind { xml, certificate, cms };

input_kind kind_of(std::string_view octets);

std::string_view name_of(input_kind);  ///< "xml", "certificate", "cms"

}  // namespace shep::cli
