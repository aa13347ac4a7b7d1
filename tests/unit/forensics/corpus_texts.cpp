#include "forensics/canonical_text.hpp"
#include "forensics/charsets.hpp"
#include "unit/forensics/corpus.hpp"
#include "xml/escape.hpp"

namespace shep::forensics::test {
namespace {

std::string replaced_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

/// The Body of the text changed on the way.
std::string with_body(const std::string& text, const std::function<std::string(std::string)>& change) {
  const std::size_t begin = text.find("<soap:Body"), end = text.find("</soap:Body>");
  return text.substr(0, begin) + change(text.substr(begin, end - begin)) + text.substr(end);
}

/// Line breaks between elements, as a pretty-printer writes them: not inside of elements without children.
std::string in_lines(const std::string& text, const std::string& unit) {
  std::string out;
  std::size_t depth = 0;
  const auto line = [&] {
    out += "\n";
    for (std::size_t i = 0; i < depth; ++i) out += unit;
  };
  token::kind before = token::kind::text;
  for (const token& t : tokens_of(text)) {
    const bool empty = t.octets.ends_with("/>");
    if (t.what == token::kind::end) {
      --depth;
      if (before == token::kind::end || before == token::kind::comment) line();
    } else if (t.what != token::kind::text && !out.empty() && before != token::kind::text) {
      line();
    }
    out += t.octets;
    if (t.what == token::kind::start && !empty) ++depth;
    before = empty ? token::kind::end : t.what;
  }
  return out;
}

const charset& charset_named(std::string_view name) {
  for (const charset* c : charsets())
    if (name_of(*c) == name) return *c;
  throw std::logic_error("no such charset");
}

habits after(std::function<std::string(std::string)> change) {
  habits h;
  h.after = std::move(change);
  return h;
}

habits over(std::function<std::string(std::string)> change) {
  habits h;
  h.octets = [change](const xml::document&, xml::element, xml::element, std::string right) { return change(std::move(right)); };
  return h;
}

}  // namespace

std::vector<planted> text_mistakes() {
  std::vector<planted> out;
  const auto add = [&](const std::string& name, const std::string& cause, draft d, habits wrong) {
    out.push_back({name, cause, d, std::move(wrong), d});
  };
  const std::string lines = sample_request("\n");
  const auto on_body = [](std::function<std::string(std::string)> change) {
    return after([change](std::string text) { return with_body(text, change); });
  };
  add("Body pretty-printed by two spaces on the way, RSA", "reindented_after_signing", {family::rsa, layout::wsse_a},
      on_body([](std::string b) { return in_lines(b, "  "); }));
  add("Body pretty-printed by tabs on the way, GOST-512", "reindented_after_signing", {family::gost512, layout::wsse_b},
      on_body([](std::string b) { return in_lines(b, "\t"); }));
  add("inner document pretty-printed on the way, GOST-2004", "reindented_after_signing", {family::gost2004, layout::enveloped},
      after([](std::string text) { return replaced_all(text, "</uin><name", "</uin>\n    <name"); }));
  add("signed pretty-printed by four spaces, sent compact", "whitespace_stripped_after_signing", {family::rsa, layout::token},
      over([](std::string right) { return in_lines(right, "    "); }));
  add("line ends of the Body removed on the way", "whitespace_stripped_after_signing",
      {family::gost512, layout::wsse_a, in_lines(sample_request(), "")}, on_body([](std::string b) { return replaced_all(b, "\n", ""); }));
  add("digest over CR LF as it stood in the file", "line_ends_changed", {family::rsa, layout::wsse_a, lines},
      over([](std::string right) { return replaced_all(right, "\n", "\r\n"); }));
  add("signed with &#13;, sent without", "line_ends_changed", {family::gost2004, layout::wsse_b, lines},
      over([](std::string right) { return replaced_all(right, "\n", "&#xD;\n"); }));
  add("LF became &#13; and LF on the way", "line_ends_changed", {family::rsa, layout::enveloped, "<a>\n</a><b>x\ny</b>"},
      after([](std::string text) { return replaced_all(text, "\n", "&#13;\n"); }));
  add("digest with a line feed at the end", "trailing_newline", {family::rsa, layout::wsse_a},
      over([](std::string right) { return right + "\n"; }));
  add("digest with CR LF at the end", "trailing_newline", {family::gost512, layout::enveloped},
      over([](std::string right) { return right + "\r\n"; }));
  add("digest with a byte order mark", "byte_order_mark", {family::rsa, layout::enveloped},
      over([](std::string right) { return "\xEF\xBB\xBF" + right; }));
  add("digest over windows-1251", "wrong_charset", {family::rsa, layout::wsse_a},
      over([](std::string right) { return *encoded(charset_named("windows-1251"), right); }));
  add("digest over KOI8-R", "wrong_charset", {family::gost512, layout::enveloped},
      over([](std::string right) { return *encoded(charset_named("KOI8-R"), right); }));
  add("digest over UTF-16LE (Encoding.Unicode)", "wrong_charset", {family::gost2004, layout::wsse_a},
      over([](std::string right) { return *utf16(right, false); }));
  add("UTF-8 read as windows-1251 on the way", "mojibake_after_signing", {family::rsa, layout::wsse_a},
      on_body([](std::string b) { return misread(charset_named("windows-1251"), b, false); }));
  add("UTF-8 read as ISO-8859-1 on the way", "mojibake_after_signing", {family::gost512, layout::wsse_b},
      on_body([](std::string b) { return misread(charset_named("ISO-8859-1"), b, false); }));
  add("UTF-8 read as windows-1252 before signing", "mojibake_before_signing", {family::rsa, layout::token},
      over([](std::string right) { return misread(charset_named("windows-1252"), right, false); }));
  add("UTF-8 read as windows-1251 before signing, lossy", "mojibake_before_signing", {family::gost2004, layout::enveloped},
      over([](std::string right) { return misread(charset_named("windows-1251"), right, true); }));
  add("empty elements collapsed by a serializer", "not_canonical", {family::rsa, layout::wsse_a},
      over([](std::string right) { return replaced_all(right, "<none></none>", "<none/>"); }));
  add("letters written as character references", "not_canonical", {family::rsa, layout::enveloped, "<n>Ә</n>"},
      over([](std::string right) { return replaced_all(right, "Ә", "&#1240;"); }));
  add("XML declaration digested", "xml_declaration_included", {family::rsa, layout::enveloped},
      over([](std::string right) { return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + right; }));
  add("prefix soap renamed to soapenv on the way", "prefix_renamed", {family::rsa, layout::wsse_a},
      after([](std::string text) { return replaced_all(replaced_all(text, "xmlns:soap=", "xmlns:soapenv="), "soap:", "soapenv:"); }));
  const std::string payload = "<r:request xmlns:r=\"urn:demo\"><uin>000000000000</uin></r:request>";
  const auto with_data = [](const std::string& inside) { return sample_request("", inside); };
  const std::string as_text = xml::escaped(payload);
  add("payload signed as elements, sent as text", "payload_escaped_after_signing", {family::rsa, layout::wsse_a, with_data(payload)},
      after([payload, as_text](std::string text) { return replaced_all(text, payload, as_text); }));
  add("payload signed as elements, sent as CDATA", "payload_escaped_after_signing", {family::gost512, layout::wsse_b, with_data(payload)},
      after([payload](std::string text) { return replaced_all(text, payload, "<![CDATA[" + payload + "]]>"); }));
  add("payload signed as text, unescaped on the way", "payload_unescaped_after_signing",
      {family::gost2004, layout::wsse_a, with_data(as_text)},
      after([payload, as_text](std::string text) { return replaced_all(text, as_text, payload); }));
  add("XML declaration put before the payload's text on the way", "payload_declaration_changed",
      {family::rsa, layout::wsse_a, with_data(as_text)},
      after([as_text](std::string text) { return replaced_all(text, as_text, "&lt;?xml version=\"1.0\"?&gt;" + as_text); }));
  add("payload's text pretty-printed on the way", "reindented_after_signing", {family::rsa, layout::wsse_a, with_data(as_text)},
      after([](std::string text) { return replaced_all(text, "&lt;uin", "\n  &lt;uin"); }));
  return out;
}

}  // namespace shep::forensics::test
