#pragma once

#include <span>
#include <string_view>

/// Files compiled into the program (schemas, shipped mock services), byte for byte. Static storage; no ownership.
namespace shep::embedded {

struct file {
  std::string_view path;  ///< below the repository's top: "schemas/kdp/v1/request.xsd"
  std::string_view content;
};

std::span<const file> files();

}  // namespace shep::embedded
