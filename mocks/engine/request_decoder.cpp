#include "mocks/engine/consent.hpp"
#include "mocks/engine/criteria.hpp"
#include "mocks/engine/mapping_decoder.hpp"
#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 2> channels = {"sync", "async"};
constexpr std::array<std::string_view, 3> indications = {"TOTAL_PASSED", "TOTAL_FAILED", "INDETERMINATE"};
constexpr std::array<std::string_view, 2> documents = {"envelope", "businessData"};

// A mapping of another service is further away than one that differs in every detail.
constexpr double service_weight = 8;

using namespaces = std::map<std::string, std::string>;

struct request_decoder {
  decode_context& context;
  mapping& made;

  void add(std::unique_ptr<const criterion> c) { made.criteria.push_back(std::move(c)); }

  /// The one operator among the object's keys. `required`: having none is a problem.
  std::optional<string_matcher> matcher(const json_node& node, bool required) {
    std::optional<string_matcher> found;
    std::string_view first;
    const auto any_case = node.member("caseInsensitive");
    for (const auto kind : all_text_operators()) {
      const auto operand = node.member(name_of(kind));
      if (!operand) continue;
      if (!first.empty()) {
        operand->fail(problems::mapping_value, "'" + std::string(name_of(kind)) + "' stands beside '" + std::string(first) + "'",
                      "one operator in one object; write another pattern for the other", pointed::key);
        continue;
      }
      first = name_of(kind);
      found = one(*operand, kind, any_case && any_case->truth().value_or(false));
    }
    if (any_case && first != "equalTo")
      any_case->fail(problems::mapping_value, "'caseInsensitive' goes with 'equalTo' only", "for patterns write (?i)", pointed::key);
    if (required && first.empty())
      node.fail(problems::mapping_value, "no operator is given", "equalTo, contains, matches, absent and others");
    return found;
  }

  static std::optional<string_matcher> one(const json_node& operand, text_operator kind, bool any_case) {
    std::string text;
    if (kind == text_operator::absent) {
      if (!operand.truth().value_or(true)) {
        operand.fail(problems::mapping_value, "'absent' can only be true",
                     "leave it out, or write {\"matches\": \"(?s).*\"} for 'present'");
        return std::nullopt;
      }
    } else {
      auto given = operand.text();
      if (!given) return std::nullopt;
      text = std::move(*given);
    }
    auto made_matcher = string_matcher::create(kind, std::move(text), any_case && kind == text_operator::equal_to);
    if (made_matcher) return std::move(*made_matcher);
    operand.fail(made_matcher.error());
    return std::nullopt;
  }

  /// "X" is short for {"equalTo": "X"}.
  std::optional<string_matcher> matcher_or_text(const json_node& node) {
    if (node.value().is_string()) return one(node, text_operator::equal_to, false);
    const auto before = node.noted();
    if (!node.is_object(keys::text_matcher)) return std::nullopt;
    // A misspelt operator has been told already.
    return matcher(node, node.noted() == before);
  }

  std::shared_ptr<const query> compiled(const json_node& node, const namespaces& prefixes, scope where) {
    const auto expression = node.text();
    if (!expression) return nullptr;
    auto made_query = context.queries().get(*expression, prefixes, where);
    if (made_query) return *made_query;
    node.fail(made_query.error());
    return nullptr;
  }

  static namespaces prefixes_of(const json_node& node) {
    namespaces prefixes;
    const auto given = node.member("xPathNamespaces");
    if (!given) return prefixes;
    const auto* object = given->value().if_object();
    if (!object) {
      given->fail(problems::mapping_value, "xPathNamespaces is an object of prefixes and namespace URIs");
      return prefixes;
    }
    for (const auto& entry : *object)
      if (const auto uri = given->member(entry.key())->text()) prefixes.emplace(entry.key(), *uri);
    return prefixes;
  }

  void value(const json_node& parent, std::string_view key, std::string name, value_criterion::member member,
             std::span<const std::string_view> words = {}, double weight = 1) {
    const auto node = parent.member(key);
    if (!node) return;
    auto wanted = matcher_or_text(*node);
    if (!wanted) return;
    const bool exact = wanted->kind() == text_operator::equal_to;
    if (exact && wanted->operand().empty()) {
      node->fail(problems::mapping_value, "an empty value is one that was not sent", "write {\"absent\": true}");
      return;
    }
    if (exact && !words.empty() && std::find(words.begin(), words.end(), wanted->operand()) == words.end()) {
      node->fail(problems::mapping_value, "'" + shortened(wanted->operand()) + "' never occurs here",
                 known_words_hint(wanted->operand(), words));
      return;
    }
    if (key == "serviceId" && exact && wanted->case_sensitive()) made.service_id = wanted->operand();
    add(std::make_unique<value_criterion>(std::move(name), member, std::move(*wanted), weight));
  }

  void shep(const json_node& node) {
    if (!node.is_object(keys::request_shep)) return;
    value(node, "channel", "channel", &request_view::channel, channels);
    value(node, "serviceId", "serviceId", &request_view::service_id, {}, service_weight);
    value(node, "routeId", "routeId", &request_view::route_id);
    value(node, "senderId", "senderId", &request_view::sender_id);
    if (const auto signature = node.member("signature"); signature && signature->is_object(keys::signature)) {
      value(*signature, "indication", "signature.indication", &request_view::signature_indication, indications);
      value(*signature, "innerIndication", "signature.innerIndication", &request_view::inner_signature_indication, indications);
    }
  }

