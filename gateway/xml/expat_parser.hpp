#pragma once

#include "xml/document.hpp"

#include <expat.h>
#include <string>
#include <string_view>

/// Private to module xml: everything about expat that is not a rule of ours.
namespace shep::xml {

/// One namespace-aware parser, borrowed from this thread for one document and reset before use. Names arrive as
/// "uri SEP local SEP prefix"; SEP is a character that no XML document can hold, so a name cannot be cut wrongly.
class expat_parser {
 public:
  static constexpr char separator = '\x01';

  /// `expected_octets` decides whether the parser's memory is worth keeping for the next document. Throws std::bad_alloc.
  explicit expat_parser(std::size_t expected_octets);
  ~expat_parser();
  expat_parser(const expat_parser&) = delete;
  expat_parser& operator=(const expat_parser&) = delete;

  XML_Parser get() const { return parser_; }
  position here() const;  ///< of the current event or error

 private:
  XML_Parser parser_;
  bool keep_;
};

/// The parts of a name as expat hands it over.
struct expanded_name {
  std::string_view space, local, prefix;
};
expanded_name split_name(const char* triplet);

/// "line 3, column 7, byte 41".
std::string to_string(const position&);

/// What is wrong, as a part of a sentence: "a start tag and an end tag differ".
std::string_view sentence_of(XML_Error);

}  // namespace shep::xml
