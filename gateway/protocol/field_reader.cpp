#include "protocol/field_reader.hpp"

#include "protocol/problems.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::protocol {
namespace {

constexpr std::size_t longest_identifier = 256;
// Each note costs an XPath, which is linear in the siblings before it: a stranger must not order that often.
constexpr std::size_t most_departures = 64;

std::string list_of(std::span<const field_rule> rules) {
  std::string text;
  for (const field_rule& r : rules) text += (text.empty() ? "" : ", ") + std::string(r.local);
  return text;
}

}  // namespace

problem format_problem(xml::element at, std::string detail, std::string hint) {
  return {problems::message_format, std::move(detail), at.xpath(), std::move(hint)};
}

result<void> field_reader::depart(const deviation_kind& kind, xml::element at, std::string detail) {
  if (mode_ == reading_mode::strict)
    return format_problem(at, std::move(detail), "allowed only in lenient mode (" + std::string(kind.code) + ")");
  if (notes_.size() == most_departures)
    return format_problem(at, "more than " + std::to_string(most_departures) + " departures from the schema",
                          "the message is not a SendMessage as anybody writes it");
  notes_.push_back({kind.code, std::move(detail), at.xpath()});
  return {};
}

result<field_reader::fields> field_reader::read(xml::element parent, std::span<const field_rule> rules) {
  fields found;
  std::size_t furthest = 0;
  for (xml::element e = parent.first_child(); e; e = e.next_sibling()) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const field_rule& r) { return r.local == e.local_name(); });
    if (rule == rules.end()) {
      auto ok = depart(deviations::unknown_element, e,
                       "'" + std::string(e.local_name()) + "' is not expected inside '" + std::string(parent.local_name()) +
                           "'; expected: " + list_of(rules));
      if (!ok) return ok.error();
      continue;
    }
    if (!e.namespace_uri().empty()) {
      auto ok = depart(deviations::qualified, e,
                       "'" + std::string(e.local_name()) + "' is in namespace '" + std::string(e.namespace_uri()) +
                           "'; it must be in no namespace (write xmlns=\"\" where a default namespace is in force)");
      if (!ok) return ok.error();
    }
    const auto position = static_cast<std::size_t>(rule - rules.begin());
    if (position < furthest) {
      auto ok = depart(deviations::order, e, "'" + std::string(e.local_name()) + "' stands too late; the order is " + list_of(rules));
      if (!ok) return ok.error();
    }
    furthest = std::max(furthest, position);
    auto& same = found[rule->local];
    if (!same.empty() && !rule->repeats) return format_problem(e, "'" + std::string(rule->local) + "' stands twice", "write it once");
    same.push_back(e);
  }
  for (const field_rule& r : rules)
    if (r.required && !found.contains(r.local))
      return format_problem(parent, "'" + std::string(r.local) + "' is missing inside '" + std::string(parent.local_name()) + "'");
  return found;
}

result<std::string> field_reader::collapsed(xml::element e) {
  const auto text = xml::token_of(e);
  if (!text) return format_problem(e, text.error().detail);
  const std::string_view value = xml::trimmed(*text);
  if (value.size() > longest_identifier) return format_problem(e, "'" + std::string(e.local_name()) + "' is longer than 256 octets");
  return std::string(value);
}

result<std::string> field_reader::identifier(xml::element e) {
  auto value = collapsed(e);
  if (!value) return value;
  std::string as_sent = xml::text_of(e);
  if (as_sent.size() == value->size()) return value;
  if (mode_ == reading_mode::strict) return as_sent;  // xs:string keeps its white space
  notes_.push_back({deviations::padded_value.code, "'" + std::string(e.local_name()) + "' has white space around its value", e.xpath()});
  return value;
}

}  // namespace shep::protocol
