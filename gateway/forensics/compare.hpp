#pragma once

#include "eds/report.hpp"
#include "xml/c14n.hpp"
#include "xml/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Our canonical octets beside those of another program (`verify --their-canonical FILE`).
namespace shep::forensics {

/// Canonical octets, and which element each of them comes from. Valid while the document lives.
struct mapped_canonical {
  std::string octets;
  const xml::document* document = nullptr;
  std::vector<xml::element_mark> marks;
};

/// What our verifier digests for one reference of a report on `document`. Empty `octets`: there is no such reference or form.
mapped_canonical canonical_of(const xml::document&, const eds::report&, std::size_t signature, std::size_t reference);

/// SignedInfo in the same way.
mapped_canonical canonical_signed_info(const xml::document&, const eds::report&, std::size_t signature);

/// Octets around a place: 16 before and 32 after, as many as there are.
struct window {
  std::size_t begin = 0;
  std::string hex;   ///< "3c 61 3e"
  std::string text;  ///< the same for the eye, '.' for what is no printable ASCII
};

struct source_place {
  std::string xpath;
  std::string what;  ///< "start tag", "text", "end tag"
  xml::position position;
};

struct comparison {
  bool equal = false;
  std::size_t offset = 0;  ///< of the first octet that differs, from 0
  std::size_t our_length = 0, their_length = 0;
  window ours, theirs;
  std::vector<std::string> words;  ///< what differs, a sentence each; the most telling first
  std::optional<source_place> place;
};

/// Pure and linear. Of a file that ends in a line end that ours lacks this is said in words too.
comparison compare_canonical(const mapped_canonical& ours, std::string_view theirs);
comparison compare_canonical(std::string_view ours, std::string_view theirs);

std::string to_text(const comparison&);

/// Where in the source one canonical octet comes from.
std::optional<source_place> place_of(const mapped_canonical&, std::size_t offset);

}  // namespace shep::forensics
