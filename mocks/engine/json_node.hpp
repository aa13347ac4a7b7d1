#pragma once

#include "core/problem.hpp"
#include "mocks/engine/json_reader.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace shep::mocks {

/// The keys one kind of object may have. `later` are real keys of WireMock or of ours that this version cannot honour.
struct key_table {
  std::string_view name;  ///< of the definition in schemas/shepsim/mapping.schema.json
  std::span<const std::string_view> keys;
  std::span<const std::string_view> later = {};
};

/// Problems found while one text is decoded; not only the first, but a bounded number: each is looked up in the text, and a hostile text is
/// all problems.
struct decode_report {
  json_text source;
  std::vector<problem> problems;

  static constexpr std::size_t most_told = 200;
  bool full();  ///< no more is told; says so, once, as the last problem
};

/// One value of a JSON text together with its place. Questions that the value cannot answer are noted in the report and come back
/// empty. A node refers to its parent: it must not outlive it.
class json_node {
 public:
  json_node(const boost::json::value& value, decode_report& report) : value_(&value), report_(&report) {}

  const boost::json::value& value() const { return *value_; }
  std::string pointer() const;
  void fail(const problem_code&, std::string what, std::string hint = {}, pointed = pointed::value) const;
  void fail(problem) const;  ///< keeps a place the problem already has and adds that of this value

  std::size_t noted() const { return report_->problems.size(); }  ///< problems so far, in the whole text

  /// True when this is an object; every key that is not in the table is noted.
  bool is_object(const key_table&) const;

  std::optional<json_node> member(std::string_view key) const;  ///< empty when absent; notes nothing
  std::vector<json_node> items() const;                         ///< of a list; notes when it is none

  std::optional<std::string> text() const;
  std::optional<bool> truth() const;
  std::optional<std::int64_t> whole(std::int64_t least, std::int64_t most) const;
  std::optional<double> number(double least, double most) const;
  std::optional<std::size_t> choice(std::span<const std::string_view> words) const;  ///< index of the word

 private:
  json_node(const boost::json::value& value, const json_node& parent, std::string_view key, std::size_t index)
      : value_(&value), report_(parent.report_), parent_(&parent), key_(key), index_(index) {}

  const boost::json::value* value_;
  decode_report* report_;
  const json_node* parent_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
};

}  // namespace shep::mocks
