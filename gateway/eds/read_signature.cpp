#include "core/bytes.hpp"
#include "eds/key_info.hpp"
#include "eds/refusal.hpp"
#include "eds/signature.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
using xml::name;
namespace ns = xml::ns;

constexpr std::size_t most_references = 16;
constexpr std::size_t most_transforms = 3;
constexpr std::size_t most_prefixes = 64;

problem bad_format(element at, std::string detail) { return {problems::signature_format, std::move(detail), at.xpath()}; }

/// Children in exactly this schema order, each taken once; anything left over is an error.
class child_sequence {
 public:
  explicit child_sequence(element parent) : parent_(parent), next_(parent.first_child()) {}

  element optional(std::string_view local) {
    if (!next_.is(name{ns::ds, local})) return {};
    const element taken = next_;
    next_ = next_.next_sibling();
    return taken;
  }
  result<element> required(std::string_view local) {
    if (const element taken = optional(local)) return taken;
    return bad_format(parent_, "ds:" + std::string(local) + " is expected here, found " + found());
  }
  result<void> end() const {
    if (!next_) return {};
    return bad_format(next_, "unexpected element " + found() + " inside ds:" + std::string(parent_.local_name()));
  }

 private:
  std::string found() const { return next_ ? "'" + std::string(next_.local_name()) + "'" : "nothing"; }
  element parent_;
  element next_;
};

result<std::string> algorithm_of(element e) {
  const auto value = e.attribute_value({"", "Algorithm"});
  if (!value) return bad_format(e, "the attribute Algorithm is missing");
  return std::string(*value);
}

result<void> no_children(element e) {
  if (const element child = e.first_child())
    return not_allowed(child, "ds:" + std::string(e.local_name()) + " may not contain '" + std::string(child.local_name()) + "'");
  return {};
}

result<std::vector<std::string>> prefixes_of(element inclusive) {
  const auto list = inclusive.attribute_value({"", "PrefixList"});
  if (!list) return bad_format(inclusive, "the attribute PrefixList is missing");
  std::vector<std::string> prefixes;
  std::string_view rest = *list;
  while (!(rest = xml::trimmed(rest)).empty()) {
    const std::size_t length = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    prefixes.emplace_back(rest.substr(0, length));
    if (prefixes.size() > most_prefixes) return not_allowed(inclusive, "more than 64 prefixes in PrefixList");
    rest.remove_prefix(length);
  }
  return prefixes;
}

/// CanonicalizationMethod, or a Transform that canonicalizes: only ec:InclusiveNamespaces may stand inside, and only for exclusive C14N.
result<canonicalization> read_canonicalization(element e, const c14n_method& method) {
  canonicalization c{method, {}};
  const element inclusive = e.first_child();
  if (!inclusive) return c;
  if (!method.exclusive || !inclusive.is(name{ns::exc_c14n, "InclusiveNamespaces"}) || inclusive.next_sibling())
    return not_allowed(inclusive,
                       "'" + std::string(inclusive.local_name()) + "' is not allowed inside '" + std::string(e.local_name()) + "'");
  auto prefixes = prefixes_of(inclusive);
  if (!prefixes) return prefixes.error();
  c.inclusive_prefixes = std::move(*prefixes);
  return c;
}

result<std::string> base64_value(element e) {
  const auto text = xml::token_of(e);
  if (!text) return bad_format(e, text.error().detail);
  auto octets = from_base64(*text);
  if (!octets) return bad_format(e, octets.error().detail + " (" + octets.error().where + ")");
  if (octets->empty()) return bad_format(e, "the value is empty");
  return octets;
}

result<void> read_transforms(element transforms, reference& r) {
  for (element t = transforms.first_child(); t; t = t.next_sibling()) {
    if (!t.is(name{ns::ds, "Transform"})) return bad_format(t, "only ds:Transform is expected inside ds:Transforms");
    const auto algorithm = algorithm_of(t);
    if (!algorithm) return algorithm.error();
    r.transforms.push_back(*algorithm);
    if (r.transforms.size() > most_transforms) return not_allowed(t, "more than three transforms");
    if (*algorithm == uri::enveloped_signature) {
      if (r.transforms.size() != 1) return not_allowed(t, "enveloped-signature must be the first transform, once");
      if (const auto empty = no_children(t); !empty) return empty;
      r.enveloped = true;
      continue;
    }
    const auto method = find_c14n_method(*algorithm);
    if (!method)
      return not_allowed(t, "transform '" + *algorithm + "' is not allowed",
                         "allowed: enveloped-signature, then one canonicalization (1.0 inclusive or exclusive)");
    if (r.canonical) return not_allowed(t, "a second canonicalization transform");
    auto canonical = read_canonicalization(t, *method);
    if (!canonical) return canonical.error();
    r.canonical = std::move(*canonical);
  }
  if (r.transforms.empty()) return bad_format(transforms, "ds:Transforms is empty");
  return {};
}

