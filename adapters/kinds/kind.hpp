#pragma once

#include "adapters/adapter.hpp"
#include "adapters/forwarding/grounds.hpp"
#include "mocks/engine/engine.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace shep::adapters {

/// What kinds may be made of. Grows only with a reason.
struct parts {
  std::shared_ptr<const mocks::engine> mocks;
  std::shared_ptr<const forwarding::grounds> forwarding{};  ///< never null where kinds are made
};

/// One row of the adapter catalogue: a name for shepsim.toml and how to make one. A kind is one file in adapters/kinds that defines
/// `const kind kind_<file name>`; CMake lists the files in the generated catalogue, so nothing else has to be touched.
struct kind {
  std::string_view name;
  std::string_view about;
  std::shared_ptr<const adapter> (*make)(const parts&);
  bool needs_target = false;  ///< only for routes that name one
};

std::span<const kind* const> catalogue();

}  // namespace shep::adapters
