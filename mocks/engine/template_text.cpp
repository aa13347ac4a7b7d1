#include "mocks/engine/template_text.hpp"

#include "core/json_scanner.hpp"
#include "mocks/engine/template_evaluator.hpp"
#include "mocks/engine/template_lookups.hpp"
#include "mocks/engine/template_parser.hpp"

#include <cstdlib>

namespace shep::mocks {
namespace {

/// The template's parts know offsets; people want lines.
problem with_place(problem p, std::string_view source, const std::string& name) {
  const auto place = place_in(source, std::strtoull(p.where.c_str(), nullptr, 10));
  p.where = name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  return p;
}

}  // namespace

template_text::template_text(std::string source, std::string name) : source_(std::move(source)), name_(std::move(name)) {}
template_text::~template_text() = default;

result<std::shared_ptr<const template_text>> template_text::parse(std::string source, std::string name, query_pool& queries) {
  std::shared_ptr<template_text> made(new template_text(std::move(source), std::move(name)));
  auto tree = parse_template(made->source_, queries);
  if (!tree) return with_place(tree.error(), made->source_, made->name_);
  made->tree_ = std::make_unique<const template_tree>(std::move(*tree));
  return std::shared_ptr<const template_text>(std::move(made));
}

result<std::string> template_text::render(evaluation& context, escaping how, const template_limits& limits) const {
  auto text = template_evaluator(context, how, limits).run(*tree_);
  if (!text) return with_place(text.error(), source_, name_);
  return text;
}

std::vector<template_lookup> template_text::lookups() const {
  auto found = find_lookups(*tree_);
  for (template_lookup& l : found) l.where = with_place({{}, {}, l.where}, source_, name_).where;
  return found;
}

}  // namespace shep::mocks
