#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace shep::contract {

/// Which schema was not followed: the channel's, or that of the business data.
enum class layer { channel, business };

/// One departure from a schema.
struct violation {
  contract::layer layer = contract::layer::business;
  std::string where;     ///< XPath of the element or attribute, with the document's own prefixes
  std::size_t line = 0;  ///< in the document the path belongs to, from 1; 0 when it was not looked for
  std::string rule;      ///< name of the XML Schema rule: "cvc-pattern-valid"
  std::string detail;    ///< what is wrong and what was expected, without the value itself: fit for logs
  std::string value;     ///< what stands there, clipped; may be personal data: for reports only
};

/// What a check of one document came to.
struct findings {
  std::string schema;                 ///< its name
  std::string unchecked;              ///< why nothing was checked; empty when it was
  std::vector<violation> violations;  ///< the first `most_told`
  std::size_t total = 0;

  static constexpr std::size_t most_told = 32;
  bool clean() const { return total == 0; }
};

/// "/r:Request[1]/iin[1], line 3: cvc-pattern-valid: …" — without the value.
std::string describe(const violation&);

std::string_view name_of(layer);  ///< "channel", "business"

}  // namespace shep::contract
