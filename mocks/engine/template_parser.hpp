#pragma once

#include "core/result.hpp"
#include "mocks/engine/template_tree.hpp"

#include <string_view>

namespace shep::mocks {

/// Reads a template. The tree looks into `source`. Error: problems::template_syntax, `where` holding the offset.
result<template_tree> parse_template(std::string_view source, query_pool&);

}  // namespace shep::mocks
