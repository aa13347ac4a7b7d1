#pragma once

#include "crypto/digest.hpp"
#include "crypto/gost/sign.hpp"
#include "eds/verify.hpp"
#include "forensics/explain.hpp"
#include "support/messages.hpp"
#include "support/pki.hpp"
#include "support/print.hpp"
#include "support/template_signer.hpp"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

/// Messages that were really signed the wrong way: each step of signing can be replaced by a mistake.
namespace shep::forensics::test {

using namespace shep::test;
using crypto::digest_algorithm;
using crypto::signature_algorithm;

enum class family { rsa, gost512, gost2004 };
enum class layout { wsse_a, wsse_b, token, enveloped, in_place };

/// Who signs, with which algorithms.
struct hand {
  crypto::identity who;
  std::string signature_uri, digest_uri;
  digest_algorithm digest;
  signature_algorithm algorithm;
};

inline crypto::identity gost_identity(crypto::key_kind kind, const std::string& name) {
  const auto key = crypto::private_key::generate(kind).value();
  crypto::certificate_request r;
  r.common_name = name;
  r.iin = "000000000000";
  r.not_before = test_now - 24h;
  r.not_after = test_now + 24h;
  return {key, crypto::issue(r, key.public_key(), &test_root(), test_root().key).value(), {}};
}

inline const hand& hand_of(family f) {
  static const hand hands[] = {
      {signer(), std::string(eds::uri::rsa_sha256), std::string(eds::uri::sha256), digest_algorithm::sha256,
       signature_algorithm::rsa_sha256},
      {gost_identity(crypto::key_kind::gost2015_512, "TEST GOST 512"), std::string(eds::uri::gost2015_512),
       "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512", digest_algorithm::streebog512,
       signature_algorithm::gost2015_512},
      {gost_identity(crypto::key_kind::gost2004, "TEST GOST 2004"), std::string(eds::uri::gost2004),
       "http://www.w3.org/2001/04/xmldsig-more#gost34311", digest_algorithm::gost34311, signature_algorithm::gost2004}};
  return hands[static_cast<std::size_t>(f)];
}

/// A second key of each family, whose certificate the trust store knows.
inline const hand& stranger_of(family f) {
  static const hand strangers[] = {[] {
                                     hand h = hand_of(family::rsa);
                                     h.who = make_identity({.common_name = "TEST STRANGER", .key = key_name::other});
                                     return h;
                                   }(),
                                   [] {
                                     hand h = hand_of(family::gost512);
                                     h.who = gost_identity(crypto::key_kind::gost2015_512, "TEST STRANGER 512");
                                     return h;
                                   }(),
                                   [] {
                                     hand h = hand_of(family::gost2004);
                                     h.who = gost_identity(crypto::key_kind::gost2004, "TEST STRANGER 2004");
                                     return h;
                                   }()};
  return strangers[static_cast<std::size_t>(f)];
}

inline const crypto::trust_store& everybody() {
  static const crypto::trust_store store([] {
    crypto::trust_store::contents c;
    c.anchors = {test_root().certificate};
    for (const family f : {family::rsa, family::gost512, family::gost2004}) {
      c.known.push_back(hand_of(f).who.certificate);
      c.known.push_back(stranger_of(f).who.certificate);
    }
    return c;
  }());
  return store;
}

/// The key behind a GOST identity, for signing a digest and not octets.
inline std::unique_ptr<const gost::signing_key> number_of(const crypto::identity& who) {
  const bool big = who.key.kind() == crypto::key_kind::gost2015_512;
  const auto curve = big ? gost::curve::tc26_512_a : gost::curve::cryptopro_a;
  const std::string pkcs8 = who.key.pkcs8();
  const std::string last = pkcs8.substr(pkcs8.size() - gost::size_of(curve));
  for (const std::string& number : {last, std::string(last.rbegin(), last.rend())}) {
    auto key = gost::signing_key::from_number(curve, number);
    if (key && who.certificate.key().spki().find(key->public_octets()) != std::string::npos) return key;
  }
  throw std::logic_error("the number of the key was not found");
}

inline std::string backwards(std::string_view octets) { return {octets.rbegin(), octets.rend()}; }

/// What a signer does at each step; a case replaces one of them.
struct habits {
  std::function<std::string(std::string unfinished)> before = [](std::string text) {
    return text;
  };  ///< what is signed is not what is sent
  std::function<std::string(const xml::document&, xml::element target, xml::element signature, std::string right)> octets =
      [](const xml::document&, xml::element, xml::element, std::string right) { return right; };
  std::function<std::string(const hand&, std::string_view)> digest = [](const hand& h, std::string_view octets_of) {
    return crypto::digest(h.digest, octets_of);
  };
  std::function<std::string(std::string)> digest_text = [](std::string octets_of) { return to_base64(octets_of); };
  std::function<std::string(const xml::document&, xml::element info, std::string right)> info = [](const xml::document&, xml::element,
                                                                                                   std::string right) { return right; };
  std::function<std::string(const hand&, std::string_view)> sign = [](const hand& h, std::string_view octets_of) {
    return h.who.key.sign(h.algorithm, octets_of).value();
  };
  std::function<std::string(std::string)> value = [](std::string octets_of) { return octets_of; };
  std::function<std::string(std::string)> after = [](std::string text) { return text; };  ///< what happens on the way
};

inline xml::element unfinished_signature(const xml::document& d) {
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
    if (e.local_name() == "SignatureValue" && xml::text_of(e) == "{value}") return e.parent();
  throw std::logic_error("no unfinished signature");
}

/// Signs the first unfinished signature of the text with these habits. `alone`: the element around it counts as a document of its own.
inline std::string signed_with(const std::string& text, const hand& h, const habits& with) {
  std::string out = text;
  {
    const auto d = admitted(with.before(text));
    const xml::element signature = unfinished_signature(d);
    const xml::element reference = signature.child({ns::ds, "SignedInfo"}).child({ns::ds, "Reference"});
    std::string method(eds::uri::c14n);
    std::vector<std::string> prefixes;
    xml::element omit;
    if (const xml::element transforms = reference.child({ns::ds, "Transforms"}))
      for (const xml::element& t : transforms.children()) {
        if (algorithm_in(t) == eds::uri::enveloped_signature) omit = signature;
        else method = algorithm_in(t), prefixes = prefix_list(t);
      }
    const std::string uri(reference.attribute_value({"", "URI"}).value_or(""));
    const xml::element target = uri.empty() ? signature.parent() : by_id(d.root(), uri);
    const std::string right = canonical_octets(d, target, method, target == d.root(), prefixes, omit);
    replace_first(out, "{digest}", with.digest_text(with.digest(h, with.octets(d, target, signature, right))));
  }
  const std::string signed_text = with.before(out);
  const auto d = admitted(signed_text);
  const xml::element info = unfinished_signature(d).child({ns::ds, "SignedInfo"});
  const xml::element method = info.child({ns::ds, "CanonicalizationMethod"});
  const std::string right = canonical_octets(d, info, algorithm_in(method), false, prefix_list(method));
  replace_first(out, "{value}", to_base64(with.value(with.sign(h, with.info(d, info, right)))));
  return with.after(out);
}

/// Cyrillic letters, a comment, a leaf with white space, an empty element, attributes in no order, and ">" in a text.
inline const std::string sample_content =
    "<uin>000000000000</uin><name kind=\"full\" lang='kk'>Әлия Сынақова</name><!-- of a test --><note>a &gt; b</note><gap> </gap><none/>";

inline std::string sample_request(const std::string& line = "", const std::string& content = sample_content) {
  return "<t:SendMessage" + xmlns("t", types_ns) + ">" + line + "<request>" + line +
         "<requestInfo><messageId>1</messageId><serviceId>DEMO</serviceId></requestInfo>" + line + "<requestData>" + line + "<data>" +
         content + "</data>" + line + "</requestData>" + line + "</request>" + line + "</t:SendMessage>";
}

inline signature_parts unfinished_of(const hand& h, layout l) {
  signature_parts s;
  const crypto::certificate& c = h.who.certificate;
  if (l == layout::enveloped || l == layout::in_place) s = business_signature(c);
  else s.key_info = l == layout::wsse_a ? key_identifier(c) : l == layout::wsse_b ? issuer_serial(c) : token_uri();
  s.signature_method = method("SignatureMethod", h.signature_uri);
  s.references[0].digest_method = method("DigestMethod", h.digest_uri);
  return s;
}

/// One unfinished message of each layout; `content` stands in the Body, or in the business document.
struct draft {
  family who = family::rsa;
  layout how = layout::wsse_a;
  std::string content{};  ///< empty: the sample
  std::string envelope_attributes = xmlns("xsi", ns::xsi) + xmlns("unused", "urn:unused");
  std::function<void(signature_parts&)> change = [](signature_parts&) {};

