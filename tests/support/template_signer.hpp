#pragma once

#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "eds/algorithms.hpp"
#include "support/pki.hpp"
#include "xml/c14n.hpp"
#include "xml/document.hpp"
#include "xml/text.hpp"

#include <functional>
#include <string>

/// Signs what stands in a text, without any policy: the hand of a stranger, honest or not. Independent of eds/sign, and of eds/verify but
/// for the table of algorithm identifiers.
///
/// In the text every ds:DigestValue to be filled holds `{digest}` and every ds:SignatureValue `{value}`; what is inside SignedInfo
/// decides what is digested and how. A Reference is looked up as the first element with that id in any attribute called Id in any case.
namespace shep::test {

namespace ns = xml::ns;

struct signing_by_hand {
  const crypto::identity* who = nullptr;  ///< null: signer()
  std::function<xml::element(xml::element root, const std::string& uri)> find{};
};

inline void replace_first(std::string& text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::logic_error("the text holds no " + std::string(what));
  text.replace(at, what.size(), with);
}

inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  replace_first(text, what, with);
  return text;
}

inline xml::document admitted(const std::string& text) {
  auto document = xml::admit(share(text));
  if (!document) throw std::logic_error(describe(document.error()) + "\n" + text.substr(0, 2000));
  return std::move(*document);
}

inline xml::element by_id(xml::element root, const std::string& uri) {
  for (xml::element e = root; e; e = e.next_in_document(root))
    for (const xml::attribute& a : e.attributes()) {
      std::string local(a.local);
      for (char& c : local) c = static_cast<char>(std::tolower(c));
      if ((local == "id" || local == "assertionid") && "#" + std::string(a.value) == uri) return e;
    }
  throw std::logic_error("no element has the id of " + uri);
}

inline std::vector<std::string> prefix_list(xml::element method) {
  std::vector<std::string> out;
  const xml::element inclusive = method.child({ns::exc_c14n, "InclusiveNamespaces"});
  if (!inclusive) return out;
  std::string list(inclusive.attribute_value({"", "PrefixList"}).value_or(""));
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (end > at) out.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

inline std::string algorithm_in(xml::element e) { return std::string(e.attribute_value({"", "Algorithm"}).value_or("")); }

inline std::string canonical_octets(const xml::document& d, xml::element apex, const std::string& uri, bool whole,
                                    std::vector<std::string> prefixes, xml::element omit = {}) {
  xml::c14n_options options;
  options.exclusive = uri.starts_with(eds::uri::exc_c14n);
  options.with_comments = false;
  options.inclusive_prefixes = std::move(prefixes);
  options.omit = omit;
  xml::string_sink sink;
  const auto done = whole ? xml::canonicalize(d, options, sink) : xml::canonicalize(apex, options, sink);
  if (!done) throw std::logic_error(describe(done.error()));
  return sink.text;
}

inline std::string digest_of_reference(const xml::document& d, xml::element reference, xml::element signature, const signing_by_hand& how) {
  std::string method(eds::uri::c14n);
  std::vector<std::string> prefixes;
  xml::element omit;
  if (const xml::element transforms = reference.child({ns::ds, "Transforms"}))
    for (const xml::element& t : transforms.children()) {
      if (algorithm_in(t) == eds::uri::enveloped_signature) omit = signature;
      else if (eds::find_c14n_method(algorithm_in(t))) method = algorithm_in(t), prefixes = prefix_list(t);
    }
  const std::string uri(reference.attribute_value({"", "URI"}).value_or(""));
  const bool whole = uri.empty();
  const xml::element target = whole ? d.root() : how.find ? how.find(d.root(), uri) : by_id(d.root(), uri);
  const auto known = eds::find_digest_method(algorithm_in(reference.child({ns::ds, "DigestMethod"})));
  const auto algorithm = known && crypto::supported(known->algorithm) ? known->algorithm : crypto::digest_algorithm::sha256;
  return to_base64(crypto::digest(algorithm, canonical_octets(d, target, method, whole, prefixes, omit)));
}

/// Fills the first unfinished signature of the text.
inline std::string signed_by_hand(std::string text, const signing_by_hand& how = {}) {
  const auto unfinished = [](const xml::document& d) {
    for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
      if (e.local_name() == "SignatureValue" && xml::text_of(e) == "{value}") return e.parent();
    throw std::logic_error("no unfinished signature");
  };
  const auto signed_info = [](xml::element signature) { return signature.child({ns::ds, "SignedInfo"}); };
  for (;;) {
    const auto d = admitted(text);
    xml::element next;
    for (const xml::element& r : signed_info(unfinished(d)).children({ns::ds, "Reference"}))
      if (const xml::element v = r.child({ns::ds, "DigestValue"}); v && xml::text_of(v) == "{digest}" && !next) next = r;
    if (!next) break;
    replace_first(text, "{digest}", digest_of_reference(d, next, unfinished(d), how));
  }
  const auto d = admitted(text);
  const xml::element info = signed_info(unfinished(d));
  const xml::element method = info.child({ns::ds, "CanonicalizationMethod"});
  const std::string uri = method ? algorithm_in(method) : std::string(eds::uri::exc_c14n);
  const std::string octets = canonical_octets(d, info, uri, false, method ? prefix_list(method) : std::vector<std::string>());
  const auto known = eds::find_signature_method(algorithm_in(info.child({ns::ds, "SignatureMethod"})));
  const crypto::identity& who = how.who ? *how.who : signer();
  const auto usual = eds::methods_for(who.key.kind()).value().signature.algorithm;
  const auto algorithm = known && crypto::key_of(known->algorithm) == who.key.kind() ? known->algorithm : usual;
  replace_first(text, "{value}", to_base64(who.key.sign(algorithm, octets).value()));
  return text;
}

}  // namespace shep::test
