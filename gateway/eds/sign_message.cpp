#include "core/bytes.hpp"
#include "eds/edit_text.hpp"
#include "eds/envelope.hpp"
#include "eds/id_attributes.hpp"
#include "eds/problems.hpp"
#include "eds/sign.hpp"
#include "eds/signature_writer.hpp"
#include "eds/signing_digest.hpp"
#include "xml/extent.hpp"

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

struct opened {
  xml::document document;
  envelope parts;
};

result<opened> open(shared_bytes message, const xml::limits& limits) {
  auto document = xml::admit(std::move(message), limits);
  if (!document) return document.error();
  auto parts = read_envelope(*document);
  if (!parts) return parts.error();
  return opened{std::move(*document), *parts};
}

/// Where an earlier transport signature stands: the security header, or ds:Signature directly in the header (profile C).
element earlier_signature(const envelope& parts) {
  if (parts.security) return parts.security;
  return parts.header.child({ns::ds, "Signature"});
}

problem bad_id(std::string_view id, element body) {
  return {problems::signing_failed, "the Body's wsu:Id '" + clipped(id, 80) + "' cannot stand in a Reference", body.xpath(),
          "use letters, digits, '-', '_' and '.', at most 255 octets"};
}

/// wsu:Id under a prefix that means wsu at the Body, declared when none of ours is bound yet.
std::string id_attribute(element body, const std::string& id) {
  const bool bound = body.resolve_prefix("wsu") == ns::wsu;
  return (bound ? "" : " xmlns:wsu=\"" + std::string(ns::wsu) + "\"") + " wsu:Id=\"" + id + "\"";
}

/// The message without its old signature, with a header, and with an id on the Body: each missing part is one insertion.
result<opened> prepared(shared_bytes message, const std::string& body_id, const xml::limits& limits) {
  auto m = open(std::move(message), limits);
  if (!m) return m;
  while (const element old = earlier_signature(m->parts)) {
    const auto at = xml::extent_of(m->document, old);
    if (!at) return at.error();
    m = open(share(spliced(*m->document.source(), at->begin, at->end, "")), limits);
    if (!m) return m;
  }
  if (!m->parts.body.attribute_value({ns::wsu, "Id"})) {
    if (!is_plain_id(body_id)) return bad_id(body_id, m->parts.body);
    const auto at = xml::extent_of(m->document, m->parts.body);
    if (!at) return at.error();
    const std::size_t after_name = at->begin + 1 + qualified(m->parts.body).size();
    m = open(share(spliced(*m->document.source(), after_name, after_name, id_attribute(m->parts.body, body_id))), limits);
    if (!m) return m;
  }
  if (!m->parts.header) {
    const auto at = xml::extent_of(m->document, m->parts.body);
    if (!at) return at.error();
    const std::string prefix(m->parts.root.prefix());
    const std::string name = prefix.empty() ? "Header" : prefix + ":Header";
    m = open(share(spliced(*m->document.source(), at->begin, at->begin, "<" + name + "></" + name + ">")), limits);
  }
  return m;
}

/// What no reader would believe is not signed: an id that a Reference cannot name, or that another element carries too.
result<void> check_body_id(const opened& m) {
  const std::string_view id = *m.parts.body.attribute_value({ns::wsu, "Id"});
  if (!is_plain_id(id)) return bad_id(id, m.parts.body);
  for (const element& e : elements_with_id(m.parts.root, id))
    if (e != m.parts.body)
      return problem(problems::signing_failed, "the Body's wsu:Id '" + std::string(id) + "' is carried by another element too", e.xpath(),
                     "an id that two elements carry proves nothing (signature wrapping)");
  return {};
}

/// wsse:Security over a Body of this digest and id.
result<std::string> security_for(std::string_view body_digest, std::string_view body_id, std::string_view soap_prefix,
                                 const signing_methods& methods, const crypto::identity& who, transport_profile profile,
                                 std::string_view unique) {
  const signed_info_text info = write_exclusive_signed_info(methods, body_id, body_digest);
  const auto value = who.key.sign(methods.signature.algorithm, info.canonical);
  if (!value) return value.error();
  return write_security(soap_prefix, info, *value, who.certificate, profile, unique);
}

}  // namespace

result<std::string> sign_message(shared_bytes message, const crypto::identity& who, const message_signing& how, ids& fresh,
                                 const xml::limits& limits) {
  const auto methods = methods_of(who);
  if (!methods) return methods.error();
  const std::string unique = fresh.hex();
  const auto m = prepared(std::move(message), how.body_id.empty() ? "id-" + unique : how.body_id, limits);
  if (!m) return m.error();
  if (const auto ok = check_body_id(*m); !ok) return ok.error();
  digest_sink body(methods->digest.algorithm);
  if (const auto ok = xml::canonicalize(m->parts.body, xml::c14n_options{}, body); !ok) return ok.error();
  const std::string_view id = *m->parts.body.attribute_value({ns::wsu, "Id"});
  const auto security = security_for(body.finish(), id, m->parts.root.prefix(), *methods, who, how.profile, unique);
  if (!security) return security;
  return with_first_child(m->document, m->parts.header, *security);
}

result<std::string> sign_rendered(const rendered_message& m, const crypto::identity& who, transport_profile profile, ids& fresh) {
  const auto methods = methods_of(who);
  if (!methods) return methods.error();
  const std::string digest = crypto::digest(methods->digest.algorithm, m.canonical_body);
  const auto security = security_for(digest, m.body_id, m.soap_prefix, *methods, who, profile, fresh.hex());
  if (!security) return security;
  return spliced(m.text, m.header_content, m.header_content, *security);
}

}  // namespace shep::eds