  std::string text() const {
    const hand& h = hand_of(who);
    signature_parts s = unfinished_of(h, how);
    change(s);
    if (how == layout::enveloped)
      return "<r:request" + xmlns("r", "urn:demo") + ">" + (content.empty() ? sample_content : content) + s.text() + "</r:request>";
    message_parts m;
    m.envelope_attributes = envelope_attributes;
    if (how == layout::in_place) {
      m.body = sample_request(
          "", "<r:request" + xmlns("r", "urn:demo") + ">" + (content.empty() ? sample_content : content) + s.text() + "</r:request>");
      return m.text();
    }
    m.body = content.empty() ? sample_request() : content;
    m.header = security((how == layout::token ? binary_token(h.who.certificate) : "") + s.text());
    return m.text();
  }
};

/// A verdict with its causes.
struct explained {
  std::unique_ptr<xml::document> document;
  eds::report report;
  budget spent{limits{}};

  std::string first() const { return report.causes.empty() ? "" : report.causes.front().name; }
  bool proven() const { return !report.causes.empty() && report.causes.front().reproduces_declared_digest; }
  std::string told() const { return eds::to_text(report); }
};

inline xml::element signed_parent(xml::element root) {
  for (xml::element e = root; e; e = e.next_in_document(root))
    if (e.is({ns::ds, "Signature"})) return e.parent();
  return {};
}

inline explained explain_text(const std::string& text, layout how, const options& o = {}) {
  explained out;
  const shared_bytes octets = share(text);
  out.document = std::make_unique<xml::document>(std::move(xml::admit(octets).value()));
  eds::policy rules;
  rules.compat = true;
  if (how == layout::enveloped) out.report = eds::verify_business(*out.document, everybody(), rules, test_now).report;
  else if (how == layout::in_place)
    out.report = eds::verify_business(signed_parent(out.document->root()), everybody(), rules, test_now).report;
  else out.report = eds::verify_message(*out.document, everybody(), rules, test_now).report;
  eds::locate(out.report, *out.document);
  out.spent = explain(octets, out.document.get(), out.report, everybody(), rules, test_now, o);
  return out;
}

}  // namespace shep::forensics::test
