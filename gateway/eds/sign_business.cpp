#include "core/bytes.hpp"
#include "eds/edit_text.hpp"
#include "eds/id_attributes.hpp"
#include "eds/problems.hpp"
#include "eds/sign.hpp"
#include "eds/signature.hpp"
#include "eds/signature_writer.hpp"
#include "eds/signing_digest.hpp"
#include "xml/extent.hpp"

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

result<xml::document> without_signatures(xml::document document, const xml::limits& limits) {
  while (const element old = document.root().child(signature_name)) {
    const auto at = xml::extent_of(document, old);
    if (!at) return at.error();
    auto next = xml::admit(share(spliced(*document.source(), at->begin, at->end, "")), limits);
    if (!next) return next;
    document = std::move(*next);
  }
  return document;
}

/// What is signed: the whole document, or the one element with the id.
result<element> signed_element(const xml::document& document, const std::string& id) {
  if (id.empty()) return document.root();
  if (!is_plain_id(id))
    return problem(problems::signing_failed, "the id '" + clipped(id, 80) + "' cannot stand in a Reference", {},
                   "use letters, digits, '-', '_' and '.', at most 255 octets");
  const auto holders = elements_with_id(document.root(), id);
  if (holders.size() == 1) return holders.front();
  return problem(problems::signing_failed,
                 std::to_string(holders.size()) + " elements carry the id '" + clipped(id, 80) + "', exactly one must", {},
                 "give the element to be signed an attribute Id of its own");
}

result<std::string> digest_of(const xml::document& document, element target, const std::string& id, crypto::digest_algorithm algorithm) {
  xml::c14n_options inclusive;
  inclusive.exclusive = false;
  digest_sink sink(algorithm);
  const auto ok = id.empty() ? xml::canonicalize(document, inclusive, sink) : xml::canonicalize(target, inclusive, sink);
  if (!ok) return ok.error();
  return sink.finish();
}

}  // namespace

result<std::string> sign_business(shared_bytes source, const crypto::identity& who, const business_signing& how,
                                  const xml::limits& limits) {
  const auto methods = methods_of(who);
  if (!methods) return methods.error();
  auto document = xml::admit(std::move(source), limits);
  if (document && how.earlier == earlier_signatures::replace) document = without_signatures(std::move(*document), limits);
  if (!document) return document.error();
  const auto target = signed_element(*document, how.id);
  if (!target) return target.error();
  const auto digest = digest_of(*document, *target, how.id, methods->digest.algorithm);
  if (!digest) return digest.error();

  // SignedInfo's octets depend on the namespaces of the document around it, so it is put in place before it is canonicalized.
  const business_reference reference{how.id, *target == document->root()};
  const auto with_signature = [&](std::string_view value) {
    return with_last_child(*document, document->root(), write_business_signature(*methods, reference, *digest, value, who.certificate));
  };
  auto unsigned_text = with_signature("");
  if (!unsigned_text) return unsigned_text;
  const auto placed = xml::admit(share(std::move(*unsigned_text)), limits);
  if (!placed) return placed.error();
  xml::string_sink signed_info;
  xml::c14n_options options;
  options.exclusive = !how.id.empty();
  const element info = placed->root().children(signature_name).back().child({ns::ds, "SignedInfo"});
  if (const auto ok = xml::canonicalize(info, options, signed_info); !ok) return ok.error();
  const auto value = who.key.sign(methods->signature.algorithm, signed_info.text);
  if (!value) return value.error();
  return with_signature(*value);
}

}  // namespace shep::eds
