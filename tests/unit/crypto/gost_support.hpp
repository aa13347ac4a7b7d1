#pragma once

#include "core/bytes.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>

/// The vectors and real certificates that stand outside the repository (SHEPSIM_VECTORS names the folder of the former).
namespace shep::crypto::gost_support {

inline std::filesystem::path vectors_folder() {
  const char* named = std::getenv("SHEPSIM_VECTORS");
  return named != nullptr ? std::filesystem::path(named) : std::filesystem::path(SHEPSIM_SOURCE_DIR) / ".." / "shared" / "vectors";
}
inline std::filesystem::path authorities_folder() { return vectors_folder() / ".." / "ca"; }

inline std::string file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline const boost::json::value& vectors() {
  static const boost::json::value parsed = boost::json::parse(file(vectors_folder() / "gost.json"));
  return parsed;
}

inline std::string bytes(const boost::json::value& v, const char* field) { return from_hex(std::string(v.at(field).as_string())).value(); }

/// A number that is printed without its leading zeros, as octets of the given size, most significant first.
inline std::string number(const boost::json::value& v, const char* field, std::size_t size) {
  const std::string digits(v.at(field).as_string());
  return from_hex(std::string(2 * size - digits.size(), '0') + digits).value();
}

inline std::string reversed(std::string s) {
  std::reverse(s.begin(), s.end());
  return s;
}

}  // namespace shep::crypto::gost_support

#define SHEP_NEEDS_VECTORS()                                                                \
  if (!std::filesystem::exists(shep::crypto::gost_support::vectors_folder() / "gost.json")) \
  GTEST_SKIP() << "skipped: no vectors folder (SHEPSIM_VECTORS)"
