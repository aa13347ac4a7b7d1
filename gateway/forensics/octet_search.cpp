#include "forensics/octet_search.hpp"

#include "forensics/canonical_text.hpp"
#include "forensics/namespace_changes.hpp"
#include "forensics/source_changes.hpp"
#include "forensics/text_changes.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;

xml::c14n_options options_of(const subject& s) {
  xml::c14n_options o;
  o.exclusive = s.method.method.exclusive;
  o.with_comments = s.is_signed_info && s.method.method.with_comments;
  o.inclusive_prefixes = s.method.inclusive_prefixes;
  o.root = s.root;
  if (s.enveloped) o.omit = s.signature;
  o.also_omit = s.later;
  return o;
}

std::string form(const subject& s, const xml::c14n_options& o) {
  xml::string_sink out;
  const auto done = s.whole ? xml::canonicalize(s.document, o, out) : xml::canonicalize(s.apex, o, out);
  return done ? std::move(out.text) : std::string();
}

std::string list_of(const std::vector<std::string>& prefixes) {
  std::string out;
  for (const std::string& p : prefixes) out += (out.empty() ? "" : " ") + p;
  return out;
}

std::size_t depth_of(element e) {
  std::size_t depth = 0;
  for (element up = e.parent(); up; up = up.parent()) ++depth;
  return depth;
}

surroundings_of_text around(const subject& s) {
  surroundings_of_text out{depth_of(s.apex), s.enveloped};
  xml::c14n_options o = options_of(s);
  const std::string canonical = form(s, o);
  o.with_comments = true;
  out.commented = form(s, o);
  if (out.commented == canonical) out.commented.clear();
  return out;
}

/// Elements that somebody may have digested by mistake, each with a name for people. At most 24.
std::vector<std::pair<element, std::string>> other_elements(const subject& s) {
  std::vector<std::pair<element, std::string>> out;
  const auto add = [&](element e, const std::string& what) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const auto& o) { return o.first == e; });
    if (e && e != s.apex && !known && out.size() < 24 && !(s.signature && is_inside(e, s.signature))) out.emplace_back(e, what);
  };
  element inner = s.apex.first_child();
  for (int depth = 0; inner && depth < 6; ++depth, inner = inner.first_child()) add(inner, "an element inside of it");
  element up = s.apex.parent();
  for (int depth = 0; up && depth < 4; ++depth, up = up.parent()) add(up, "an element around it");
  inner = s.apex.first_child();
  for (int i = 0; inner && i < 8; ++i, inner = inner.next_sibling()) add(inner, "a child of it");
  up = s.apex.parent();
  element beside = up ? up.first_child() : element();
  for (int i = 0; beside && i < 6; ++i, beside = beside.next_sibling()) add(beside, "an element beside it");
  for (element e = s.apex; e && out.size() < 24; e = e.next_in_document(s.apex))
    if (e.local_name() == "data" || e.local_name() == "Data" || e.local_name() == "request" || e.local_name() == "response")
      add(e, "an element inside of it");
  return out;
}

