#include "forensics/signature_causes.hpp"

#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "forensics/canonical_text.hpp"
#include "forensics/value_forms.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using crypto::digest_algorithm;
using crypto::signature_algorithm;

class signature_judge {
 public:
  signature_judge(const failed_signature& failed, budget& spent)
      : failed_(failed), spent_(spent), key_(failed.named.key()), algorithm_(failed.parsed.method.algorithm) {}

  bool holds(const crypto::public_key& key, signature_algorithm a, std::string_view octets, std::string_view value) {
    return spent_.spend(octets.size()) && spent_.spend_key_operation() && key.kind() == crypto::key_of(a) && key.verify(a, octets, value);
  }

  /// For visitors: true when found, or when nothing more may be tried.
  bool tried(std::string_view octets, const step& why) {
    if (holds(key_, algorithm_, octets, failed_.parsed.value)) return found({why});
    return spent_.exhausted();
  }

  bool tried(std::string_view octets, const step& first, const step& second) {
    if (holds(key_, algorithm_, octets, failed_.parsed.value)) return found(first, second);
    return spent_.exhausted();
  }

  bool tried_values(std::string_view octets, const step& before = {}) {
    for (const value_form& form : value_forms(key_.kind(), failed_.parsed.value))
      if (holds(key_, algorithm_, octets, form.octets)) return found(before, form.why);
    return spent_.exhausted();
  }

  bool tried_certificates(std::string_view octets, const step& before = {}) {
    for (const crypto::certificate& c : failed_.others) {
      if (c.key().spki() == key_.spki()) continue;
      if (holds(c.key(), algorithm_, octets, failed_.parsed.value))
        return found(before, {&mistakes::other_certificate,
                              "It holds under the key of " + c.info().subject + ", serial number " + c.info().serial_hex + "."});
    }
    return spent_.exhausted();
  }

  /// The right octets hashed in a wrong way, with the value as it stands and in its other forms.
  bool tried_hashes(std::string_view octets) {
    if (key_.kind() == crypto::key_kind::rsa) {
      for (const auto a : {signature_algorithm::rsa_sha1, signature_algorithm::rsa_sha256, signature_algorithm::rsa_sha512})
        if (a != algorithm_ && holds(key_, a, octets, failed_.parsed.value))
          return found({}, {&mistakes::hash_algorithm, "The signature is " + std::string(crypto::name_of(a)) + "."});
      return spent_.exhausted();
    }
    std::vector<value_form> values = value_forms(key_.kind(), failed_.parsed.value);
    value_form as_it_stands;
    as_it_stands.octets = failed_.parsed.value;
    values.insert(values.begin(), as_it_stands);
    const digest_algorithm own = crypto::digest_of(algorithm_);
    for (const digest_algorithm a : {own, digest_algorithm::gost34311_cryptopro, digest_algorithm::gost34311, digest_algorithm::streebog256,
                                     digest_algorithm::sha256, digest_algorithm::streebog512, digest_algorithm::sha512}) {
      if (!crypto::supported(a) || !spent_.spend(octets.size())) continue;
      const std::string hash = crypto::digest(a, octets);
      if (hash.size() != crypto::digest(own, "").size()) continue;
      const std::string backwards(hash.rbegin(), hash.rend());
      for (const value_form& value : values) {
        if (a != own && holds_digest(hash, value.octets)) return found(value.why, name_of_hash(a));
        if (!holds_digest(backwards, value.octets)) continue;
        if (a == own) return found(value.why, {&mistakes::hash_big_endian});
        return found(name_of_hash(a), {&mistakes::hash_big_endian});
      }
    }
    return spent_.exhausted();
  }

  steps take() { return std::move(found_); }

 private:
  bool holds_digest(std::string_view hash, std::string_view value) {
    return spent_.spend_key_operation() && key_.verify_digest(algorithm_, hash, value);
  }

  static step name_of_hash(digest_algorithm a) {
    if (a == digest_algorithm::gost34311_cryptopro) return {&mistakes::hash_sbox};
    return {&mistakes::hash_algorithm, "The hash is " + std::string(crypto::name_of(a)) + "."};
  }

  bool found(steps what) {
    found_ = std::move(what);
    return true;
  }
  bool found(const step& before, const step& what) { return found(before.what != nullptr ? steps{before, what} : steps{what}); }

  const failed_signature& failed_;
  budget& spent_;
  const crypto::public_key& key_;
  signature_algorithm algorithm_;
  steps found_;
};

