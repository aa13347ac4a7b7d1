#include "xml/extent.hpp"

#include "xml/expat_parser.hpp"
#include "xml/problems.hpp"

#include <stdexcept>

namespace shep::xml {
namespace {

/// Counts start tags up to the wanted one, then waits for its end tag.
struct search {
  const expat_parser& parser;
  std::size_t elements_before;
  std::size_t open = 0;  ///< elements open at or below the wanted one
  extent found;

  void start() {
    if (open != 0) {
      ++open;
      return;
    }
    if (elements_before-- != 0) return;
    open = 1;
    found.begin = parser.here().offset;
    found.inner_begin = found.begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser.get()));
  }
  void end() {
    if (open == 0 || --open != 0) return;
    // expat reports the end of <a/> at the octets of the tag itself, with a count of zero.
    const auto count = static_cast<std::size_t>(XML_GetCurrentByteCount(parser.get()));
    found.empty_tag = count == 0;
    found.end = found.empty_tag ? found.inner_begin : parser.here().offset + count;
    found.inner_end = found.empty_tag ? found.end : parser.here().offset;
    XML_StopParser(parser.get(), XML_FALSE);
  }
};

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE"); }

}  // namespace

result<extent> extent_of(const document& d, element e) {
  const std::string& bytes = *d.source();
  if (is_utf16(bytes)) return problem(problems::xml_encoding, "a document in UTF-16 cannot be written into", {}, "convert it to UTF-8");
  std::size_t before = 0;
  element at = d.root();
  for (; at && !(at == e); at = at.next_in_document(d.root())) ++before;
  if (!at) throw std::logic_error("extent_of: the element is not of this document");
  const expat_parser parser(bytes.size());
  search s{parser, before, 0, {}};
  XML_SetUserData(parser.get(), &s);
  XML_SetElementHandler(
      parser.get(), [](void* user, const char*, const char**) { static_cast<search*>(user)->start(); },
      [](void* user, const char*) { static_cast<search*>(user)->end(); });
  XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  return s.found;
}

}  // namespace shep::xml