/// Both canonical forms of other elements.
bool element_changes(const subject& s, const visitor& visit) {
  if (s.is_signed_info) return false;
  for (const auto& [e, what] : other_elements(s)) {
    const std::string detail = "The digest is that of " + e.xpath() + ", " + what + ".";
    xml::c14n_options o = options_of(s);
    o.root = {};
    if (s.signature && is_inside(s.signature, e)) {
      // Before the signature was there: without it, without the security header that holds it, or with its values empty.
      const element security = s.signature.parent();
      for (const element left_out : {s.signature, security.is({xml::ns::wsse, "Security"}) ? security : element(), element()}) {
        o.omit = left_out;
        xml::string_sink out;
        if (!xml::canonicalize(e, o, out)) continue;
        const std::string octets = left_out ? std::move(out.text) : with_empty(tokens_of(out.text), {"DigestValue", "SignatureValue"});
        if (visit(octets, {&mistakes::wrong_element, detail})) return true;
      }
    }
    o.omit = {};
    if (xml::string_sink out; xml::canonicalize(e, o, out) && visit(out.text, {&mistakes::wrong_element, detail})) return true;
    for (const bool exclusive : {!o.exclusive, o.exclusive}) {
      xml::c14n_options alone;
      alone.exclusive = exclusive;
      if (!exclusive) alone.root = e;
      xml::string_sink out;
      if (xml::canonicalize(e, alone, out) &&
          visit(out.text, {&mistakes::wrong_element, detail + (exclusive ? " In exclusive form." : " In inclusive form.")}))
        return true;
    }
  }
  const std::string canonical = canonical_form(s);
  const std::string_view content = content_of(canonical);
  if (!content.empty() && visit(content, {&mistakes::element_content, ""})) return true;
  if (const std::string_view text = xml::trimmed(content);
      text.size() != content.size() && !text.empty() && visit(text, {&mistakes::element_content, ""}))
    return true;
  int texts = 0;
  for (element e = s.apex; e && texts < 8; e = e.next_in_document(s.apex)) {
    const std::string text = xml::text_of(e);
    if (xml::trimmed(text).size() < 4) continue;
    if (text.size() < 16 && !(e == s.apex)) continue;
    ++texts;
    const step why{&mistakes::element_text, "It is the text of '" + std::string(e.local_name()) + "'."};
    if (visit(text, why) || (xml::trimmed(text).size() != text.size() && visit(xml::trimmed(text), why))) return true;
  }
  return false;
}

/// Unfinished and earlier signatures, which canonical text shows as plain elements.
bool signature_changes(const subject& s, const visitor& visit) {
  if (!s.signature || s.is_signed_info || !is_inside(s.signature, s.apex)) return false;
  xml::c14n_options o = options_of(s);
  if (!s.enveloped) {
    o.omit = s.signature;
    if (const std::string octets = form(s, o); !octets.empty() && visit(octets, {&mistakes::enveloped_forgotten})) return true;
  }
  o.omit = {};
  o.also_omit.clear();
  const std::string with = form(s, o);
  const std::vector<token> all = tokens_of(with);
  if (const std::string none = without_elements(all, "Signature");
      none != canonical_form(s) && visit(none, {&mistakes::all_signatures_removed}))
    return true;
  if (!s.enveloped) return false;
  return visit(with_empty(all, {"DigestValue", "SignatureValue"}), {&mistakes::signature_included}) ||
         visit(with_empty(all, {"SignatureValue"}), {&mistakes::signature_included}) ||
         visit(with_empty(all, {"DigestValue", "SignatureValue", "KeyInfo"}), {&mistakes::signature_included}) ||
         visit(with_empty(all, {"Signature"}), {&mistakes::signature_included}) || visit(with, {&mistakes::signature_included});
}

/// The payload where it was signed inside of the message that carries it now as text.
bool envelope_changes(const subject& s, const visitor& visit) {
  if (s.envelope == nullptr || s.method.method.exclusive) return false;
  // The namespaces around the place where the text stands, declared on the payload's own tag.
  const std::string canonical = canonical_form(s);
  for (element e = s.envelope->root(); e; e = e.next_in_document(s.envelope->root())) {
    if (e.first_child() || xml::text_of(e).find('<') == std::string::npos) continue;
    xml::string_sink there;
    xml::c14n_options inclusive;
    inclusive.exclusive = false;
    if (!xml::canonicalize(e, inclusive, there)) continue;
    const std::string octets = with_declarations_of(canonical, there.text);
    return !octets.empty() && visit(octets, {&mistakes::other_context, "Inside of the envelope that carries it as text now."});
  }
  return false;
}

