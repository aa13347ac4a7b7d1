#include "mocks/engine/template_parser.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/engine/template_lexer.hpp"
#include "mocks/engine/template_scope.hpp"
#include "mocks/engine/template_text.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 4> block_names = {"if", "unless", "each", "with"};

struct open_block {
  std::unique_ptr<block> made;
  std::string_view name;
  std::size_t offset = 0;
  bool in_otherwise = false;
};

bool gives_frame(block_kind kind) { return kind == block_kind::each || kind == block_kind::with; }

/// Builds the tree with a stack of its own; the tree is never deeper than `deepest_template`, so walking it by recursion is safe.
class builder {
 public:
  explicit builder(query_pool& queries) : scope_{{}, queries} {}

  result<template_tree> build(const template_pieces& pieces, std::string_view source) {
    source_ = source;
    for (std::size_t i = 0; i < pieces.texts.size(); ++i) {
      if (!pieces.texts[i].empty()) target().emplace_back(pieces.texts[i]);
      if (i == pieces.tags.size()) break;
      if (auto placed = place(pieces.tags[i]); !placed) return placed.error();
    }
    if (!open_.empty()) return template_error(open_.back().offset, "{{#" + std::string(open_.back().name) + "}} is never closed");
    return std::move(tree_);
  }

 private:
  std::vector<template_node>& target() {
    if (open_.empty()) return tree_.nodes;
    auto& top = open_.back();
    return top.in_otherwise ? top.made->otherwise : top.made->branches.back().body;
  }

  result<void> place(const template_tag& tag) {
    switch (tag.kind) {
      case tag_kind::comment: return {};
      case tag_kind::escaped:
      case tag_kind::raw: return place_output(tag);
      case tag_kind::open: return open(tag);
      case tag_kind::otherwise: return otherwise(tag);
      case tag_kind::close: return close(tag);
    }
    return {};
  }

  std::size_t offset_in(std::string_view inside) const { return static_cast<std::size_t>(inside.data() - source_.data()); }

  result<void> place_output(const template_tag& tag) {
    if (tag.inside.empty()) return template_error(tag.offset, "a tag is empty");
    if (std::string_view(">&^*").find(tag.inside.front()) != std::string_view::npos)
      return template_error(tag.offset, "'" + std::string(1, tag.inside.front()) + "' tags are not part of the language",
                            "write {{value}}, or {{{value}}} for a value that is not to be escaped");
    auto value = read_expression(tag.inside, offset_in(tag.inside), scope_);
    if (!value) return value.error();
    target().emplace_back(output{std::move(*value), tag.kind == tag_kind::escaped});
    return {};
  }

  result<void> open(const template_tag& tag) {
    const auto name = tag.inside.substr(0, tag.inside.find_first_of(" \t\r\n("));
    const auto known = std::find(block_names.begin(), block_names.end(), name);
    if (known == block_names.end())
      return template_error(tag.offset, "there is no block '#" + std::string(name) + "'", known_words_hint(name, block_names));
    if (open_.size() >= deepest_template) return template_error(tag.offset, "blocks are nested more than 32 deep");
    open_block opened{std::make_unique<block>(), name, tag.offset};
    opened.made->kind = static_cast<block_kind>(known - block_names.begin());
    frame_names names;
    const auto text = tag.inside.substr(name.size());
    const bool frame = gives_frame(opened.made->kind);
    auto subject = frame ? read_block_subject(text, offset_in(text), scope_, names) : read_expression(text, offset_in(text), scope_);
    if (!subject) return subject.error();
    opened.made->branches.push_back({std::move(*subject), {}});
    names.loop = opened.made->kind == block_kind::each;
    if (frame) scope_.frames.push_back(std::move(names));
    open_.push_back(std::move(opened));
    return {};
  }

  result<void> otherwise(const template_tag& tag) {
    if (open_.empty()) return template_error(tag.offset, "{{else}} stands outside a block");
    auto& top = open_.back();
    if (top.in_otherwise) return template_error(tag.offset, "a second {{else}} in the same block");
    if (tag.inside.empty()) {
      // The else part of #each and #with sees what stands around the block.
      if (gives_frame(top.made->kind)) scope_.frames.pop_back();
      top.in_otherwise = true;
      return {};
    }
    if (!tag.inside.starts_with("if") || gives_frame(top.made->kind))
      return template_error(tag.offset, "only {{else}} and, within #if, {{else if …}} are known");
    const auto text = tag.inside.substr(2);
    auto subject = read_expression(text, offset_in(text), scope_);
    if (!subject) return subject.error();
    top.made->branches.push_back({std::move(*subject), {}});
    return {};
  }

  result<void> close(const template_tag& tag) {
    if (open_.empty() || open_.back().name != tag.inside)
      return template_error(tag.offset, "{{/" + std::string(tag.inside) + "}} closes " +
                                            (open_.empty() ? "nothing" : "{{#" + std::string(open_.back().name) + "}}"));
    auto done = std::move(open_.back());
    open_.pop_back();
    if (gives_frame(done.made->kind) && !done.in_otherwise) scope_.frames.pop_back();
    target().emplace_back(std::move(done.made));
    return {};
  }

  reading_scope scope_;
  std::string_view source_;
  template_tree tree_;
  std::vector<open_block> open_;
};

}  // namespace

result<template_tree> parse_template(std::string_view source, query_pool& queries) {
  const auto pieces = split_template(source);
  if (!pieces) return pieces.error();
  return builder(queries).build(*pieces, source);
}

}  // namespace shep::mocks
