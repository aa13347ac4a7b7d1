#pragma once

#include "core/result.hpp"
#include "mocks/engine/query.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace shep::mocks {

class evaluation;
struct template_tree;

/// How {{…}} puts a value into the text. {{{…}}} never escapes.
enum class escaping {
  xml,    ///< safe in element content and in attribute values between either quotes
  plain,  ///< as it is, control characters left out: for texts that someone else escapes
};

/// What one rendering may cost (security catalogue A09).
struct template_limits {
  std::size_t steps = 100'000;
  std::size_t output = 8 << 20;
};

/// Blocks and sub-expressions inside each other, at most.
inline constexpr std::size_t deepest_template = 32;

/// A name that a template asks the population for.
struct template_lookup {
  enum class kind { registry, person, organization } of;  ///< a register, or a member of such a record
  std::string name;
  std::string where;  ///< "name:line:column"
};

/// A template in the language of README.md, read once. Immutable, safe from any thread. It reaches the request and the surroundings in
/// the evaluation, and neither files nor environment.
class template_text {
 public:
  /// `name` stands in reports, which say "name:line:column". Error: problems::template_syntax.
  static result<std::shared_ptr<const template_text>> parse(std::string source, std::string name, query_pool&);

  /// Errors: problems::template_value, template_limit, token_signing.
  result<std::string> render(evaluation&, escaping = escaping::xml, const template_limits& = {}) const;

  /// What is asked for by a name written out, where it is known what is asked; for checks at load.
  std::vector<template_lookup> lookups() const;

  ~template_text();
  template_text(const template_text&) = delete;
  template_text& operator=(const template_text&) = delete;

 private:
  template_text(std::string source, std::string name);
  std::string source_;  // the tree looks into it
  std::string name_;
  std::unique_ptr<const template_tree> tree_;
};

}  // namespace shep::mocks
