#include "forensics/canonical_text.hpp"
#include "forensics/compare.hpp"
#include "xml/extent.hpp"

namespace shep::forensics {
namespace {

xml::position advanced(xml::position at, std::string_view passed) {
  for (const char c : passed) {
    ++at.offset;
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return at;
}

std::size_t reference_length(std::string_view text) {
  const std::size_t end = text.substr(0, 12).find(';');
  return end == std::string_view::npos ? 1 : end + 1;
}

/// What the source writes and the canonical form does not: comments, instructions, both ends of CDATA sections.
std::size_t marker_length(std::string_view source, bool& cdata, std::string_view canonical) {
  if (cdata && source.starts_with("]]>")) {
    cdata = false;
    return 3;
  }
  if (cdata) return 0;
  if (source.starts_with("<![CDATA[")) {
    cdata = true;
    return 9;
  }
  const bool comment = source.starts_with("<!--");
  if ((!comment && !source.starts_with("<?")) || canonical.starts_with(source.substr(0, 2))) return 0;
  const std::string_view closing = comment ? "-->" : "?>";
  const std::size_t end = source.find(closing);
  return end == std::string_view::npos ? 0 : end + closing.size();
}

/// How far the source of a text reaches for the first `wanted` octets of its canonical form.
std::size_t source_length(std::string_view source, std::string_view canonical, std::size_t wanted) {
  std::size_t s = 0, c = 0;
  bool cdata = false;
  for (;;) {
    while (const std::size_t marker = marker_length(source.substr(s), cdata, canonical.substr(c))) s += marker;
    if (c >= wanted || s >= source.size()) return s;
    // One character of each: a reference, CR LF that is read as LF, or an octet.
    const std::string_view rest = source.substr(s);
    const bool reference = !cdata && rest.front() == '&';
    const std::size_t of_source = reference ? reference_length(rest) : rest.starts_with("\r\n") ? 2 : 1;
    std::size_t of_canonical = canonical[c] == '&' ? reference_length(canonical.substr(c)) : 1;
    if (reference && of_canonical == 1)
      while (c + of_canonical < canonical.size() && (static_cast<unsigned char>(canonical[c + of_canonical]) & 0xC0) == 0x80)
        ++of_canonical;
    if (c + of_canonical > wanted) return s;
    s += of_source;
    c += of_canonical;
  }
}

bool is_utf16(std::string_view source) { return source.starts_with("\xFE\xFF") || source.starts_with("\xFF\xFE"); }

}  // namespace

std::optional<source_place> place_of(const mapped_canonical& m, std::size_t offset) {
  if (m.document == nullptr || m.marks.empty()) return std::nullopt;
  const xml::element_mark* last = &m.marks.front();
  for (const xml::element_mark& mark : m.marks) {
    if (mark.offset > offset) break;
    last = &mark;
  }
  const std::string& source = *m.document->source();
  const auto span = xml::spans_of(*m.document, {last->where}).front();
  source_place out{last->where.xpath(), "start tag", span.begin};
  if (is_utf16(source)) return out;
  const std::string_view behind = std::string_view(m.octets).substr(last->offset);
  const std::size_t into = offset - last->offset;
  std::size_t from = span.end;
  std::string_view text = behind;
  if (last->begins) {
    const std::size_t tag = tokens_of(behind.substr(0, std::min<std::size_t>(behind.size(), into + 64 * 1024))).front().octets.size();
    if (into < tag) return out;
    const auto extent = xml::extent_of(*m.document, last->where);
    if (!extent) return out;
    from = extent->inner_begin;
    text = behind.substr(tag);
    out.what = text.substr(into - tag).starts_with("</") ? "end tag" : "text";
    out.position = advanced(span.begin, std::string_view(source).substr(span.begin.offset, from - span.begin.offset));
    const std::string_view rest = std::string_view(source).substr(from);
    out.position = advanced(out.position, rest.substr(0, source_length(rest, text, into - tag)));
    return out;
  }
  const xml::element parent = last->where.parent();
  if (parent) out.xpath = parent.xpath();
  out.what = text.substr(into).starts_with("</") ? "end tag" : "text";
  out.position = advanced(span.begin, std::string_view(source).substr(span.begin.offset, from - span.begin.offset));
  const std::string_view rest = std::string_view(source).substr(from);
  out.position = advanced(out.position, rest.substr(0, source_length(rest, text, into)));
  return out;
}

}  // namespace shep::forensics
