#pragma once

#include "protocol/request.hpp"
#include "xml/limits.hpp"

#include <optional>
#include <string>

/// Looking into messages without believing them: tools that report, never the request path.
namespace shep::protocol {

/// The business data of a request or an answer, at the place where the channel has it. Empty when there is none, or when its text
/// is not a document.
std::optional<business_data> find_business_data(const xml::document&, const xml::limits& = {});

/// What an answer says: a fault, or responseInfo.
struct answer_summary {
  bool is_fault = false;
  std::string code;  ///< faultcode, or status/code
  std::string message;
  std::string error_data;
};
answer_summary summarize_answer(const xml::document&);

}  // namespace shep::protocol
