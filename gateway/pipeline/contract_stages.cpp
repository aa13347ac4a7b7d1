#include "pipeline/contract_stages.hpp"

#include "eds/envelope.hpp"
#include "pipeline/stages.hpp"
#include "protocol/problems.hpp"
#include "protocol/read_message.hpp"
#include "xml/child_named.hpp"

namespace shep::pipeline {
namespace {

using routing::contract_check;

/// The contract the route asks about; null when it does not ask or none is registered.
const contract::service_contract* asked(const exchange& x) {
  if (x.route->contract == contract_check::off || x.route->contract_name.empty()) return nullptr;
  const auto found = x.world->contracts.find(x.route->contract_name);
  return found == x.world->contracts.end() ? nullptr : &found->second;
}

/// Without values: what is told here goes into logs. Those who may see values find them in the journal.
result<void> judge(const exchange& x, const contract::findings& found, const problem_code& code) {
  if (x.route->contract != contract_check::enforce) return {};
  if (!found.unchecked.empty())
    return problem(code, "the business data could not be held against " + found.schema + ": " + found.unchecked, "data",
                   "send one document of the service, as an element, text or CDATA, or as fields with an xsi:type that names its element");
  if (found.clean()) return {};
  std::string detail = std::to_string(found.total) + (found.total == 1 ? " violation of " : " violations of ") + found.schema;
  if (found.violations.empty()) return problem(code, std::move(detail));
  const contract::violation& first = found.violations.front();
  detail += ", the first: " + first.rule + ": " + first.detail;
  if (first.line != 0) detail += " (line " + std::to_string(first.line) + ")";
  return problem(code, std::move(detail), first.where, "the journal tells all of them");
}

/// responseData/data of an answer of the synchronous channel.
bool holds_data(const xml::document& message) {
  const auto parts = eds::read_envelope(message);
  xml::element at = parts ? parts->body : xml::element();
  for (const std::string_view step : {"SendMessageResponse", "response", "responseData", "data"}) at = xml::child_named(at, step);
  return static_cast<bool>(at);
}

}  // namespace

result<void> check_request_contract(exchange& x) {
  const contract::service_contract* contract = asked(x);
  if (contract == nullptr) return {};
  x.request_contract = contract->check(contract::direction::request, x.request->data, *x.document);
  return judge(x, *x.request_contract, problems::contract_violation);
}

result<void> check_answer_contract(exchange& x, const protocol::response_data& data) {
  const contract::service_contract* contract = asked(x);
  if (contract == nullptr || data.document.empty()) return {};
  const auto document = xml::admit(share(std::string(data.document)), x.world->limits);
  if (!document) return document.error();
  x.answer_contract = contract->check(contract::direction::answer, *document, data.form);
  return judge(x, *x.answer_contract, problems::answer_contract);
}

bool asks_about_answers(const exchange& x) { return asked(x) != nullptr; }

result<void> check_passed_on_contract(exchange& x, const xml::document& message) {
  const contract::service_contract* contract = asked(x);
  if (contract == nullptr) return {};
  if (!holds_data(message)) return {};
  const auto data = protocol::find_business_data(message, xml::remaining(x.world->limits, message.used()));
  if (data && data->form == protocol::carrier::none) return {};
  const protocol::business_data no_document;
  // Text that is no document is looked at as data without XML, which is what the findings then say.
  x.answer_contract = contract->check(contract::direction::answer, data ? *data : no_document, message);
  return judge(x, *x.answer_contract, problems::answer_contract);
}

}  // namespace shep::pipeline
