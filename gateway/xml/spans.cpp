#include "xml/expat_parser.hpp"
#include "xml/extent.hpp"

#include <map>

namespace shep::xml {
namespace {

/// Start tags come in document order, as elements do; end tags are matched by a stack of numbers.
struct span_search {
  const expat_parser& parser;
  const std::multimap<std::size_t, std::size_t>& wanted;  ///< number of the element → index of the question
  std::vector<span_in_source>& found;
  std::size_t next = 0;
  std::vector<std::size_t> open{};

  void start() {
    const auto [first, last] = wanted.equal_range(next);
    for (auto i = first; i != last; ++i) found[i->second].begin = parser.here();
    open.push_back(next++);
  }
  void end() {
    const auto [first, last] = wanted.equal_range(open.back());
    open.pop_back();
    if (first == last) return;
    // expat reports the end of <a/> at the octets of the tag itself, with a count of zero.
    const auto count = static_cast<std::size_t>(XML_GetCurrentByteCount(parser.get()));
    const std::size_t here = parser.here().offset;
    for (auto i = first; i != last; ++i) found[i->second].end = count == 0 ? 0 : here + count;
  }
};

}  // namespace

std::vector<span_in_source> spans_of(const document& d, const std::vector<element>& elements) {
  std::vector<span_in_source> found(elements.size());
  std::multimap<const void*, std::size_t> asked;
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (elements[i]) asked.emplace(elements[i].handle(), i);
  std::multimap<std::size_t, std::size_t> wanted;
  std::size_t number = 0;
  for (element e = d.root(); e; e = e.next_in_document(d.root()), ++number) {
    const auto [first, last] = asked.equal_range(e.handle());
    for (auto i = first; i != last; ++i) wanted.emplace(number, i->second);
  }
  const std::string& source = *d.source();
  const expat_parser parser(source.size());
  span_search count{parser, wanted, found};
  XML_SetUserData(parser.get(), &count);
  XML_SetElementHandler(
      parser.get(), [](void* user, const char*, const char**) { static_cast<span_search*>(user)->start(); },
      [](void* user, const char*) { static_cast<span_search*>(user)->end(); });
  XML_Parse(parser.get(), source.data(), static_cast<int>(source.size()), XML_TRUE);
  for (span_in_source& s : found) {
    if (s.begin.line == 0 || s.end != 0) continue;
    const std::size_t close = source.find("/>", s.begin.offset);
    s.end = close == std::string::npos ? source.size() : close + 2;
  }
  return found;
}

}  // namespace shep::xml
