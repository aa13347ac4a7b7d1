#include "mocks/engine/mapping_keys.hpp"

namespace shep::mocks::keys {
namespace {

using words = std::string_view[];

constexpr words in_file = {"$schema", "mappings"};
constexpr words in_file_later = {"meta", "importOptions"};

constexpr words in_mapping = {"$schema", "id", "uuid", "name", "priority", "metadata", "request", "response"};
constexpr words in_mapping_later = {"scenarioName", "scenarioKey",      "requiredScenarioState", "newScenarioState",
                                    "persistent",   "postServeActions", "serveEventListeners",   "insertionIndex"};

constexpr words in_request = {"shep", "bodyPatterns"};
constexpr words in_request_later = {"method",
                                    "url",
                                    "urlPath",
                                    "urlPattern",
                                    "urlPathPattern",
                                    "urlPathTemplate",
                                    "queryParameters",
                                    "formParameters",
                                    "pathParameters",
                                    "headers",
                                    "cookies",
                                    "basicAuthCredentials",
                                    "multipartPatterns",
                                    "scheme",
                                    "host",
                                    "port",
                                    "clientIp",
                                    "customMatcher"};

constexpr words in_request_shep = {"channel", "serviceId",    "senderId", "routeId", "signature",
                                   "person",  "organization", "record",   "consent"};
constexpr words in_signature = {"indication", "innerIndication"};
constexpr words in_consent = {"token", "iin", "accessName", "verdict", "xPathNamespaces"};
constexpr words in_person = {"iin", "known", "xPathNamespaces"};
constexpr words in_record = {"registry", "key", "known", "xPathNamespaces"};
constexpr words in_organization = {"bin", "known", "xPathNamespaces"};

constexpr words operators = {"equalTo", "caseInsensitive", "contains", "doesNotContain", "matches", "doesNotMatch", "absent"};
constexpr words operators_later = {"and",
                                   "or",
                                   "not",
                                   "anything",
                                   "binaryEqualTo",
                                   "equalToXml",
                                   "equalToJson",
                                   "equalToNumber",
                                   "matchesJsonPath",
                                   "matchesJsonSchema",
                                   "before",
                                   "after",
                                   "equalToDateTime",
                                   "includes",
                                   "hasExactly"};
constexpr words in_body_pattern = {"equalTo",      "caseInsensitive", "contains",     "doesNotContain",  "matches",
                                   "doesNotMatch", "absent",          "matchesXPath", "xPathNamespaces", "in"};
constexpr words in_xpath_matcher = {"expression",     "equalTo", "caseInsensitive", "contains",
                                    "doesNotContain", "matches", "doesNotMatch",    "absent"};

constexpr words in_response = {"body", "bodyFileName", "transformers", "fixedDelayMilliseconds", "delayDistribution", "shep"};
constexpr words in_response_later = {"status",
                                     "statusMessage",
                                     "headers",
                                     "jsonBody",
                                     "base64Body",
                                     "proxyBaseUrl",
                                     "fault",
                                     "additionalProxyRequestHeaders",
                                     "chunkedDribbleDelay",
                                     "transformerParameters",
                                     "fromConfiguredStub"};
constexpr words in_response_shep = {"statusCode", "statusMessage", "sign", "carrier", "dataType", "fault"};
constexpr words in_delay = {"type", "milliseconds", "lower", "upper", "median", "sigma"};
constexpr words in_delay_later = {"maxValue"};
constexpr words in_data_type = {"name", "namespace"};
constexpr words in_fault = {"code", "message", "data"};

}  // namespace

const key_table file{"file", in_file, in_file_later};
const key_table mapping{"mapping", in_mapping, in_mapping_later};
const key_table request{"request", in_request, in_request_later};
const key_table request_shep{"requestShep", in_request_shep};
const key_table signature{"signature", in_signature};
const key_table consent{"consent", in_consent};
const key_table person{"person", in_person};
const key_table organization{"organization", in_organization};
const key_table record{"record", in_record};
const key_table text_matcher{"textMatcher", operators, operators_later};
const key_table body_pattern{"bodyPattern", in_body_pattern, operators_later};
const key_table xpath_matcher{"xPathMatcher", in_xpath_matcher, operators_later};
const key_table response{"response", in_response, in_response_later};
const key_table response_shep{"responseShep", in_response_shep};
const key_table delay_distribution{"delayDistribution", in_delay, in_delay_later};
const key_table data_type{"dataType", in_data_type};
const key_table fault{"fault", in_fault};

std::span<const key_table* const> all() {
  static constexpr const key_table* tables[] = {&file,         &mapping,       &request,      &request_shep,  &signature,
                                                &consent,      &person,        &organization, &record,        &text_matcher,
                                                &body_pattern, &xpath_matcher, &response,     &response_shep, &delay_distribution,
                                                &data_type,    &fault};
  return tables;
}

}  // namespace shep::mocks::keys
