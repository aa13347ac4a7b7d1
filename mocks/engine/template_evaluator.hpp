#pragma once

#include "mocks/engine/template_helpers.hpp"
#include "mocks/engine/template_text.hpp"
#include "mocks/engine/template_tree.hpp"

#include <string>
#include <vector>

namespace shep::mocks {

/// A value met while rendering: looked at where it lives, or owned.
struct operand {
  boost::json::value owned;
  const boost::json::value* seen = nullptr;
  const boost::json::value& get() const { return seen ? *seen : owned; }
};

/// One rendering of one tree. Recursion is as deep as the template is nested, which its reader bounded.
/// Problems carry the offset in `where`, as while reading.
class template_evaluator {
 public:
  template_evaluator(evaluation& context, escaping how, const template_limits& limits) : context_(context), how_(how), limits_(limits) {}

  result<std::string> run(const template_tree&);

 private:
  struct frame {
    const boost::json::value* item = nullptr;
    std::size_t index = 0;
    std::size_t count = 0;
    std::string_view key;
  };

  result<void> write(const std::vector<template_node>&);
  result<void> write_output(const output&);
  result<void> write_block(const block&);
  result<void> write_with(const block&, const boost::json::value& subject);
  result<void> write_each(const block&, const boost::json::value& subject);
  result<void> write_item(const branch&, frame);

  result<operand> value_of(const expression&);
  result<operand> call(const helper_call_site&, std::size_t offset);
  operand follow(const frame_path&) const;

  result<void> charge(std::size_t steps, std::size_t offset);
  result<void> append(std::string_view text, bool escaped, std::size_t offset);

  evaluation& context_;
  escaping how_;
  const template_limits& limits_;
  std::size_t steps_ = 0;
  std::string out_;
  std::vector<frame> frames_;
};

/// `text` with everything that could end an element's content or an attribute's value written as a reference, and what XML 1.0 cannot
/// hold at all (section 2.2) as U+FFFD.
void append_for_xml(std::string& out, std::string_view text);

/// `text` without control characters (line ends and tabs become spaces) and with U+FFFD for what is not UTF-8.
void append_plain(std::string& out, std::string_view text);

}  // namespace shep::mocks
