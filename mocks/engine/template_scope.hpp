#pragma once

#include "core/result.hpp"
#include "mocks/engine/template_tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::mocks {

/// Names that one enclosing #with or #each gives: "as |item index|".
struct frame_names {
  std::string item;
  std::string index;
  bool loop = false;
};

/// What is known where an expression stands, while the template is read.
struct reading_scope {
  std::vector<frame_names> frames;
  query_pool& queries;
};

/// An expression as it stands in a tag: a path, a literal, or a helper with its arguments. `offset` is that of `text` in the source.
/// Error: problems::template_syntax, `where` holding the offset.
result<expression> read_expression(std::string_view text, std::size_t offset, reading_scope&);

/// The same followed by "as |item index|", as block tags have it; the names come back in `names`.
result<expression> read_block_subject(std::string_view text, std::size_t offset, reading_scope&, frame_names& names);

/// A path such as "request.serviceId", "../name", "@index", "person.documents.[0].number".
result<expression> resolve_path(std::string_view path, std::size_t offset, const reading_scope&);

/// Names below `request.`
std::vector<std::string_view> request_value_names();

problem template_error(std::size_t offset, std::string what, std::string hint = {});

}  // namespace shep::mocks
