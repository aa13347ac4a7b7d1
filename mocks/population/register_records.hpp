#pragma once

#include "mocks/population/record.hpp"

#include <string>
#include <vector>

/// The member `registers` of a record: what the registers of the ministries hold about a person or a company (README.md, "Registers").
namespace shep::population {

/// Gives a record the registers it does not mention (a birth record from its family, empty lists) and checks every reference: people must
/// exist, organisations lend their names (`fullNameRu`, `fullNameKz`, `regStatus`). Coded values are expanded already.
/// Errors: `problems::bad_record`, `problems::dangling_reference`; `where` begins with `pointer`.
result<void> finish_registers(boost::json::object& record, const std::function<bool(std::string_view iin)>& exists,
                              const record_lookup& organization, const std::string& pointer);

/// Every text under a key `number` in `registers`: what the holder may be found by.
std::vector<std::string> document_numbers(const boost::json::object& record);

}  // namespace shep::population
