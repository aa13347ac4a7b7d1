#pragma once

#include <string_view>

/// Namespaces of SHEP (shep-protocol.md section 1.1).
namespace shep::protocol::ns {
inline constexpr std::string_view sync_types = "http://bip.bee.kz/SyncChannel/v10/Types";
inline constexpr std::string_view sync_types_old_sdk = "http://bip.bee.kz/SyncChannel/v10/types";  ///< "bip-java-sdk 1.0"
inline constexpr std::string_view smartbridge = "http://smartbridge.b10.kz";
inline constexpr std::string_view smart_bridge =
    "http://smartbridge.b10.kz";  ///< adapters of 2025 that SmartBridge generates (section 1.6)
}  // namespace shep::protocol::ns