  void body_pattern(const json_node& node, std::size_t index) {
    const auto before = node.noted();
    if (!node.is_object(keys::body_pattern)) return;
    const bool keys_known = node.noted() == before;
    const std::string name = "bodyPatterns[" + std::to_string(index) + "]";
    const auto prefixes = prefixes_of(node);
    scope looks_at = scope::business_data;
    const auto in = node.member("in");
    if (in)
      if (const auto chosen = in->choice(documents)) looks_at = *chosen == 0 ? scope::envelope : scope::business_data;
    const auto path = node.member("matchesXPath");
    if (!path) {
      if (in && looks_at == scope::business_data)
        in->fail(problems::mapping_value, "a text operator looks at the whole message", "use matchesXPath for the business data");
      if (const auto unused = node.member("xPathNamespaces"))
        unused->fail(problems::mapping_value, "xPathNamespaces goes with matchesXPath", "", pointed::key);
      if (auto wanted = matcher(node, keys_known))
        add(std::make_unique<value_criterion>(name, &request_view::raw_body, std::move(*wanted)));
      return;
    }
    if (matcher(node, false))
      node.fail(problems::mapping_value, "an operator stands beside matchesXPath",
                "put it into it: {\"matchesXPath\": {\"expression\": …, \"equalTo\": …}}");
    std::optional<string_matcher> wanted;
    std::optional<json_node> expression;
    if (!path->value().is_object()) {
      expression = *path;
    } else if (path->is_object(keys::xpath_matcher)) {
      expression = path->member("expression");
      if (!expression) path->fail(problems::mapping_value, "the XPath is missing", "write it under 'expression'");
      wanted = matcher(*path, false);
    }
    const auto asked = expression ? compiled(*expression, prefixes, looks_at) : nullptr;
    if (asked) add(std::make_unique<xpath_criterion>(name + " " + asked->expression(), asked, std::move(wanted)));
  }

  void known(const json_node& parent, std::string_view key, std::string_view number_key, const key_table& table, registered who) {
    const auto node = parent.member(key);
    if (!node || !node->is_object(table)) return;
    const auto number = node->member(number_key);
    if (!number) {
      node->fail(problems::mapping_value, "'" + std::string(number_key) + "' is missing", "give the XPath of the number in the request");
      return;
    }
    const auto asked = compiled(*number, prefixes_of(*node), scope::business_data);
    const auto expected = node->member("known");
    const bool exists = expected ? expected->truth().value_or(true) : true;
    if (asked) add(std::make_unique<known_criterion>(who, asked, exists));
  }

  void record(const json_node& node) {
    if (!node.is_object(keys::record)) return;
    const auto registry = node.member("registry");
    const auto key = node.member("key");
    if (!registry) node.fail(problems::mapping_value, "'registry' is missing", "name a register: mocks/population/README.md");
    if (!key) node.fail(problems::mapping_value, "'key' is missing", "give the XPath of the number in the request");
    if (!registry || !key) return;
    const auto name = registry->text();
    if (name && name->empty()) registry->fail(problems::mapping_value, "a register has a name");
    const auto asked = compiled(*key, prefixes_of(node), scope::business_data);
    const auto expected = node.member("known");
    const bool exists = expected ? expected->truth().value_or(true) : true;
    if (name && asked) add(std::make_unique<record_criterion>(*name, asked, exists));
  }

  /// One object, or a list of them that all must hold.
  void records(const json_node& parent) {
    const auto node = parent.member("record");
    if (!node) return;
    if (!node->value().is_array()) return record(*node);
    for (const auto& item : node->items()) record(item);
  }

  void consent(const json_node& parent) {
    const auto node = parent.member("consent");
    if (!node || !node->is_object(keys::consent)) return;
    const auto prefixes = prefixes_of(*node);
    consent_question question;
    if (const auto token = node->member("token")) question.token = compiled(*token, prefixes, scope::business_data);
    else node->fail(problems::mapping_value, "'token' is missing", "give the XPath of the token in the request");
    if (const auto iin = node->member("iin")) question.iin = compiled(*iin, prefixes, scope::business_data);
    if (const auto access = node->member("accessName")) question.access_name = access->text().value_or("");
    if (const auto verdict = node->member("verdict"))
      if (const auto chosen = verdict->choice(consent_verdict_names())) question.verdict = static_cast<consent_verdict>(*chosen);
    if (question.token) add(std::make_unique<consent_criterion>(std::move(question)));
  }
};

}  // namespace

void decode_request(const json_node& node, decode_context& context, mapping& made) {
  if (!node.is_object(keys::request)) return;
  request_decoder decoder{context, made};
  const auto shep = node.member("shep");
  if (shep) decoder.shep(*shep);
  if (const auto patterns = node.member("bodyPatterns")) {
    const auto items = patterns->items();
    for (std::size_t i = 0; i < items.size(); ++i) decoder.body_pattern(items[i], i);
  }
  if (!shep) return;
  decoder.known(*shep, "person", "iin", keys::person, registered::person);
  decoder.known(*shep, "organization", "bin", keys::organization, registered::organization);
  decoder.records(*shep);
  decoder.consent(*shep);
}

}  // namespace shep::mocks
