#include "eds/edit_text.hpp"

#include "xml/extent.hpp"

namespace shep::eds {

std::string spliced(const std::string& source, std::size_t begin, std::size_t end, std::string_view text) {
  std::string out;
  out.reserve(source.size() - (end - begin) + text.size());
  out.append(source, 0, begin).append(text).append(source, end);
  return out;
}

std::string qualified(xml::element e) {
  return e.prefix().empty() ? std::string(e.local_name()) : std::string(e.prefix()) + ":" + std::string(e.local_name());
}

result<std::string> with_first_child(const xml::document& document, xml::element parent, const std::string& text) {
  const auto at = xml::extent_of(document, parent);
  if (!at) return at.error();
  if (!at->empty_tag) return spliced(*document.source(), at->inner_begin, at->inner_begin, text);
  return spliced(*document.source(), at->inner_begin - 2, at->inner_begin, ">" + text + "</" + qualified(parent) + ">");
}

result<std::string> with_last_child(const xml::document& document, xml::element parent, const std::string& text) {
  const auto at = xml::extent_of(document, parent);
  if (!at) return at.error();
  if (!at->empty_tag) return spliced(*document.source(), at->inner_end, at->inner_end, text);
  return spliced(*document.source(), at->inner_begin - 2, at->inner_begin, ">" + text + "</" + qualified(parent) + ">");
}

}  // namespace shep::eds
