#pragma once

#include "core/result.hpp"
#include "xml/document.hpp"

#include <vector>

namespace shep::xml {

/// Where one element stands in the received octets: offsets into `document.source()`, end offsets one past the last octet.
struct extent {
  std::size_t begin = 0;        ///< '<' of the start tag
  std::size_t inner_begin = 0;  ///< after the start tag
  std::size_t inner_end = 0;    ///< '<' of the end tag; equals `end` for an empty-element tag
  std::size_t end = 0;
  bool empty_tag = false;  ///< written as <a/>
};

/// Second reading of the source, for writers that insert into a document without touching its other octets. UTF-8 sources only:
/// error problems::xml_encoding otherwise.
result<extent> extent_of(const document&, element);

/// Where many elements stand, found in one reading of the source, for reports.
struct span_in_source {
  position begin;       ///< of the start tag
  std::size_t end = 0;  ///< one past the last octet
};
/// Answers in the order of the question; an element of another document gets line 0.
std::vector<span_in_source> spans_of(const document&, const std::vector<element>&);

}  // namespace shep::xml
