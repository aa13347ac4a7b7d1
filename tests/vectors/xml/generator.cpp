#include "vectors/xml/generator.hpp"

#include <algorithm>
#include <set>

namespace shep::xml {
namespace {

constexpr const char* prefixes[] = {"", "a", "b", "c", "soap", "ds", "\xd0\xb8\xd0\xbc\xd1\x8f", "a.b-1"};
constexpr const char* uris[] = {"http://example.org/a", "http://example.org/b", "urn:example:c", "http://example.org/", "urn:z"};
constexpr const char* names[] = {"e", "item", "\xd0\xb8\xd0\xb8\xd0\xbd", "a", "Z", "b-1", "_x", "xmlish"};
constexpr const char* texts[] = {"x",         " ",        "\n",
                                 "\r\n",      "\r",       "\t",
                                 "]]",        "]",        "\xd1\x82\xd0\xb5\xd1\x81\xd1\x82",
                                 "\"",        "'",        "&lt;",
                                 "&gt;",      "&amp;",    "&#13;",
                                 "&#9;",      "&#10;",    "\xf0\x9f\x98\x80",
                                 ">",         "-",        "&#xD;",
                                 "&#x1F600;", "&apos;",   "&quot;",
                                 "=",         "\xc2\x85", "\xe2\x80\xa8",
                                 "&#xE9;",    "1",        "some longer text without anything special in it "};

std::string to_utf16(const std::string& utf8, bool little) {
  std::u16string units(1, u'\xfeff');
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (int k = 1; k < length; ++k) code = (code << 6) | (static_cast<unsigned char>(utf8[i + static_cast<std::size_t>(k)]) & 0x3fU);
    i += static_cast<std::size_t>(length);
    if (code < 0x10000) {
      units += static_cast<char16_t>(code);
    } else {
      units += static_cast<char16_t>(0xd800 + ((code - 0x10000) >> 10));
      units += static_cast<char16_t>(0xdc00 + ((code - 0x10000) & 0x3ff));
    }
  }
  std::string out;
  for (const char16_t unit : units) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xff);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

}  // namespace

std::string document_generator::next() {
  std::string out;
  const bool wide = chance(20);
  if (chance(2)) out += wide ? "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" : "<?xml version='1.0' encoding='utf-8' ?>\r\n";
  while (chance(3)) out += aside() + (chance(2) ? "\n" : "");
  element(out, {}, 0);
  while (chance(3)) out += (chance(2) ? "\n " : "") + aside();
  if (chance(3)) out += "\n";
  return wide ? to_utf16(out, chance(2)) : out;
}

std::string document_generator::space(bool required) {
  constexpr const char* kinds[] = {" ", "\n", "\t", "  ", "\r\n  "};
  return required || chance(8) ? kinds[chance(3) ? below(std::size(kinds)) : 0] : "";
}

std::string document_generator::characters() {
  std::string out;
  for (std::size_t n = below(6); n > 0; --n) out += texts[below(std::size(texts))];
  // "]]>" is not allowed in text.
  for (std::size_t at; (at = out.find("]]>")) != std::string::npos;) out.erase(at, 1);
  return out;
}

std::string document_generator::value() {
  std::string out = characters();
  std::erase_if(out, [](char c) { return c == '"' || c == '\''; });
  return out;
}

void document_generator::quoted(std::string& out, const std::string& value) {
  const char quote = chance(4) ? '\'' : '"';
  out += space(false) + "=" + space(false) + quote + value + quote;
}

std::string document_generator::aside() {
  if (chance(2)) {
    constexpr const char* comments[] = {"", " note ", "a-b", "&amp;<x>", "\r\n", "\xd0\xb6"};
    return "<!--" + std::string(comments[below(std::size(comments))]) + "-->";
  }
  constexpr const char* instructions[] = {"<?go?>", "<?go now?>", "<?go   a=\"1\" &lt; ?>", "<?x-y \r\n z?>", "<?go ? >?>"};
  return instructions[below(std::size(instructions))];
}

void document_generator::element(std::string& out, std::vector<binding> scope, int depth) {
  std::string declarations;
  std::set<std::string> declared;
  for (std::size_t n = below(depth == 0 ? 5 : 3); n > 0 && (depth == 0 || chance(2)); --n) {
    const std::string prefix = prefixes[below(std::size(prefixes))];
    if (!declared.insert(prefix).second) continue;
    const std::string uri = prefix.empty() && chance(3) ? "" : uris[below(std::size(uris))];
    declarations += space(true) + (prefix.empty() ? "xmlns" : "xmlns:" + prefix);
    quoted(declarations, uri);
    std::erase_if(scope, [&](const binding& b) { return b.prefix == prefix; });
    if (!uri.empty()) scope.push_back({prefix, uri});
  }
  if (chance(40)) {
    declarations += space(true) + "xmlns:xml";
    quoted(declarations, "http://www.w3.org/XML/1998/namespace");
  }
  std::string rest;
  attributes(rest, scope);
  const std::string tail = chance(2) ? declarations + rest : rest + declarations;

  std::string name = names[below(std::size(names))];
  if (!scope.empty() && !chance(3)) {
    const std::string& prefix = scope[below(scope.size())].prefix;
    if (!prefix.empty()) name = prefix + ":" + name;
  }
  out += "<" + name + tail + space(false);
  if (chance(depth == 0 ? 20 : 4)) {
    out += "/>";
    return;
  }
  out += ">";
  content(out, scope, depth);
  out += "</" + name + space(false) + ">";
}

void document_generator::attributes(std::string& out, const std::vector<binding>& scope) {
  std::set<std::string> expanded;
  for (std::size_t n = below(5); n > 0; --n) {
    const std::string local = names[below(std::size(names))];
    std::string prefix, uri;
    if (!scope.empty() && chance(2)) {
      const binding& b = scope[below(scope.size())];
      if (!b.prefix.empty()) prefix = b.prefix, uri = b.uri;
    }
    if (!expanded.insert("{" + uri + "}" + local).second) continue;
    out += space(true) + (prefix.empty() ? local : prefix + ":" + local);
    quoted(out, value());
  }
  constexpr const char* reserved[] = {"xml:lang", "xml:space", "xml:base", "xml:other"};
  for (const char* name : reserved) {
    if (!chance(8)) continue;
    out += space(true) + name;
    quoted(out, name == reserved[1] ? (chance(2) ? "preserve" : "default") : chance(2) ? "ru" : "kk/a");
  }
}

void document_generator::content(std::string& out, const std::vector<binding>& scope, int depth) {
  for (std::size_t n = below(6) + (depth < 2 ? 2 : 0); n > 0; --n) {
    switch (below(8)) {
      case 0: out += aside(); break;
      case 1: out += std::string("<![CDATA[") + (chance(3) ? "" : "<raw> & ]] >\r\n\xd0\xb9") + "]]>"; break;
      case 2:
      case 3:
      case 4: out += characters(); break;
      default:
        if (depth < 7) element(out, scope, depth + 1);
    }
  }
  // Two pieces written one after the other may have met in "]]>".
  for (std::size_t at = 0; (at = out.find("]]>", at)) != std::string::npos; at += 3) {
    const std::size_t opened = out.rfind("<![CDATA[", at);
    const bool closes = opened != std::string::npos && out.find("]]>", opened + 9) == at;
    if (!closes) out.replace(at, 3, "]] ");
  }
}

}  // namespace shep::xml
