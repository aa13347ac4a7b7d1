#pragma once

#include "core/result.hpp"

#include <string_view>
#include <vector>

namespace shep::mocks {

enum class tag_kind { escaped, raw, open, otherwise, close, comment };

/// One {{…}}. `inside` is what stands between the marks, without "#", "/" or "else", trimmed.
struct template_tag {
  tag_kind kind = tag_kind::escaped;
  std::string_view inside;
  std::size_t offset = 0;  ///< of the opening braces
};

/// Text, then a tag, then text, and so on: there is always one text more than tags. Texts may be empty; white space that belongs to tags
/// alone on their line, or is asked away by "~", is already gone.
struct template_pieces {
  std::vector<std::string_view> texts;
  std::vector<template_tag> tags;
};

/// Error: problems::template_syntax, `where` holding the offset only ("123"); the caller knows the file.
result<template_pieces> split_template(std::string_view source);

}  // namespace shep::mocks
