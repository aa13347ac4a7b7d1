#pragma once

#include "core/problem.hpp"
#include "mocks/engine/mapping.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace shep::app {

/// Mappings that can never answer: another one is asked before, and whatever the later one asks for it asks for too, or less. Given in
/// loading order. Compares what is written, so that it finds no mapping that could answer, and not each that could not.
std::vector<problem> shadowed_mappings(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>>);

/// "mappings/kdp/valid.json:12": where the mapping's id or name stands in its file, else the file.
std::string place_of_mapping(const std::string& root, const mocks::mapping&);

}  // namespace shep::app
