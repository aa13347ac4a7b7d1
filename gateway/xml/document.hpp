#pragma once

#include "core/bytes.hpp"
#include "xml/element.hpp"
#include "xml/limits.hpp"

#include <memory>

namespace shep::xml {

/// Place in the received octets, for reports. Lines and columns count from 1; a column counts characters.
struct position {
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t offset = 0;
};

/// What a document took of the counts in `limits`.
struct usage {
  std::size_t elements = 0;
  std::size_t attributes = 0;
  std::size_t comments_and_instructions = 0;
};

/// What is left of `whole` for a document found inside another one: a payload sent as escaped text or CDATA (security catalogue X18).
limits remaining(limits whole, const usage& spent);

/// A document that passed the door: the tree, and the exact octets it was read from. Movable, immutable, shareable between threads.
class document {
 public:
  document();
  document(document&&) noexcept;
  document& operator=(document&&) noexcept;
  ~document();

  element root() const;
  const shared_bytes& source() const;
  const usage& used() const;

  /// Where the element's start tag begins. Costs a second reading of the source: failing paths and reports only.
  position position_of(element) const;

 private:
  struct tree;
  friend result<document> admit(shared_bytes, const limits&, std::string_view);
  friend struct document_access;  // module xml: canonicalization of a whole document, XPath
  std::unique_ptr<tree> tree_;
};

/// The only door: nothing in the project reads XML in another way.
/// expat (XML 1.0 with namespaces) decides and feeds the tree in one pass. Refused by name (xml/problems.hpp): anything not well-formed,
/// DOCTYPE, XML 1.1, encodings other than UTF-8 (and UTF-16 with a byte order mark), `transport_charset` that contradicts the text,
/// and whatever exceeds `limits`; `where` is "line L, column C, byte B" (bytes from 0). White space, comments, instructions and CDATA
/// sections are kept. Thread-safe; bounded, linear time.
result<document> admit(shared_bytes bytes, const limits& = {}, std::string_view transport_charset = {});

}  // namespace shep::xml
