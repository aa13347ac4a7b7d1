#pragma once

#include "support/pki.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

/// Checks messages of the channel against schemas/shep-sync/v10 by xmllint, where that is installed.
namespace shep::protocol::test {

inline bool has_xmllint() { return std::system("xmllint --version >/dev/null 2>&1") == 0; }

/// Empty when the element inside soap:Body (or a fault's detail) is valid; else what xmllint says. See schemas/shep-sync/v10/ORIGIN.md:
/// an xsi:type of a business service must be taken off before.
inline std::string schema_complaints(const std::string& message, const std::string& element) {
  std::string text = message;
  const std::size_t open = text.find("<" + element + " "), close = text.find("</" + element + ">");
  if (open == std::string::npos || close == std::string::npos) return "no " + element + " in " + message;
  text = text.substr(open, close + element.size() + 3 - open);
  std::random_device random;
  const auto base = std::filesystem::temp_directory_path() / ("shepsim-xsd-" + std::to_string(random()));
  std::ofstream(base.string() + ".xml", std::ios::binary) << text;
  const int code = std::system(("xmllint --nonet --noout --schema " SHEPSIM_SOURCE_DIR "/schemas/shep-sync/v10/SyncChannelTypes.xsd " +
                                base.string() + ".xml 2>" + base.string() + ".log")
                                   .c_str());
  const std::string log = shep::test::file_text(base.string() + ".log");
  std::filesystem::remove(base.string() + ".xml");
  std::filesystem::remove(base.string() + ".log");
  return code == 0 ? "" : log + text;
}

}  // namespace shep::protocol::test
