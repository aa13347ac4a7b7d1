#include "pipeline/text_faults.hpp"

#include "core/bytes.hpp"
#include "xml/document.hpp"

#include <optional>

namespace shep::pipeline {
namespace {

struct span {
  std::size_t begin, end;
};

/// From the start of the first such tag to the end of the first such end tag behind it.
std::optional<span> element_in(std::string_view text, const std::string& name) {
  std::size_t begin = text.find("<" + name + ">");
  if (begin == std::string_view::npos) begin = text.find("<" + name + " ");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string end_tag = "</" + name + ">";
  const std::size_t end = text.find(end_tag, begin);
  if (end == std::string_view::npos) return std::nullopt;
  return span{begin, end + end_tag.size()};
}

bool alter_after(std::string& text, std::size_t at, char usual, char other) {
  if (at >= text.size()) return false;
  text[at] = text[at] == usual ? other : usual;
  return true;
}

void replace_first(std::string& text, std::string_view from, std::string_view to) {
  if (const std::size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

std::string qualified(std::string_view prefix, std::string_view name) { return std::string(prefix) + ":" + std::string(name); }

}  // namespace

bool leave_out_status(std::string& text) {
  const auto at = element_in(text, "status");
  if (at) text.erase(at->begin, at->end - at->begin);
  return at.has_value();
}

bool alter_message_id(std::string& text) {
  constexpr std::string_view tag = "<messageId>";
  const std::size_t at = text.find(tag);
  return at != std::string::npos && alter_after(text, at + tag.size(), '0', '1');
}

bool alter_signature_value(std::string& text) {
  const std::size_t tag = text.find("SignatureValue");
  const std::size_t open = tag == std::string::npos ? tag : text.find('>', tag);
  if (open == std::string::npos) return false;
  // Not the first characters: those of a GOST value and of an RSA value may stand for a length or a leading zero.
  std::size_t at = open + 21;
  while (at < text.size() && (text[at] == '\n' || text[at] == '\r' || text[at] == ' ')) ++at;
  return alter_after(text, at, 'A', 'B');
}

bool double_body(std::string& text, std::string_view soap_prefix) {
  const auto at = element_in(text, qualified(soap_prefix, "Body"));
  if (at) text.insert(at->end, text.substr(at->begin, at->end - at->begin));
  return at.has_value();
}

bool wrap_signed_body(std::string& text, std::string_view soap_prefix) {
  const auto at = element_in(text, qualified(soap_prefix, "Body"));
  const std::size_t header_end = text.find("</" + qualified(soap_prefix, "Header") + ">");
  if (!at || header_end == std::string::npos || header_end > at->begin) return false;
  const std::string original = text.substr(at->begin, at->end - at->begin);
  std::string forged = original;
  replace_first(forged, "wsu:Id=\"", "wsu:Id=\"forged-");
  if (const auto code = element_in(forged, "code")) forged.replace(code->begin, code->end - code->begin, "<code>SIMXSW</code>");
  text.replace(at->begin, at->end - at->begin, forged);
  text.insert(header_end, "<w:Original xmlns:w=\"urn:shepsim:wrapped\">" + original + "</w:Original>");
  return true;
}

bool give_other_namespace(std::string& document) {
  const auto parsed = xml::admit(share(std::string(document)), {});
  if (!parsed) return false;
  const xml::element root = parsed->root();
  const std::string space(root.namespace_uri());
  constexpr std::string_view other = "urn:shepsim:wrong-namespace";
  if (space.empty()) {
    const std::string local(root.local_name());
    const std::size_t name = document.find("<" + local);
    if (name == std::string::npos) return false;
    document.insert(name + 1 + local.size(), " xmlns=\"" + std::string(other) + "\"");
    return true;
  }
  bool found = false;
  for (const char quote : {'"', '\''}) {
    const std::string written = quote + space + quote;
    for (std::size_t at = 0; (at = document.find(written, at)) != std::string::npos; at += other.size()) {
      document.replace(at + 1, space.size(), other);
      found = true;
    }
  }
  return found;
}

bool break_encoding(std::string& text) {
  const std::size_t at = text.rfind("</");
  text.insert(at == std::string::npos ? text.size() : at, "\xD2(");
  return true;
}

}  // namespace shep::pipeline
