#include "forensics/source_changes.hpp"

#include "forensics/charsets.hpp"
#include "xml/escape.hpp"
#include "xml/extent.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;

std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r') out += end;
    else out += text[i];
  }
  return out;
}

/// Visits a raw text in the ways in which it may have been read.
bool readings(std::string_view raw, const mistake& what, const std::string& detail, const visitor& visit) {
  const auto look = [&](std::string_view octets, const mistake& m, const std::string& more) {
    return !octets.empty() && visit(octets, {&m, more});
  };
  if (look(raw, what, detail)) return true;
  const std::string lf = with_line_ends(raw, "\n");
  if (lf != raw && look(lf, what, detail + " With LF line ends.")) return true;
  const std::string crlf = with_line_ends(raw, "\r\n");
  if (crlf != raw && look(crlf, what, detail + " With CR LF line ends.")) return true;
  if (look("\xEF\xBB\xBF" + std::string(raw), mistakes::byte_order_mark, detail)) return true;
  return false;
}

bool other_charsets(std::string_view raw, const visitor& visit) {
  if (std::all_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return false;
  for (const charset* c : charsets())
    if (const auto octets = encoded(*c, raw);
        octets && visit(*octets, {&mistakes::wrong_charset, "The octets as they stand, in " + std::string(name_of(*c)) + "."}))
      return true;
  return false;
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

std::string_view without_declaration(std::string_view text) {
  if (!text.starts_with("<?xml")) return text;
  const std::size_t end = text.find("?>");
  if (end == std::string_view::npos) return text;
  text.remove_prefix(end + 2);
  return text;
}

/// Place in document order; how many there are when asked for no element.
std::size_t number_of(const xml::document& d, element wanted) {
  std::size_t n = 0;
  for (element e = d.root(); e && e != wanted; e = e.next_in_document(d.root())) ++n;
  return n;
}

element element_by_number(const xml::document& d, std::size_t n) {
  element e = d.root();
  while (e && n-- > 0) e = e.next_in_document(d.root());
  return e;
}

bool is_signature(element e) { return e && e.is({xml::ns::ds, "Signature"}); }

/// The subject in a message whose octets [begin, end) have been replaced; elements before the apex stay what they were.
bool in_changed_message(const subject& s, std::size_t begin, std::size_t end, std::string_view with, const step& why,
                        const visitor& visit) {
  const std::string& source = *s.document.source();
  std::string text;
  text.append(source, 0, begin).append(with).append(source, end);
  const auto changed = xml::admit(share(std::move(text)));
  if (!changed || !s.later.empty()) return false;
  subject there{
      *changed, element_by_number(*changed, number_of(s.document, s.apex)), s.whole, {}, {}, s.enveloped, {}, s.method, s.is_signed_info,
      nullptr};
  if (s.root) there.root = element_by_number(*changed, number_of(s.document, s.root));
  if (s.signature) {
    const std::size_t number = number_of(s.document, s.signature);
    there.signature = element_by_number(*changed, number);
    // A signature behind the payload has moved by what the payload has gained or lost.
    if (!is_signature(there.signature))
      there.signature = element_by_number(*changed, number + number_of(*changed, {}) - number_of(s.document, {}));
    if (!is_signature(there.signature)) return false;
  }
  const std::string octets = canonical_form(there);
  return !octets.empty() && visit(octets, why);
}

bool is_payload_text(std::string_view text) {
  text = xml::trimmed(text);
  return text.size() > 3 && text.front() == '<' && text.back() == '>';
}

}  // namespace

bool raw_changes(const subject& s, const visitor& visit) {
  const std::string& source = *s.document.source();
  const auto at = xml::extent_of(s.document, s.apex);
  if (!at) return false;
  const std::string_view all(source);
  const std::string_view raw = all.substr(at->begin, at->end - at->begin);
  if (readings(raw, mistakes::raw_octets, "", visit)) return true;
  if (s.enveloped && s.signature) {
    // Without the signature: what stood there before it was put in.
    if (const auto cut = xml::extent_of(s.document, s.signature); cut && cut->begin >= at->begin && cut->end <= at->end) {
      const std::string before(all.substr(at->begin, cut->begin - at->begin));
      const std::string after(all.substr(cut->end, at->end - cut->end));
      if (readings(before + after, mistakes::raw_octets, "Without the signature.", visit)) return true;
      const std::string_view head = without_mark(all).substr(0, at->begin - (all.size() - without_mark(all).size()));
      if (s.whole && readings(std::string(head) + before + after, mistakes::declaration_included,
                              "The octets as they stand, without the signature.", visit))
        return true;
    }
  }
  if (at->inner_end > at->inner_begin && !s.is_signed_info &&
      readings(all.substr(at->inner_begin, at->inner_end - at->inner_begin), mistakes::element_content, "The octets as they stand.", visit))
    return true;
  if (s.apex == s.document.root()) {
    const std::string_view text = without_mark(all);
    if (text != raw && readings(text, mistakes::declaration_included, "The octets as they stand.", visit)) return true;
    if (readings(without_declaration(text), mistakes::raw_octets, "Without the XML declaration.", visit)) return true;
  }
  return other_charsets(raw, visit);
}

bool payload_changes(const subject& s, const visitor& visit) {
  if (s.is_signed_info) return false;
  constexpr std::size_t most = 4;
  std::size_t tried = 0;
  for (element e = s.apex; e && tried < most; e = e.next_in_document(s.apex)) {
    if (e.first_child()) continue;
    const std::string text = xml::text_of(e);
    if (!is_payload_text(text)) continue;
    ++tried;
    const auto at = xml::extent_of(s.document, e);
    if (!at || at->empty_tag) continue;
    const std::string_view inner = without_declaration(xml::trimmed(text));
    const step why{&mistakes::payload_escaped, "The payload stands in '" + std::string(e.local_name()) + "'."};
    if (in_changed_message(s, at->inner_begin, at->inner_end, inner, why, visit)) return true;
    // The type that says "text" is not written for elements.
    if (const auto type = e.attribute_value({xml::ns::xsi, "type"}); type) {
      const std::string& source = *s.document.source();
      const std::string_view tag = std::string_view(source).substr(at->begin, at->inner_begin - at->begin);
      const std::size_t name = tag.find(":type=");
      if (name == std::string_view::npos) continue;
      const std::size_t begin = tag.rfind(' ', name);
      const std::size_t quote = tag.find(tag[name + 6], name + 7);
      if (begin == std::string_view::npos || quote == std::string_view::npos) continue;
      const std::string changed = std::string(tag.substr(0, begin)) + std::string(tag.substr(quote + 1)) + std::string(inner);
      if (in_changed_message(s, at->begin, at->inner_end, changed, why, visit)) return true;
    }
  }
  tried = 0;
  for (element e = s.apex; e && tried < most; e = e.next_in_document(s.apex)) {
    const element child = e.first_child();
    if (!child || child.next_sibling() || (e.local_name() != "data" && e.local_name() != "Data" && e.local_name() != "businessData"))
      continue;
    ++tried;
    const auto at = xml::extent_of(s.document, child);
    const auto around = xml::extent_of(s.document, e);
    if (!at || !around) continue;
    const std::string payload = s.document.source()->substr(at->begin, at->end - at->begin);
    for (const std::string_view declaration :
         {"", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
          "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"}) {
      const step why{&mistakes::payload_unescaped, "The payload stands in '" + std::string(e.local_name()) + "'."};
      if (in_changed_message(s, around->inner_begin, around->inner_end, xml::escaped(std::string(declaration) + payload), why, visit))
        return true;
    }
  }
  return false;
}

}  // namespace shep::forensics
