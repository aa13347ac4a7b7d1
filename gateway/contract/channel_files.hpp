#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shep::contract {

/// The WSDL and XSD files of the synchronous channel (schemas/shep-sync/v10), with every location pointing back at `base`
/// ("http://host:port/bip-sync-wss-gost/"). `wsdl`: "" for the concrete WSDL, or a file's name; `xsd`: a file's name.
/// Empty when there is no such file or neither was asked for.
std::optional<std::string> sync_channel_file(const std::optional<std::string>& wsdl, const std::optional<std::string>& xsd,
                                             std::string_view base);

}  // namespace shep::contract