result<reference> read_reference(element e) {
  reference r;
  r.node = e;
  const auto target = e.attribute_value({"", "URI"});
  if (!target) return not_allowed(e, "the Reference has no URI", "refer to the signed element by \"#id\"");
  r.uri = *target;
  if (e.attribute_value({"", "Type"})) return not_allowed(e, "a Reference with Type is not allowed");

  child_sequence children(e);
  if (const element transforms = children.optional("Transforms"))
    if (const auto ok = read_transforms(transforms, r); !ok) return ok.error();
  const auto digest_node = children.required("DigestMethod");
  if (!digest_node) return digest_node.error();
  const auto value_node = children.required("DigestValue");
  if (!value_node) return value_node.error();
  if (const auto ok = children.end(); !ok) return ok.error();

  const auto algorithm = algorithm_of(*digest_node);
  if (!algorithm) return algorithm.error();
  if (const auto empty = no_children(*digest_node); !empty) return empty.error();
  const auto method = find_digest_method(*algorithm);
  if (!method) return not_allowed(*digest_node, "digest algorithm '" + *algorithm + "' is not allowed");
  r.digest = *method;
  auto value = base64_value(*value_node);
  if (!value) return value.error();
  r.digest_value = std::move(*value);
  return r;
}

result<void> read_signed_info(element e, signature& s) {
  s.signed_info = e;
  child_sequence children(e);
  const auto c14n_node = children.required("CanonicalizationMethod");
  if (!c14n_node) return c14n_node.error();
  const auto method_node = children.required("SignatureMethod");
  if (!method_node) return method_node.error();

  const auto c14n_uri = algorithm_of(*c14n_node);
  if (!c14n_uri) return c14n_uri.error();
  const auto c14n = find_c14n_method(*c14n_uri);
  if (!c14n || c14n->with_comments) return not_allowed(*c14n_node, "canonicalization of SignedInfo by '" + *c14n_uri + "' is not allowed");
  auto canonical = read_canonicalization(*c14n_node, *c14n);
  if (!canonical) return canonical.error();
  s.canonical = std::move(*canonical);

  const auto method_uri = algorithm_of(*method_node);
  if (!method_uri) return method_uri.error();
  if (const auto empty = no_children(*method_node); !empty) return empty;
  const auto method = find_signature_method(*method_uri);
  if (!method) return not_allowed(*method_node, "signature algorithm '" + *method_uri + "' is not allowed");
  s.method = *method;

  while (const element node = children.optional("Reference")) {
    if (s.references.size() == most_references) return not_allowed(node, "more than 16 references");
    auto r = read_reference(node);
    if (!r) return r.error();
    const bool repeated =
        std::any_of(s.references.begin(), s.references.end(), [&](const reference& other) { return other.uri == r->uri; });
    if (repeated) return not_allowed(node, "a second Reference to '" + r->uri + "'");
    s.references.push_back(std::move(*r));
  }
  if (s.references.empty()) return bad_format(e, "SignedInfo refers to nothing");
  return children.end();
}

}  // namespace

// XML Signature section 4: Signature = SignedInfo, SignatureValue, KeyInfo?, Object*. Object is refused: nothing we accept needs it.
result<signature> read_signature(element e) {
  signature s;
  s.node = e;
  child_sequence children(e);
  const auto info = children.required("SignedInfo");
  if (!info) return info.error();
  const auto value = children.required("SignatureValue");
  if (!value) return value.error();
  const element key = children.optional("KeyInfo");
  if (const element object = children.optional("Object")) return not_allowed(object, "ds:Object inside a signature is not allowed");
  if (const auto ok = children.end(); !ok) return ok.error();

  if (const auto ok = read_signed_info(*info, s); !ok) return ok.error();
  auto octets = base64_value(*value);
  if (!octets) return octets.error();
  s.value = std::move(*octets);
  if (key) {
    auto where = read_key_info(key);
    if (!where) return where.error();
    s.key = std::move(*where);
  }
  return s;
}

}  // namespace shep::eds
