#pragma once

#include "core/problem.hpp"
#include "mocks/engine/mapping.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace shep::app {

struct shadowed {
  std::vector<problem> found;  ///< in loading order
  std::size_t compared = 0;    ///< what it cost: sets of criteria held against another
};

/// Mappings that can never answer: another one is asked before, and whatever the later one asks for it asks for too, or less. Compares
/// what is written, so that it finds no mapping that could answer, and not each that could not.
shadowed shadowed_mappings(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>>);

}  // namespace shep::app
