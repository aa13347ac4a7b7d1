#include "mocks/engine/template_evaluator.hpp"

#include "mocks/engine/problems.hpp"

#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;

// A step pays for so many octets of text, or so many items of a list.
constexpr std::size_t octets_a_step = 256;
constexpr std::size_t items_a_step = 8;

const json::value* member_of(const json::value& value, const std::string& step) {
  if (value.is_object()) return value.get_object().if_contains(step);
  if (!value.is_array()) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc() || end != step.data() + step.size()) return nullptr;
  return value.get_array().if_contains(index);
}

problem placed(problem p, std::size_t offset) {
  if (p.where.empty()) p.where = std::to_string(offset);
  return p;
}

}  // namespace

result<std::string> template_evaluator::run(const template_tree& tree) {
  if (auto written = write(tree.nodes); !written) return written.error();
  return std::move(out_);
}

result<void> template_evaluator::write(const std::vector<template_node>& nodes) {
  for (const auto& node : nodes) {
    result<void> written;
    if (const auto* text = std::get_if<std::string_view>(&node)) written = append(*text, false, 0);
    else if (const auto* shown = std::get_if<output>(&node)) written = write_output(*shown);
    else written = write_block(*std::get<std::unique_ptr<block>>(node));
    if (!written) return written;
  }
  return {};
}

result<void> template_evaluator::write_output(const output& shown) {
  if (auto paid = charge(1, shown.value.offset); !paid) return paid;
  const auto value = value_of(shown.value);
  if (!value) return value.error();
  if (const auto* text = value->get().if_string()) return append(*text, shown.escaped, shown.value.offset);
  const auto text = printed(value->get());
  if (!text) return placed(text.error(), shown.value.offset);
  return append(*text, shown.escaped, shown.value.offset);
}

result<void> template_evaluator::write_block(const block& b) {
  if (b.kind == block_kind::if_true || b.kind == block_kind::unless) {
    for (const auto& choice : b.branches) {
      if (auto paid = charge(1, choice.subject.offset); !paid) return paid;
      const auto subject = value_of(choice.subject);
      if (!subject) return subject.error();
      const bool negated = b.kind == block_kind::unless && &choice == &b.branches.front();
      if (is_true(subject->get()) != negated) return write(choice.body);
    }
    return write(b.otherwise);
  }
  const auto& subject_text = b.branches.front().subject;
  if (auto paid = charge(1, subject_text.offset); !paid) return paid;
  const auto subject = value_of(subject_text);
  if (!subject) return subject.error();
  return b.kind == block_kind::with ? write_with(b, subject->get()) : write_each(b, subject->get());
}

result<void> template_evaluator::write_with(const block& b, const json::value& subject) {
  if (!is_true(subject)) return write(b.otherwise);
  return write_item(b.branches.front(), {&subject, 0, 1, {}});
}

result<void> template_evaluator::write_each(const block& b, const json::value& subject) {
  const auto& body = b.branches.front();
  if (const auto* list = subject.if_array(); list && !list->empty()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      if (auto written = write_item(body, {&(*list)[i], i, list->size(), {}}); !written) return written;
    return {};
  }
  if (const auto* object = subject.if_object(); object && !object->empty()) {
    std::size_t i = 0;
    for (const auto& member : *object)
      if (auto written = write_item(body, {&member.value(), i++, object->size(), member.key()}); !written) return written;
    return {};
  }
  if (is_true(subject) && !subject.is_object()) return placed(unusable("#each needs a list or an object"), body.subject.offset);
  return write(b.otherwise);
}

result<void> template_evaluator::write_item(const branch& body, frame f) {
  if (auto paid = charge(1, body.subject.offset); !paid) return paid;
  frames_.push_back(f);
  auto written = write(body.body);
  frames_.pop_back();
  return written;
}

result<operand> template_evaluator::value_of(const expression& e) {
  if (const auto* constant = std::get_if<literal>(&e.what)) return operand{nullptr, &constant->value};
  if (const auto* path = std::get_if<frame_path>(&e.what)) return follow(*path);
  if (const auto* asked = std::get_if<request_value>(&e.what)) {
    operand value;
    value.owned = context_.view.*(asked->member);
    return value;
  }
  return call(*std::get<std::unique_ptr<helper_call_site>>(e.what), e.offset);
}

operand template_evaluator::follow(const frame_path& path) const {
  const frame& f = frames_[path.frame];
  operand value;
  switch (path.of) {
    case frame_path::part::index: value.owned = f.index; return value;
    case frame_path::part::first: value.owned = f.index == 0; return value;
    case frame_path::part::last: value.owned = f.index + 1 == f.count; return value;
    case frame_path::part::key: value.owned = f.key; return value;
    case frame_path::part::item: break;
  }
  value.seen = f.item;
  for (const auto& step : path.steps) {
    value.seen = member_of(*value.seen, step);
    if (!value.seen) return {};
  }
  return value;
}

result<operand> template_evaluator::call(const helper_call_site& site, std::size_t offset) {
  const helper& called = *site.called;
  if (auto paid = charge(called.cost, offset); !paid) return paid.error();
  std::vector<operand> values;
  values.reserve(site.positional.size() + site.named.size());
  const auto evaluate = [&](const expression& e) -> result<void> {
    auto value = value_of(e);
    if (!value) return value.error();
    values.push_back(std::move(*value));
    return {};
  };
  std::vector<const json::value*> positional;
  for (const auto& argument : site.positional) {
    if (auto done = evaluate(argument); !done) return done.error();
    positional.push_back(&values.back().get());
  }
  std::vector<const json::value*> named(called.named.size(), nullptr);
  for (const auto& argument : site.named) {
    if (auto done = evaluate(argument.value); !done) return done.error();
    const auto place = std::find(called.named.begin(), called.named.end(), argument.name) - called.named.begin();
    named[static_cast<std::size_t>(place)] = &values.back().get();
  }
  auto answer = called.run({positional, named, site.asked.get(), context_});
  if (!answer) return placed(answer.error(), offset);
  std::size_t size = 0;
  if (const auto* text = answer->if_string()) size = text->size() / octets_a_step;
  if (const auto* list = answer->if_array()) size = list->size() / items_a_step;
  if (auto paid = charge(size, offset); !paid) return paid.error();
  operand value;
  value.owned = std::move(*answer);
  return value;
}

result<void> template_evaluator::charge(std::size_t steps, std::size_t offset) {
  steps_ += steps;
  if (steps_ <= limits_.steps) return {};
  return problem(problems::template_limit, "the template needs more than " + std::to_string(limits_.steps) + " steps",
                 std::to_string(offset), "shorten its loops");
}

result<void> template_evaluator::append(std::string_view text, bool escaped, std::size_t offset) {
  // Looked at before and after: before, because escaping a huge text would be work already; after, because escaping makes it longer.
  const bool fits = text.size() <= limits_.output - out_.size();
  if (fits && !escaped) out_ += text;
  if (fits && escaped) how_ == escaping::xml ? append_for_xml(out_, text) : append_plain(out_, text);
  if (fits && out_.size() <= limits_.output) return {};
  return problem(problems::template_limit, "the text grows beyond " + std::to_string(limits_.output) + " octets", std::to_string(offset));
}

}  // namespace shep::mocks
