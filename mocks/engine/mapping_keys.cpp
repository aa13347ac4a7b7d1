#include "mocks/engine/mapping_keys.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace shep::mocks::keys {
namespace {

using words = std::string_view[];

constexpr words in_file = {"$schema", "mappings"};
constexpr words in_file_later = {"meta", "importOptions"};

constexpr words in_mapping = {"$schema",          "id",         "uuid",         "name",        "priority",
                              "metadata",         "persistent", "scenarioName", "scenarioKey", "requiredScenarioState",
                              "newScenarioState", "request",    "response"};
constexpr words in_mapping_later = {"postServeActions", "serveEventListeners", "insertionIndex"};
constexpr words in_scenario_key = {"xpath", "part", "in", "xPathNamespaces"};

constexpr words in_request = {"shep", "method", "url", "urlPath", "urlPattern", "urlPathPattern", "headers", "bodyPatterns"};
constexpr words in_request_later = {
    "urlPathTemplate",   "queryParameters", "formParameters", "pathParameters", "cookies",  "basicAuthCredentials",
    "multipartPatterns", "scheme",          "host",           "port",           "clientIp", "customMatcher"};

constexpr words in_request_shep = {"channel", "serviceId",    "senderId", "routeId", "signature",
                                   "person",  "organization", "record",   "consent"};
constexpr words in_signature = {"indication", "innerIndication"};
constexpr words in_consent = {"token", "iin", "accessName", "verdict", "xPathNamespaces"};
constexpr words in_person = {"iin", "known", "xPathNamespaces"};
constexpr words in_record = {"registry", "key", "known", "xPathNamespaces"};
constexpr words in_organization = {"bin", "known", "xPathNamespaces"};

constexpr words operators = {"equalTo",
                             "caseInsensitive",
                             "contains",
                             "doesNotContain",
                             "matches",
                             "doesNotMatch",
                             "absent",
                             "before",
                             "after",
                             "equalToDateTime",
                             "actualFormat",
                             "truncateExpected",
                             "truncateActual",
                             "expectedOffset",
                             "expectedOffsetUnit",
                             "and",
                             "or",
                             "not"};
constexpr words json_operators_later = {"anything",          "binaryEqualTo", "equalToJson", "equalToNumber",      "matchesJsonPath",
                                        "matchesJsonSchema", "includes",      "hasExactly",  "applyTruncationLast"};
constexpr words no_xml = {"equalToXml"};
constexpr words of_xml = {"equalToXml", "enablePlaceholders", "ignoreOrderOfSameNode", "namespaceAwareness", "exemptedComparisons"};
constexpr words of_xml_later = {"placeholderOpeningDelimiterRegex", "placeholderClosingDelimiterRegex"};
constexpr words of_body_pattern = {"matchesXPath", "xPathNamespaces", "in"};
constexpr words of_xpath_matcher = {"expression"};

template <std::size_t... Sizes>
constexpr auto joined(const std::string_view (&... lists)[Sizes]) {
  std::array<std::string_view, (Sizes + ...)> out;
  auto at = out.begin();
  ((at = std::copy(std::begin(lists), std::end(lists), at)), ...);
  return out;
}

constexpr auto operators_later = joined(json_operators_later, no_xml);
constexpr auto xml_operators_later = joined(json_operators_later, of_xml_later);
constexpr auto in_xpath_operand = joined(operators, of_xml);
constexpr auto in_body_pattern = joined(operators, of_xml, of_body_pattern);
constexpr auto in_xpath_matcher = joined(operators, of_xml, of_xpath_matcher);

constexpr words in_response = {"status",       "statusMessage",          "headers",           "body",  "jsonBody", "bodyFileName",
                               "transformers", "fixedDelayMilliseconds", "delayDistribution", "fault", "shep"};
constexpr words in_response_later = {"base64Body",
                                     "proxyBaseUrl",
                                     "additionalProxyRequestHeaders",
                                     "removeProxyRequestHeaders",
                                     "chunkedDribbleDelay",
                                     "transformerParameters",
                                     "fromConfiguredStub"};
constexpr words in_response_shep = {"statusCode", "statusMessage", "sign", "carrier", "dataType", "fault"};
constexpr words in_delay = {"type", "milliseconds", "lower", "upper", "median", "sigma"};
constexpr words in_delay_later = {"maxValue"};
constexpr words in_data_type = {"name", "namespace"};
constexpr words in_fault = {"code", "message", "data"};
constexpr words in_named_fault = {"name", "code", "message", "data", "milliseconds"};

}  // namespace

const key_table file{"file", in_file, in_file_later};
const key_table mapping{"mapping", in_mapping, in_mapping_later};
const key_table scenario_key{"scenarioKey", in_scenario_key};
const key_table request{"request", in_request, in_request_later};
const key_table request_shep{"requestShep", in_request_shep};
const key_table signature{"signature", in_signature};
const key_table consent{"consent", in_consent};
const key_table person{"person", in_person};
const key_table organization{"organization", in_organization};
const key_table record{"record", in_record};
const key_table text_matcher{"textMatcher", operators, operators_later};
const key_table body_pattern{"bodyPattern", in_body_pattern, xml_operators_later};
const key_table xpath_matcher{"xPathMatcher", in_xpath_matcher, xml_operators_later};
const key_table xpath_operand{"xPathOperand", in_xpath_operand, xml_operators_later};
const key_table response{"response", in_response, in_response_later};
const key_table response_shep{"responseShep", in_response_shep};
const key_table delay_distribution{"delayDistribution", in_delay, in_delay_later};
const key_table data_type{"dataType", in_data_type};
const key_table fault{"fault", in_fault};
const key_table named_fault{"namedFault", in_named_fault};

std::span<const key_table* const> all() {
  static constexpr const key_table* tables[] = {
      &file,          &mapping,       &scenario_key, &request,       &request_shep,       &signature,
      &consent,       &person,        &organization, &record,        &text_matcher,       &body_pattern,
      &xpath_matcher, &xpath_operand, &response,     &response_shep, &delay_distribution, &data_type,
      &fault,         &named_fault};
  return tables;
}

}  // namespace shep::mocks::keys
