#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "revocation/ocsp_parts.hpp"
#include "revocation/problems.hpp"
#include "revocation/signing.hpp"

#include <algorithm>

namespace shep::revocation::ocsp {
namespace {

using crypto::certificate;
using crypto::digest_algorithm;

bool is_named(const basic_response& r, const certificate& c) {
  if (!r.responder_name.empty()) return same_name(r.responder_name, c.info().subject_der);
  return crypto::digest(digest_algorithm::sha1, key_bits(c.key())) == r.responder_key_hash;
}

/// RFC 6960 section 4.2.2.2, rule 3: a responder that the issuer itself made one.
result<void> check_delegate(const certificate& delegate, const certificate& issuer, time_point at, bool allow_sha1) {
  const auto& d = delegate.info();
  const auto refused = [&](std::string why) { return problem(problems::ocsp_responder, std::move(why), d.subject); };
  if (!same_name(d.issuer_der, issuer.info().subject_der))
    return refused("the responder's certificate is issued by \"" + d.issuer + "\", not by the issuer \"" + issuer.info().subject + "\"");
  const auto scheme = crypto::signature_by_oid(d.signature_algorithm_oid);
  if (scheme && crypto::digest_of(*scheme) == digest_algorithm::sha1 && !allow_sha1)
    return refused("the responder's certificate is signed with SHA-1, which proves nothing today");
  if (const result<void> good = delegate.signed_by(issuer); !good)
    return refused("the responder's certificate is not signed by the issuer: " + good.error().detail);
  if (std::find(d.extended_key_usage.begin(), d.extended_key_usage.end(), oids::signing) == d.extended_key_usage.end())
    return refused("the responder's certificate is not made for OCSP (extended key usage without OCSPSigning)");
  if (d.has_key_usage && !d.digital_signature && !d.non_repudiation)
    return refused("the key of the responder may not sign (keyUsage without digitalSignature)");
  if (d.unknown_critical_extension) return refused("the responder's certificate has a critical extension that is not known here");
  if (at < d.not_before || at >= d.not_after + std::chrono::seconds(1))
    return refused("the responder's certificate is valid from " + format_utc(d.not_before) + " to " + format_utc(d.not_after) +
                   ", the time now is " + format_utc(at));
  return {};
}

/// RFC 6960 section 4.2.2.2.1: without id-pkix-ocsp-nocheck the responder may be revoked as anybody. Asking a responder about itself proves
/// nothing, so lists decide. False: they do not.
result<bool> check_not_revoked(const certificate& delegate, const certificate& issuer, time_point at, const response_rules& rules) {
  if (delegate.info().ocsp_no_check) return true;
  const auto known = rules.lists.look_up(delegate, issuer, at);
  if (!known) return false;
  if (known->what == state::good) return true;
  return problem(problems::ocsp_responder, "the responder's certificate was revoked, says a revocation list of its issuer",
                 delegate.info().subject);
}

/// Success when the answer is signed by somebody who may.
result<void> check_signer(const basic_response& r, const certificate& issuer, time_point at, const response_rules& rules, finding& f) {
  const auto signed_with = [&](const certificate& c) {
    return check_signature(c.key(), r.algorithm_oid, r.tbs, r.signature, rules.allow_sha1, problems::ocsp_signature);
  };
  std::optional<problem> why_not;
  const auto attempt = [&](const result<void>& verdict) {
    if (!verdict) why_not = verdict.error();
    return static_cast<bool>(verdict);
  };
  if (is_named(r, issuer) && attempt(signed_with(issuer))) return {};
  for (const certificate& c : rules.responders) {
    const auto& d = c.info();
    if (!is_named(r, c)) continue;
    if (at < d.not_before || at >= d.not_after + std::chrono::seconds(1)) {
      why_not =
          problem(problems::ocsp_responder, "the certificate of the configured responder is not valid at " + format_utc(at), d.subject);
    } else if (attempt(signed_with(c))) {
      return {};
    }
  }
  for (const std::string_view der : r.certificates) {
    const result<certificate> c = certificate::from_der(der);
    if (!c || !is_named(r, *c) || c->sha256() == issuer.sha256()) continue;
    if (!attempt(check_delegate(*c, issuer, at, rules.allow_sha1)) || !attempt(signed_with(*c))) continue;
    const result<bool> checked = check_not_revoked(*c, issuer, at, rules);
    if (checked) {
      f.responder_unchecked = !*checked;
      return {};
    }
    why_not = checked.error();
  }
  if (why_not) return *why_not;
  return problem(problems::ocsp_responder, "the certificate of the responder that the answer names does not come along", {},
                 "configure the responder's certificate");
}

bool is_about(const any_id& id, const certificate& cert, const certificate& issuer) {
  if (!id.digest || !crypto::supported(*id.digest)) return false;
  const certificate_id wanted = id_of(cert, issuer, *id.digest);
  return id.serial == wanted.serial && id.name_hash == wanted.name_hash && id.key_hash == wanted.key_hash;
}

result<const single_response*> choose(const basic_response& r, const certificate& cert, const certificate& issuer) {
  const single_response* chosen = nullptr;
  for (const single_response& s : r.answers) {
    if (!is_about(s.id, cert, issuer)) continue;
    if (chosen != nullptr && (chosen->what != s.what || chosen->revoked_at != s.revoked_at))
      return problem(problems::ocsp_format, "the answer says two things about the certificate " + cert.info().serial_hex);
    if (chosen == nullptr || s.this_update > chosen->this_update) chosen = &s;
  }
  if (chosen == nullptr)
    return problem(problems::ocsp_certificate,
                   "the answer is about serial number " + to_hex(r.answers.front().id.serial) + " (or another issuer), asked was " +
                       cert.info().serial_hex,
                   cert.info().issuer);
  return chosen;
}

// RFC 6960 section 4.4.1, RFC 8954.
result<void> check_nonce(const basic_response& r, std::string_view sent, const response_rules& rules, finding& f) {
  if (sent.empty()) return {};
  if (!r.nonce) {
    f.nonce_missing = true;
    if (!rules.nonce_required) return {};
    return problem(problems::ocsp_nonce, "the answer does not repeat the nonce of the request: it may be an old one", {},
                   "accept answers without a nonce, if this responder never repeats it");
  }
  if (*r.nonce == sent) return {};
  return problem(problems::ocsp_nonce, "the answer has the nonce " + to_hex(clipped(*r.nonce, 32)) + ", the request had " + to_hex(sent));
}

// RFC 6960 section 3.2, points 5 and 6.
result<void> check_freshness(const basic_response& r, const single_response& s, time_point at, const response_rules& rules, finding& f) {
  const std::string now = ", the time now is " + format_utc(at);
  if (s.this_update > at + rules.skew)
    return problem(problems::ocsp_not_yet_valid, "thisUpdate is " + format_utc(s.this_update) + now, {}, "compare the clocks");
  if (r.produced_at > at + rules.skew)
    return problem(problems::ocsp_not_yet_valid, "producedAt is " + format_utc(r.produced_at) + now, {}, "compare the clocks");
  // Without our nonce the answer may be one of last year that somebody kept, and nextUpdate is as far away as the responder likes.
  const time_point oldest = s.this_update + rules.max_age;
  const bool by_age = !s.next_update || (f.nonce_missing && oldest < *s.next_update);
  const time_point end = by_age ? oldest : *s.next_update;
  if (at <= end) return {};
  f.in_grace = true;
  if (at <= end + rules.grace) return {};
  return problem(problems::ocsp_stale, (!by_age         ? "nextUpdate was "
                                        : s.next_update ? "without our nonce the answer counts until "
                                                        : "without nextUpdate the answer counts until ") +
                                           format_utc(end) + now);
}

// RFC 6960 section 4.4.4: a responder may forget a certificate that has ended, and then says "good" about what was revoked, unless it tells
// since when it remembers.
result<void> check_memory(const single_response& s, const certificate& cert) {
  const time_point end = cert.info().not_after;
  if (s.what != state::good || end >= s.this_update || (s.archive_cutoff && *s.archive_cutoff <= end)) return {};
  const std::string since = s.archive_cutoff ? "it remembers certificates that ended since " + format_utc(*s.archive_cutoff)
                                             : "it does not say how long it remembers (archiveCutoff)";
  return problem(problems::ocsp_forgotten, "the answer is \"good\", the certificate ended at " + format_utc(end) + ", and " + since, {},
                 "use a revocation list from before the certificate ended");
}

problem refusal(response_status status) {
  const std::string name(name_of(status));
  if (status == response_status::try_later) return problem(problems::try_later, "the responder answered tryLater");
  return problem(problems::ocsp_refused, "the responder answered " + name);
}

}  // namespace

std::string_view name_of(response_status s) {
  switch (s) {
    case response_status::successful: return "successful";
    case response_status::malformed_request: return "malformedRequest";
    case response_status::internal_error: return "internalError";
    case response_status::try_later: return "tryLater";
    case response_status::sig_required: return "sigRequired";
    case response_status::unauthorized: break;
  }
  return "unauthorized";
}

// RFC 6960 section 3.2.
result<finding> read_response(std::string_view der, const certificate& cert, const certificate& issuer, std::string_view nonce,
                              time_point at, const response_rules& rules, std::string source) {
  finding out;
  out.by = evidence::ocsp;
  out.source = std::move(source);
  const auto placed = [&](problem p) {
    if (p.where.empty()) p.where = out.source;
    return p;
  };
  const result<any_response> parts = read_parts(der);
  if (!parts) return placed(parts.error());
  if (!parts->basic) return placed(refusal(parts->status));
  const basic_response& r = *parts->basic;
  if (const auto good = check_signer(r, issuer, at, rules, out); !good) return placed(good.error());
  const result<const single_response*> chosen = choose(r, cert, issuer);
  if (!chosen) return placed(chosen.error());
  const single_response& s = **chosen;
  if (const auto good = check_nonce(r, nonce, rules, out); !good) return placed(good.error());
  if (const auto good = check_freshness(r, s, at, rules, out); !good) return placed(good.error());
  if (const auto good = check_memory(s, cert); !good) return placed(good.error());
  out.what = s.what;
  out.revoked_at = s.revoked_at;
  out.why = s.why;
  out.this_update = s.this_update;
  out.next_update = s.next_update;
  return out;
}

}  // namespace shep::revocation::ocsp
