#include "forensics/canonical_text.hpp"
#include "unit/forensics/corpus.hpp"
#include "xml/escape.hpp"
#include "xml/extent.hpp"

namespace shep::forensics::test {
namespace {

std::string form(xml::element e, bool exclusive, bool comments = false, std::vector<std::string> prefixes = {}, xml::element omit = {},
                 xml::element root = {}) {
  xml::c14n_options o;
  o.exclusive = exclusive;
  o.with_comments = comments;
  o.inclusive_prefixes = std::move(prefixes);
  o.omit = omit;
  o.root = root;
  xml::string_sink out;
  if (!xml::canonicalize(e, o, out)) throw std::logic_error("no canonical form");
  return out.text;
}

using octets_function = std::function<std::string(const xml::document&, xml::element, xml::element, std::string)>;

habits digesting(octets_function f) {
  habits h;
  h.octets = std::move(f);
  return h;
}

habits digest_by(std::function<std::string(const hand&, std::string_view)> f) {
  habits h;
  h.digest = std::move(f);
  return h;
}

}  // namespace

std::vector<planted> digest_mistakes() {
  std::vector<planted> out;
  const auto add = [&](const std::string& name, const std::string& cause, draft d, habits wrong) {
    out.push_back({name, cause, d, std::move(wrong), d});
  };
  add("inclusive form digested, exclusive declared", "inclusive_instead_of_exclusive", {family::rsa, layout::wsse_a},
      digesting([](const auto&, auto target, auto, auto) { return form(target, false); }));
  add("inclusive form digested, exclusive declared, GOST-512", "inclusive_instead_of_exclusive", {family::gost512, layout::wsse_b},
      digesting([](const auto&, auto target, auto, auto) { return form(target, false); }));
  add("exclusive form digested, inclusive declared", "exclusive_instead_of_inclusive",
      {family::gost2004, layout::enveloped, "<a xmlns:unused=\"urn:unused\"></a>"},
      digesting([](const auto&, auto target, auto signature, auto) { return form(target, true, false, {}, signature); }));
  add("comments digested", "comments_included", {family::rsa, layout::wsse_a},
      digesting([](const auto&, auto target, auto, auto) { return form(target, true, true); }));
  add("comments digested because the transform says WithComments", "comments_included", {family::gost512, layout::enveloped},
      digesting([](const auto&, auto target, auto signature, auto) { return form(target, false, true, {}, signature); }));
  add("prefix list used and not written", "prefix_list_missing", {family::rsa, layout::wsse_a},
      digesting([](const auto&, auto target, auto, auto) { return form(target, true, false, {"xsi"}); }));
  draft with_list{family::gost2004, layout::wsse_a};
  with_list.change = [](signature_parts& s) {
    s.references[0].transforms = method("Transform", eds::uri::exc_c14n, inclusive_namespaces("xsi unused"));
  };
  add("prefix list written and not used", "prefix_list_ignored", with_list,
      digesting([](const auto&, auto target, auto, auto) { return form(target, true); }));
  add("octets of the Body digested as they stand", "raw_octets", {family::rsa, layout::wsse_a},
      digesting([](const xml::document& d, auto target, auto, auto) {
        const auto at = xml::extent_of(d, target).value();
        return d.source()->substr(at.begin, at.end - at.begin);
      }));
  add("payload root digested, Body named", "wrong_element", {family::rsa, layout::wsse_a},
      digesting([](const auto&, auto target, auto, auto) { return form(target.first_child(), true); }));
  add("whole envelope digested before the security header was put in", "wrong_element", {family::gost512, layout::wsse_a},
      digesting([](const auto&, auto target, auto signature, auto) { return form(target.parent(), true, false, {}, signature.parent()); }));
  add("content of the Body digested", "element_content", {family::rsa, layout::wsse_b, sample_request() + "<more/>"},
      digesting([](const auto&, auto, auto, const std::string& right) { return std::string(content_of(right)); }));
  add("text of the payload digested", "element_text",
      {family::gost2004, layout::wsse_a, sample_request("", xml::escaped("<r:request xmlns:r=\"urn:demo\"><a/></r:request>"))},
      digesting([](const auto&, auto, auto, auto) { return std::string("<r:request xmlns:r=\"urn:demo\"><a/></r:request>"); }));
  draft by_id{family::rsa, layout::enveloped};
  by_id.change = [](signature_parts& s) { s.references[0].transforms = method("Transform", eds::uri::c14n); };
  out.push_back({"enveloped transform not declared",
                 "enveloped_transform_forgotten",
                 by_id,
                 digesting([](const auto&, auto target, auto signature, auto) { return form(target, false, false, {}, signature); }),
                 {family::rsa, layout::enveloped}});
  add("unfinished signature digested too", "signature_included", {family::rsa, layout::enveloped},
      digesting([](const auto&, auto target, auto, auto) {
        std::string with = form(target, false);
        replace_first(with, "{digest}", "");
        replace_first(with, "{value}", "");
        return with;
      }));
  draft below_default{family::rsa, layout::in_place};
  below_default.envelope_attributes += " xmlns=\"urn:envelope\"";
  add("payload signed as a document of its own, put below a default namespace", "signed_as_standalone_document", below_default,
      digesting([](const auto&, auto target, auto signature, auto) { return form(target, false, false, {}, signature, target); }));
  habits elsewhere;
  elsewhere.before = [](std::string text) {
    replace_first(text, xmlns("unused", "urn:unused"), "");
    return text;
  };
  add("payload signed in an envelope with fewer namespaces", "signed_in_other_context", {family::gost512, layout::in_place}, elsewhere);
  habits other_toolkit;
  other_toolkit.before = [](std::string text) {
    replace_first(text, xmlns("unused", "urn:unused"), xmlns("xs", ns::xs));
    return text;
  };
  add("payload signed in the envelope of another toolkit", "signed_in_other_context", {family::rsa, layout::in_place}, other_toolkit);
  add("digest by SHA-1, SHA-256 declared: of another length", "wrong_digest_algorithm", {family::rsa, layout::wsse_a},
      digest_by([](const hand&, std::string_view x) { return crypto::digest(digest_algorithm::sha1, x); }));
  add("digest by Streebog-256, GOST 34.311 declared", "wrong_digest_algorithm", {family::gost2004, layout::wsse_a},
      digest_by([](const hand&, std::string_view x) { return crypto::digest(digest_algorithm::streebog256, x); }));
  add("digest by SHA-512, Streebog-512 declared", "wrong_digest_algorithm", {family::gost512, layout::enveloped},
      digest_by([](const hand&, std::string_view x) { return crypto::digest(digest_algorithm::sha512, x); }));
  add("CryptoPro S-box in the digest", "wrong_sbox", {family::gost2004, layout::wsse_b},
      digest_by([](const hand&, std::string_view x) { return crypto::digest(digest_algorithm::gost34311_cryptopro, x); }));
  add("digest written backwards", "digest_reversed", {family::gost512, layout::wsse_a},
      digest_by([](const hand& h, std::string_view x) { return backwards(crypto::digest(h.digest, x)); }));
  habits hexadecimal;
  hexadecimal.digest_text = [](std::string d) { return to_hex(d); };
  add("digest written in hexadecimal", "digest_as_text", {family::rsa, layout::wsse_a}, hexadecimal);
  habits base64_of_hex;
  base64_of_hex.digest_text = [](std::string d) { return to_base64(to_hex(d)); };
  add("digest written as base64 of hexadecimal", "digest_as_text", {family::gost2004, layout::enveloped}, base64_of_hex);
  add("nothing digested", "digest_of_nothing", {family::rsa, layout::wsse_a},
      digest_by([](const hand& h, std::string_view) { return crypto::digest(h.digest, ""); }));
  add("digest of the digest", "digest_of_digest", {family::gost512, layout::wsse_a},
      digest_by([](const hand& h, std::string_view x) { return crypto::digest(h.digest, crypto::digest(h.digest, x)); }));
  return out;
}

}  // namespace shep::forensics::test
