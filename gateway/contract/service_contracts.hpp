#pragma once

#include "contract/schema.hpp"
#include "protocol/request.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shep::contract {

enum class direction { request, answer };
std::string_view name_of(direction);  ///< "request", "answer"

/// What a service's schemas are called: a row of mocks/services/contracts.tsv.
struct contract_row {
  std::string request_schema, answer_schema;  ///< names below schemas/
  std::optional<root_name> answer_fields;     ///< what `data` of an answer stands for when fields stand directly below it
};

/// serviceId → row. Error: problems::usage, with the line.
result<std::map<std::string, contract_row, std::less<>>> read_contract_rows(std::string_view tsv);

/// The shipped table.
const std::map<std::string, contract_row, std::less<>>& shipped_contract_rows();

/// The schemas of one service, compiled. Immutable; any thread.
class service_contract {
 public:
  service_contract(std::shared_ptr<const schema> request, std::shared_ptr<const schema> answer, std::optional<root_name> answer_fields)
      : request_(std::move(request)), answer_(std::move(answer)), answer_fields_(std::move(answer_fields)) {}

  /// The business data of a message whatever carried them; `envelope` is the document that `data` stands in. Fields directly below a typed
  /// `data` are checked as the global element that the type is called like. Data that are no XML, or name no element, come back unchecked.
  findings check(direction, const protocol::business_data&, const xml::document& envelope) const;

  /// A business document on its own, in the form `carrier` says.
  findings check(direction, const xml::document&, protocol::carrier) const;

 private:
  findings check_element(direction, xml::element, const xml::document&, bool fields) const;

  std::shared_ptr<const schema> request_, answer_;
  std::optional<root_name> answer_fields_;
};

}  // namespace shep::contract
