#include "xml/expat_parser.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <random>
#include <sys/random.h>
#include <type_traits>

namespace shep::xml {
namespace {

// Above this, what expat and its pools hold on to would weigh more than the microseconds it saves.
constexpr std::size_t largest_kept = 256 << 10;

struct free_parser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using owned_parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, free_parser>;

owned_parser& idle_parser() {
  thread_local owned_parser idle;
  return idle;
}

// A fresh salt for every document without asking the kernel every time: splitmix64 from a random start, one for each thread.
unsigned long next_salt() {
  thread_local std::uint64_t state = [] {
    std::uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed) seed = (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
    return seed;
  }();
  std::uint64_t mixed = (state += 0x9e3779b97f4a7c15U);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return (mixed ^ (mixed >> 31)) | 1;
}

}  // namespace

expat_parser::expat_parser(std::size_t expected_octets) : parser_(idle_parser().release()), keep_(expected_octets <= largest_kept) {
  if (!parser_ || !XML_ParserReset(parser_, nullptr)) {
    if (parser_) XML_ParserFree(parser_);
    parser_ = XML_ParserCreateNS(nullptr, separator);
    if (!parser_) throw std::bad_alloc();
  }
  XML_SetReturnNSTriplet(parser_, 1);
  XML_SetHashSalt(parser_, next_salt());
}

expat_parser::~expat_parser() {
  if (keep_) {
    idle_parser().reset(parser_);
  } else {
    XML_ParserFree(parser_);
  }
}

position expat_parser::here() const {
  const XML_Index offset = XML_GetCurrentByteIndex(parser_);
  return {XML_GetCurrentLineNumber(parser_), XML_GetCurrentColumnNumber(parser_) + 1, offset < 0 ? 0 : static_cast<std::size_t>(offset)};
}

expanded_name split_name(const char* triplet) {
  const std::string_view whole(triplet);
  const auto first = whole.find(expat_parser::separator);
  if (first == std::string_view::npos) return {{}, whole, {}};
  const auto second = whole.find(expat_parser::separator, first + 1);
  if (second == std::string_view::npos) return {whole.substr(0, first), whole.substr(first + 1), {}};
  return {whole.substr(0, first), whole.substr(first + 1, second - first - 1), whole.substr(second + 1)};
}

std::string to_string(const position& p) {
  return "line " + std::to_string(p.line) + ", column " + std::to_string(p.column) + ", byte " + std::to_string(p.offset);
}

std::string_view sentence_of(XML_Error error) {
  switch (error) {
    case XML_ERROR_NO_ELEMENTS: return "there is no root element";
    case XML_ERROR_INVALID_TOKEN: return "a character or construct is not allowed here";
    case XML_ERROR_UNCLOSED_TOKEN: return "the text ends inside markup";
    case XML_ERROR_PARTIAL_CHAR: return "the text ends inside a character";
    case XML_ERROR_TAG_MISMATCH: return "the end tag does not match its start tag";
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return "an attribute stands twice on one element";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "something follows the root element";
    case XML_ERROR_UNDEFINED_ENTITY: return "an entity is not defined";
    case XML_ERROR_BAD_CHAR_REF: return "a character reference names a character that XML does not allow";
    case XML_ERROR_MISPLACED_XML_PI: return "an XML declaration does not stand at the beginning";
    case XML_ERROR_XML_DECL: return "the XML declaration is malformed";
    case XML_ERROR_UNCLOSED_CDATA_SECTION: return "a CDATA section is not closed";
    case XML_ERROR_UNBOUND_PREFIX: return "a namespace prefix is not declared";
    case XML_ERROR_UNDECLARING_PREFIX: return "a namespace prefix is declared with an empty name";
    case XML_ERROR_RESERVED_PREFIX_XML: return "the prefix xml is bound to another namespace";
    case XML_ERROR_RESERVED_PREFIX_XMLNS: return "the prefix xmlns is declared or used";
    case XML_ERROR_RESERVED_NAMESPACE_URI: return "a reserved namespace is bound to a prefix";
    default: return XML_ErrorString(error);
  }
}

}  // namespace shep::xml
