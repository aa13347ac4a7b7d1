#pragma once

#include "core/result.hpp"
#include "protocol/deviations.hpp"
#include "protocol/read_request.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace shep::protocol {

/// One child element in a schema sequence.
struct field_rule {
  std::string_view local;
  bool required = false;
  bool repeats = false;
};

/// Reads the unqualified children of one element against its xs:sequence. Strict mode refuses what lenient mode notes.
/// Twice what the schema knows once is refused in both.
class field_reader {
 public:
  field_reader(reading_mode mode, std::vector<deviation>& notes) : mode_(mode), notes_(notes) {}

  /// Children by local name, in document order; an absent one is missing from the map.
  using fields = std::map<std::string_view, std::vector<xml::element>>;
  result<fields> read(xml::element parent, std::span<const field_rule> rules);

  /// Text of an identifier: one uninterrupted text of at most 256 octets.
  result<std::string> identifier(xml::element);

  /// Text of a value whose schema type ignores white space around it (XML Schema part 2, whiteSpace="collapse"): the same, trimmed.
  result<std::string> collapsed(xml::element);

  /// Notes a departure, or refuses it in strict mode.
  result<void> depart(const deviation_kind&, xml::element at, std::string detail);

 private:
  reading_mode mode_;
  std::vector<deviation>& notes_;
};

problem format_problem(xml::element at, std::string detail, std::string hint = {});

}  // namespace shep::protocol
