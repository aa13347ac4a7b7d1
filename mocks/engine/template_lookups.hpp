#pragma once

#include "mocks/engine/template_text.hpp"
#include "mocks/engine/template_tree.hpp"

#include <vector>

namespace shep::mocks {

/// `template_text::lookups` with offsets in `where`.
std::vector<template_lookup> find_lookups(const template_tree&);

}  // namespace shep::mocks
