#pragma once

#include "mocks/engine/query.hpp"
#include "mocks/engine/request_view.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/json/value.hpp>

/// What a template means, once read. Texts are views into the source; offsets point into it.
namespace shep::mocks {

struct helper;
struct helper_call_site;

struct literal {
  boost::json::value value;
};

/// request.serviceId and its like.
struct request_value {
  std::string_view request_view::*member;
};

/// A value of an enclosing #with or #each, and the way from it.
struct frame_path {
  enum class part { item, index, first, last, key };
  std::size_t frame = 0;  ///< 0 is the outermost
  part of = part::item;
  std::vector<std::string> steps;
};

struct expression {
  std::size_t offset = 0;
  std::variant<literal, request_value, frame_path, std::unique_ptr<helper_call_site>> what;
};

struct named_argument {
  std::string name;
  expression value;
};

struct helper_call_site {
  const helper* called = nullptr;
  std::vector<expression> positional;
  std::vector<named_argument> named;
  std::shared_ptr<const query> asked;  ///< the XPath helpers' expression, compiled
};

struct block;

struct output {
  expression value;
  bool escaped = true;
};

using template_node = std::variant<std::string_view, output, std::unique_ptr<block>>;

enum class block_kind { if_true, unless, each, with };

struct branch {
  expression subject;
  std::vector<template_node> body;
};

struct block {
  block_kind kind = block_kind::if_true;
  std::vector<branch> branches;  ///< more than one for else if
  std::vector<template_node> otherwise;
};

struct template_tree {
  std::vector<template_node> nodes;
};

}  // namespace shep::mocks
