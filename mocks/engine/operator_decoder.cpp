#include "mocks/engine/operator_decoder.hpp"

#include "mocks/engine/date_matcher.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 3> awareness = {"STRICT", "NONE", "LEGACY"};
// XMLUnit's words; the first four change what is compared, the others never counted.
constexpr std::array<std::string_view, 7> exemptions = {
    "NAMESPACE_URI", "TEXT_VALUE", "ATTR_VALUE", "NAMESPACE_PREFIX", "SCHEMA_LOCATION", "NO_NAMESPACE_SCHEMA_LOCATION", "XML_ENCODING"};
constexpr std::array<std::string_view, 3> combinations = {"and", "or", "not"};
constexpr std::string_view date_options_keys[] = {"actualFormat", "truncateExpected", "truncateActual", "expectedOffset",
                                                  "expectedOffsetUnit"};
constexpr std::string_view xml_option_keys[] = {"enablePlaceholders", "ignoreOrderOfSameNode", "namespaceAwareness", "exemptedComparisons"};
constexpr std::array<std::string_view, 7> units = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"};

bool is_date(std::string_view name) {
  const auto names = date_operator_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

class decoder {
 public:
  decoder(const json_node& node, const operator_site& site) : node_(node), site_(site) {}

  criterion_ptr decode(bool required) {
    const auto name = only_operator();
    if (!name) {
      if (required) node_.fail(problems::mapping_value, "no operator is given", "equalTo, contains, matches, absent and others");
      options_go_with({});
      return nullptr;
    }
    options_go_with(*name);
    const auto operand = node_.member(*name);
    for (const auto kind : all_text_operators())
      if (name_of(kind) == *name) return made(decode_text_operator(*operand, kind, any_case(*name)));
    if (is_date(*name)) return made(date(*operand, *name));
    // Where there is no document, the key itself has been refused.
    if (*name == "equalToXml") return site_.xml ? xml(*operand) : nullptr;
    return combined(*operand, *name);
  }

 private:
  criterion_ptr made(matcher_ptr matcher) const { return matcher ? site_.text(std::move(matcher)) : nullptr; }

  /// A second operator is noted and passed over.
  std::optional<std::string_view> only_operator() const {
    std::optional<std::string_view> first;
    const auto look_for = [&](std::string_view name) {
      const auto found = node_.member(name);
      if (!found) return;
      if (!first) first = name;
      else
        found->fail(problems::mapping_value, "'" + std::string(name) + "' stands beside '" + std::string(*first) + "'",
                    "one operator in one object; write another pattern for the other, or join them with \"and\"", pointed::key);
    };
    for (const auto kind : all_text_operators()) look_for(name_of(kind));
    for (const auto name : date_operator_names()) look_for(name);
    look_for("equalToXml");
    for (const auto name : combinations) look_for(name);
    return first;
  }

  void options_go_with(std::string_view chosen) const {
    const auto only_with = [&](std::string_view key, bool fits, const char* what, const char* hint) {
      if (fits) return;
      if (const auto found = node_.member(key))
        found->fail(problems::mapping_value, "'" + std::string(key) + "' goes with " + what + " only", hint, pointed::key);
    };
    only_with("caseInsensitive", chosen == "equalTo", "'equalTo'", "for patterns write (?i)");
    for (const auto key : date_options_keys) only_with(key, is_date(chosen), "before, after and equalToDateTime", "");
    for (const auto key : xml_option_keys) only_with(key, chosen == "equalToXml", "equalToXml", "");
  }

  bool any_case(std::string_view name) const {
    const auto given = name == "equalTo" ? node_.member("caseInsensitive") : std::nullopt;
    return given && given->truth().value_or(false);
  }

  std::optional<date_cut> cut(std::string_view key) const {
    const auto given = node_.member(key);
    const auto chosen = given ? given->choice(date_cut_names()) : std::nullopt;
    return chosen ? std::optional(static_cast<date_cut>(*chosen)) : std::nullopt;
  }

  matcher_ptr date(const json_node& operand, std::string_view name) const {
    auto text = operand.text();
    if (!text) return nullptr;
    date_options options;
    if (const auto format = node_.member("actualFormat")) options.actual_format = format->text().value_or("");
    options.cut_expected = cut("truncateExpected");
    options.cut_actual = cut("truncateActual");
    const auto amount = node_.member("expectedOffset");
    const auto unit = node_.member("expectedOffsetUnit");
    if (amount.has_value() != unit.has_value())
      node_.fail(problems::mapping_value, "expectedOffset and expectedOffsetUnit go together", "or write \"now +3 days\"");
    if (amount && unit) {
      const auto number = amount->whole(-1'000'000, 1'000'000);
      const auto word = unit->choice(units);
      if (number && word) options.offset = std::to_string(*number) + " " + std::string(units[*word]);
    }
    const auto names = date_operator_names();
    const auto kind = static_cast<date_operator>(std::find(names.begin(), names.end(), name) - names.begin());
    auto matcher = make_date_matcher(kind, std::move(*text), std::move(options));
    if (matcher) return *matcher;
    auto wrong = matcher.error();
    operand.fail(problems::mapping_value, wrong.detail,
                 wrong.hint.empty() ? "write an xs:dateTime, an xs:date, or \"now +3 days\"" : wrong.hint);
    return nullptr;
  }

  criterion_ptr xml(const json_node& operand) const {
    const auto text = operand.text();
    if (!text) return nullptr;
    xml_pattern_options options;
    if (const auto given = node_.member("enablePlaceholders")) options.placeholders = given->truth().value_or(false);
    if (const auto given = node_.member("ignoreOrderOfSameNode")) options.any_order_of_same_name = given->truth().value_or(false);
    if (const auto given = node_.member("namespaceAwareness"))
      if (const auto chosen = given->choice(awareness)) options.ignore_namespaces = *chosen != 0;
    if (const auto given = node_.member("exemptedComparisons"))
      for (const auto& item : given->items()) {
        const auto chosen = item.choice(exemptions);
        if (!chosen) continue;
        options.ignore_namespaces = options.ignore_namespaces || *chosen == 0;
        options.ignore_texts = options.ignore_texts || *chosen == 1;
        options.ignore_attribute_values = options.ignore_attribute_values || *chosen == 2;
      }
    auto pattern = xml_pattern::create(*text, options);
    if (pattern) return site_.xml(*pattern);
    const auto wrong = pattern.error();
    operand.fail(problems::mapping_value,
                 "equalToXml cannot be used: " + wrong.detail + (wrong.where.empty() ? "" : " (" + wrong.where + ")"), wrong.hint);
    return nullptr;
  }

  criterion_ptr combined(const json_node& operand, std::string_view name) const {
    if (name == "not") {
      auto part = site_.inner(operand);
      return part ? std::make_unique<not_criterion>(site_.name, std::move(part)) : nullptr;
    }
    std::vector<criterion_ptr> parts;
    const auto items = operand.items();
    if (items.empty()) operand.fail(problems::mapping_value, "'" + std::string(name) + "' has nothing to join");
    for (const auto& item : items)
      if (auto part = site_.inner(item)) parts.push_back(std::move(part));
    if (parts.empty()) return nullptr;
    if (name == "and") return std::make_unique<all_criterion>(site_.name, std::move(parts));
    return std::make_unique<any_criterion>(site_.name, std::move(parts));
  }

  const json_node& node_;
  const operator_site& site_;
};

}  // namespace

criterion_ptr decode_operator(const json_node& node, const operator_site& site, bool required) {
  return decoder(node, site).decode(required);
}

matcher_ptr decode_text_operator(const json_node& operand, text_operator kind, bool any_case) {
  std::string text;
  if (kind == text_operator::absent) {
    if (!operand.truth().value_or(true)) {
      operand.fail(problems::mapping_value, "'absent' can only be true", "leave it out, or write {\"matches\": \"(?s).*\"} for 'present'");
      return nullptr;
    }
  } else {
    auto given = operand.text();
    if (!given) return nullptr;
    text = std::move(*given);
  }
  auto made = string_matcher::create(kind, std::move(text), any_case && kind == text_operator::equal_to);
  if (made) return std::make_shared<const string_matcher>(std::move(*made));
  operand.fail(made.error());
  return nullptr;
}

}  // namespace shep::mocks