bool prefix_list_changes(const subject& s, const visitor& visit) {
  const xml::c14n_options declared = options_of(s);
  if (!declared.exclusive) return false;
  xml::c14n_options inclusive = declared;
  inclusive.exclusive = false;
  inclusive.inclusive_prefixes.clear();
  const mistake& what = declared.inclusive_prefixes.empty() ? mistakes::prefix_list_missing : mistakes::prefix_list_ignored;
  for (const auto& list : prefix_lists(form(s, inclusive))) {
    xml::c14n_options listed = declared;
    listed.inclusive_prefixes = list;
    const std::string octets = form(s, listed);
    if (!octets.empty() && visit(octets, {&what, "The signer's list was: " + list_of(list) + "."})) return true;
  }
  return false;
}

}  // namespace

bool is_inside(element e, element apex) {
  for (; e; e = e.parent())
    if (e == apex) return true;
  return false;
}

std::string canonical_form(const subject& s, std::vector<xml::element_mark>* marks) {
  xml::c14n_options o = options_of(s);
  o.marks = marks;
  return form(s, o);
}

bool canonicalization_changes(const subject& s, const visitor& visit) {
  const xml::c14n_options declared = options_of(s);
  const auto look = [&](const xml::c14n_options& o, const step& why) {
    const std::string octets = form(s, o);
    return !octets.empty() && visit(octets, why);
  };
  xml::c14n_options o = declared;
  if (!declared.exclusive) {
    o = declared;
    o.root = s.root ? element() : s.apex;
    if (look(o, {s.root ? &mistakes::other_context : &mistakes::standalone, s.root ? "It was signed where it stands in the message." : ""}))
      return true;
  }
  if (!declared.exclusive || declared.inclusive_prefixes.empty()) {
    o = declared;
    o.exclusive = !declared.exclusive;
    o.root = {};
    if (look(o, {declared.exclusive ? &mistakes::inclusive_for_exclusive : &mistakes::exclusive_for_inclusive})) return true;
    if (declared.exclusive) {
      o.root = s.apex;
      if (look(o, {&mistakes::inclusive_for_exclusive, "As a document of its own."})) return true;
    }
  }
  o = declared;
  o.with_comments = !declared.with_comments;
  if (look(o, {o.with_comments ? &mistakes::comments_included : &mistakes::comments_left_out})) return true;
  if (declared.exclusive && !declared.inclusive_prefixes.empty()) {
    o = declared;
    o.inclusive_prefixes.clear();
    if (look(o, {&mistakes::prefix_list_ignored, "The declared list is: " + list_of(declared.inclusive_prefixes) + "."})) return true;
    o.exclusive = false;
    return look(o, {&mistakes::inclusive_for_exclusive});
  }
  return false;
}

bool visit_candidates(const subject& s, const visitor& visit) {
  const std::string canonical = canonical_form(s);
  if (canonical.empty()) return false;
  return canonicalization_changes(s, visit) || signature_changes(s, visit) || white_space_changes(canonical, around(s), visit) ||
         line_end_changes(canonical, visit) || encoding_changes(canonical, visit) || prefix_list_changes(s, visit) ||
         raw_changes(s, visit) || element_changes(s, visit) || payload_changes(s, visit) || envelope_changes(s, visit) ||
         serializer_changes(canonical, visit) || prefix_changes(canonical, visit) ||
         (!s.method.method.exclusive && context_changes(canonical, visit));
}

bool visit_pairs(const subject& s, const pair_visitor& visit) {
  const surroundings_of_text where = around(s);
  const visitor then = [&](std::string_view octets, const step& first) {
    return common_changes(octets, where, [&](std::string_view changed, const step& second) { return visit(changed, first, second); });
  };
  if (canonicalization_changes(s, then) || signature_changes(s, then)) return true;
  if (!s.method.method.exclusive) {
    const std::string canonical = canonical_form(s);
    if (common_changes(canonical, where, [&](std::string_view octets, const step& second) {
          return fewer_declarations(octets, [&](std::string_view changed, const step& first) { return visit(changed, first, second); });
        }))
      return true;
  }
  return element_changes(s, then);
}

}  // namespace shep::forensics
