#pragma once

#include "mocks/engine/logic_criteria.hpp"
#include "mocks/engine/mapping_decoder.hpp"

namespace shep::mocks {

/// Prefixes of `xPathNamespaces` and an XPath, compiled; both note what is wrong.
std::map<std::string, std::string> decode_prefixes(const json_node& parent);
std::shared_ptr<const query> decode_xpath(const json_node& text, const std::map<std::string, std::string>& prefixes, scope,
                                          decode_context&);

/// method, url…, headers: adds criteria. Returns whether there were any.
bool decode_http_request(const json_node& request, mapping&);

/// One of `bodyPatterns`; `usual_scope` is what patterns look at that do not say it. Null when it cannot be used, which is noted.
criterion_ptr decode_body_pattern(const json_node&, const std::string& name, scope usual_scope, decode_context&);

/// scenarioName, scenarioKey, requiredScenarioState, newScenarioState: sets the step, adds the criterion.
void decode_scenario(const json_node& mapping_node, decode_context&, mapping&);

}  // namespace shep::mocks
