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

/// How far the source of a text reaches for the first `wanted` octets of its canonical form.
std::size_t source_length(std::string_view source, std::string_view canonical, std::size_t wanted) {
  std::size_t s = 0, c = 0;
  bool cdata = false;
  while (c < wanted && s < source.size()) {
    const std::string_view rest = source.substr(s);
    if (cdata && rest.starts_with("]]>")) {
      cdata = false;
      s += 3;
      continue;
    }
    if (!cdata && rest.starts_with("<![CDATA[")) {
      cdata = true;
      s += 9;
      continue;
    }
    if (!cdata && (rest.starts_with("<!--") || rest.starts_with("<?")) && !canonical.substr(c).starts_with(rest.substr(0, 2))) {
      const std::string_view closing = rest[1] == '!' ? "-->" : "?>";
      const std::size_t end = rest.find(closing);
      if (end == std::string_view::npos) break;
      s += end + closing.size();
      continue;
    }
    // One character of each: a reference, CR LF that is read as LF, or an octet.
    const std::size_t of_source = !cdata && rest.front() == '&' ? reference_length(rest) : rest.starts_with("\r\n") ? 2 : 1;
    std::size_t of_canonical = canonical[c] == '&' ? reference_length(canonical.substr(c)) : 1;
    if (of_source > 1 && rest.front() == '&' && of_canonical == 1)
      while (c + of_canonical < canonical.size() && (static_cast<unsigned char>(canonical[c + of_canonical]) & 0xC0) == 0x80)
        ++of_canonical;
    if (c + of_canonical > wanted) break;
    s += of_source;
    c += of_canonical;
  }
  return s;
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
