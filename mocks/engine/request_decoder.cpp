#include "mocks/engine/request_decoder.hpp"

#include "mocks/engine/consent.hpp"
#include "mocks/engine/criteria.hpp"
#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/operator_decoder.hpp"
#include "mocks/engine/problems.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 2> channels = {"sync", "async"};
constexpr std::array<std::string_view, 3> indications = {"TOTAL_PASSED", "TOTAL_FAILED", "INDETERMINATE"};

// A mapping of another service is further away than one that differs in every detail.
constexpr double service_weight = 8;

using namespaces = std::map<std::string, std::string>;

struct request_decoder {
  decode_context& context;
  mapping& made;

  void add(std::unique_ptr<const criterion> c) { made.criteria.push_back(std::move(c)); }

  /// A part of the request: what it is called, where it is, and all that can occur there when that is known.
  struct part {
    const std::string& name;
    value_criterion::member member;
    std::span<const std::string_view> words;
    double weight;
  };

  static criterion_ptr made_of(const part& what, const json_node& node, matcher_ptr matcher) {
    const auto* text = matcher ? matcher->demanded() : nullptr;
    if (!matcher || (text && !can_occur(node, *text, what.words))) return nullptr;
    return std::make_unique<value_criterion>(what.name, what.member, std::move(matcher), what.weight);
  }

  static criterion_ptr operators(const part& what, const json_node& node) {
    const auto before = node.noted();
    if (!node.is_object(keys::text_matcher)) return nullptr;
    const operator_site site{what.name,
                             [&](matcher_ptr matcher) { return made_of(what, node, std::move(matcher)); },
                             {},
                             [&](const json_node& inner) { return operators(what, inner); }};
    // A misspelt operator has been told already.
    return decode_operator(node, site, node.noted() == before);
  }

  static bool can_occur(const json_node& node, const std::string& text, std::span<const std::string_view> words) {
    if (text.empty()) {
      node.fail(problems::mapping_value, "an empty value is one that was not sent", "write {\"absent\": true}");
      return false;
    }
    if (words.empty() || std::find(words.begin(), words.end(), text) != words.end()) return true;
    node.fail(problems::mapping_value, "'" + shortened(text) + "' never occurs here", known_words_hint(text, words));
    return false;
  }

  void value(const json_node& parent, std::string_view key, const std::string& name, value_criterion::member member,
             std::span<const std::string_view> words = {}, double weight = 1) {
    const auto node = parent.member(key);
    if (!node) return;
    const part what{name, member, words, weight};
    // "X" is short for {"equalTo": "X"}.
    auto wanted =
        node->value().is_string() ? made_of(what, *node, decode_text_operator(*node, text_operator::equal_to)) : operators(what, *node);
    if (!wanted) return;
    if (const auto only = wanted->demanded(); only && member == &request_view::service_id) made.service_id = only->text;
    add(std::move(wanted));
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

  std::shared_ptr<const query> compiled(const json_node& node, const namespaces& prefixes) const {
    return decode_xpath(node, prefixes, scope::business_data, context);
  }

  void known(const json_node& parent, std::string_view key, std::string_view number_key, const key_table& table, registered who) {
    const auto node = parent.member(key);
    if (!node || !node->is_object(table)) return;
    const auto number = node->member(number_key);
    if (!number) {
      node->fail(problems::mapping_value, "'" + std::string(number_key) + "' is missing", "give the XPath of the number in the request");
      return;
    }
    const auto asked = compiled(*number, decode_prefixes(*node));
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
    const auto asked = compiled(*key, decode_prefixes(node));
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
    const auto prefixes = decode_prefixes(*node);
    consent_question question;
    if (const auto token = node->member("token")) question.token = compiled(*token, prefixes);
    else node->fail(problems::mapping_value, "'token' is missing", "give the XPath of the token in the request");
    if (const auto iin = node->member("iin")) question.iin = compiled(*iin, prefixes);
    if (const auto access = node->member("accessName")) question.access_name = access->text().value_or("");
    if (const auto verdict = node->member("verdict"))
      if (const auto chosen = verdict->choice(consent_verdict_names())) question.verdict = static_cast<consent_verdict>(*chosen);
    if (question.token) add(std::make_unique<consent_criterion>(std::move(question)));
  }
};

}  // namespace

std::map<std::string, std::string> decode_prefixes(const json_node& parent) {
  namespaces prefixes;
  const auto given = parent.member("xPathNamespaces");
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

std::shared_ptr<const query> decode_xpath(const json_node& node, const namespaces& prefixes, scope where, decode_context& context) {
  const auto expression = node.text();
  if (!expression) return nullptr;
  auto made = context.queries().get(*expression, prefixes, where);
  if (made) return *made;
  node.fail(made.error());
  return nullptr;
}

void decode_request(const json_node& node, decode_context& context, mapping& made) {
  if (!node.is_object(keys::request)) return;
  request_decoder decoder{context, made};
  const auto shep = node.member("shep");
  if (shep) decoder.shep(*shep);
  made.for_wiremock = decode_http_request(node, made) && !shep;
  if (const auto patterns = node.member("bodyPatterns")) {
    const auto items = patterns->items();
    const scope usual = made.for_wiremock ? scope::envelope : scope::business_data;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (auto c = decode_body_pattern(items[i], "bodyPatterns[" + std::to_string(i) + "]", usual, context))
        made.criteria.push_back(std::move(c));
  }
  if (!shep) return;
  decoder.known(*shep, "person", "iin", keys::person, registered::person);
  decoder.known(*shep, "organization", "bin", keys::organization, registered::organization);
  decoder.records(*shep);
  decoder.consent(*shep);
}

}  // namespace shep::mocks
