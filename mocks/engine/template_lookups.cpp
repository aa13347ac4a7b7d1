#include "mocks/engine/template_lookups.hpp"

#include "mocks/engine/template_helpers.hpp"

#include <optional>

namespace shep::mocks {
namespace {

using kind = template_lookup::kind;
using record_kind = std::optional<kind>;  // of whom a value is the record; empty: not known

class finder {
 public:
  void walk(const std::vector<template_node>& nodes) {
    for (const template_node& node : nodes) {
      if (const auto* printed = std::get_if<output>(&node)) look_at(printed->value);
      else if (const auto* inner = std::get_if<std::unique_ptr<block>>(&node)) walk(**inner);
    }
  }

  std::vector<template_lookup> found;

 private:
  void walk(const block& b) {
    const bool frame = b.kind == block_kind::with || b.kind == block_kind::each;
    for (const branch& one : b.branches) {
      look_at(one.subject);
      if (frame) frames_.push_back(b.kind == block_kind::with ? record_of(one.subject) : std::nullopt);
      walk(one.body);
      if (frame) frames_.pop_back();
    }
    walk(b.otherwise);
  }

  /// The register that a call of `registry` names; empty when it is computed, or another helper is called.
  static std::string register_of(const helper_call_site& call) {
    if (call.called->name != "registry" || call.positional.empty()) return {};
    const auto* word = std::get_if<literal>(&call.positional.front().what);
    return word != nullptr && word->value.is_string() ? std::string(word->value.get_string()) : std::string();
  }

  static record_kind named(std::string_view name) {
    if (name == "person") return kind::person;
    if (name == "organization") return kind::organization;
    return std::nullopt;
  }

  record_kind record_of(const expression& e) const {
    if (const auto* path = std::get_if<frame_path>(&e.what))
      return path->of == frame_path::part::item && path->steps.empty() ? frames_[path->frame] : std::nullopt;
    const auto* call = std::get_if<std::unique_ptr<helper_call_site>>(&e.what);
    if (call == nullptr) return std::nullopt;
    return (*call)->called->name == "registry" ? named(register_of(**call)) : named((*call)->called->name);
  }

  void look_at(const expression& e) {
    if (const auto* path = std::get_if<frame_path>(&e.what)) {
      const record_kind of = frames_[path->frame];
      if (of && path->of == frame_path::part::item && !path->steps.empty())
        found.push_back({*of, path->steps.front(), std::to_string(e.offset)});
    } else if (const auto* call = std::get_if<std::unique_ptr<helper_call_site>>(&e.what)) {
      if (std::string name = register_of(**call); !name.empty())
        found.push_back({kind::registry, std::move(name), std::to_string(e.offset)});
      for (const expression& argument : (*call)->positional) look_at(argument);
      for (const named_argument& argument : (*call)->named) look_at(argument.value);
    }
  }

  std::vector<record_kind> frames_;
};

}  // namespace

std::vector<template_lookup> find_lookups(const template_tree& tree) {
  finder f;
  f.walk(tree.nodes);
  return std::move(f.found);
}

}  // namespace shep::mocks