/// SignedInfo with other digests in it: the computed ones, none, and the declared ones broken into lines.
bool digest_changes(std::string_view canonical, const failed_signature& failed, const visitor& visit) {
  const std::vector<token> all = tokens_of(canonical);
  const auto with = [&](const auto& value_at) {
    std::string out;
    std::size_t index = 0;
    bool inside = false;
    for (const token& t : all) {
      if (t.what == token::kind::text && inside) continue;
      if (t.what == token::kind::end) inside = false;
      out += t.octets;
      if (t.what == token::kind::start && (name_in(t) == "DigestValue" || name_in(t).ends_with(":DigestValue"))) {
        out += value_at(index++);
        inside = true;
      }
    }
    return out;
  };
  const auto& references = failed.parsed.references;
  const auto declared = [&](std::size_t i) { return i < references.size() ? to_base64(references[i].digest_value) : std::string(); };
  const auto in_lines = [&](std::size_t width, std::string_view end) {
    return with([&](std::size_t i) {
      const std::string text = declared(i);
      std::string out;
      for (std::size_t at = 0; at < text.size(); at += width) out += (at == 0 ? "" : std::string(end)) + text.substr(at, width);
      return out;
    });
  };
  const step replaced{&mistakes::digest_replaced};
  const std::string computed = with([&](std::size_t i) {
    return i < failed.computed.size() && !failed.computed[i].empty() ? to_base64(failed.computed[i]) : declared(i);
  });
  if (computed != canonical &&
      visit(computed, {&mistakes::digest_replaced, "The digest that was signed is the one that the message really has."}))
    return true;
  if (visit(with([](std::size_t) { return std::string(); }), {&mistakes::digest_replaced, "DigestValue was empty."})) return true;
  if (const std::string plain = with(declared);
      plain != canonical && visit(plain, {&mistakes::reindented, "White space was put into DigestValue."}))
    return true;
  for (const std::size_t width : {76u, 64u})
    for (const std::string_view end : {"\n", "&#xD;\n"}) {
      const std::string octets = in_lines(width, end);
      if (octets != canonical && visit(octets, {&mistakes::whitespace_stripped, "DigestValue was broken into lines."})) return true;
    }
  return false;
}

/// Everything but SignedInfo that somebody may have signed.
bool data_changes(const failed_signature& failed, std::string_view canonical, const visitor& visit) {
  for (const subject& part : failed.signed_parts) {
    const std::string octets = canonical_form(part);
    if (!octets.empty() && visit(octets, {&mistakes::data_signed, "It signs the canonical form of " + part.apex.xpath() + "."}))
      return true;
  }
  for (const eds::reference& r : failed.parsed.references) {
    const step why{&mistakes::data_signed, "It signs the digest."};
    if (visit(r.digest_value, why) || visit(to_base64(r.digest_value), why) || visit(to_hex(r.digest_value), why)) return true;
  }
  for (const subject& part : failed.signed_parts)
    if (visit(*part.document.source(), {&mistakes::data_signed, "It signs the whole text."})) return true;
  const std::string hash = crypto::digest(crypto::digest_of(failed.parsed.method.algorithm), canonical);
  return visit(hash, {&mistakes::digest_twice, "The hash of SignedInfo was hashed again."}) ||
         visit(to_hex(hash), {&mistakes::digest_twice, "The hexadecimal text of the hash was hashed again."}) ||
         visit(to_base64(hash), {&mistakes::digest_twice, "The base64 text of the hash was hashed again."});
}

}  // namespace

steps find_signature_mistake(const subject& signed_info, const failed_signature& failed, budget& spent) {
  const std::string canonical = canonical_form(signed_info);
  if (canonical.empty()) return {};
  signature_judge judge(failed, spent);
  const visitor single = [&](std::string_view octets, const step& why) { return judge.tried(octets, why); };
  const visitor values = [&](std::string_view octets, const step& why) { return judge.tried_values(octets, why); };
  const visitor certificates = [&](std::string_view octets, const step& why) { return judge.tried_certificates(octets, why); };
  const pair_visitor pair = [&](std::string_view octets, const step& first, const step& second) {
    return judge.tried(octets, first, second);
  };
  if (judge.tried_values(canonical) || judge.tried_certificates(canonical) || judge.tried_hashes(canonical) ||
      canonicalization_changes(signed_info, single) || digest_changes(canonical, failed, single) || visit_candidates(signed_info, single) ||
      data_changes(failed, canonical, single) || canonicalization_changes(signed_info, values) ||
      canonicalization_changes(signed_info, certificates) || visit_pairs(signed_info, pair))
    return judge.take();
  return {};
}

}  // namespace shep::forensics
