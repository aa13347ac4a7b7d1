#pragma once

#include "core/problem.hpp"
#include "mocks/engine/mapping_store.hpp"

#include <string>
#include <vector>

namespace shep::app {

/// Mappings that are files now, and what kept others from it. Nothing is written when it is known before that one of them cannot be.
struct saved_mappings {
  std::vector<std::shared_ptr<const mocks::mapping>> saved;
  std::vector<problem> problems;
};

/// Writes the mappings that were added while the program runs below `root`/mappings/zz-saved, where they are loaded last and in the order
/// in which they were added; one that stands in the place of a mapping from a file of its own replaces that file. The names of files are
/// ours: a number and the id. A file is there whole or not at all, and never outside of the root, whatever links there are.
saved_mappings save_added_mappings(const std::string& root, mocks::mapping_store&);

}  // namespace shep::app
