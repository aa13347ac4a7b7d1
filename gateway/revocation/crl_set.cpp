#include "revocation/crl_set.hpp"

#include "core/date_time.hpp"
#include "crypto/name.hpp"
#include "revocation/problems.hpp"
#include "revocation/signing.hpp"

#include <algorithm>
#include <map>

namespace shep::revocation {
namespace {

/// Two numbers, big-endian without leading zeros. RFC 5280 section 5.2.3: of two lists of one scope the later has the greater.
bool less(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

bool newer(const crl::fields& a, const crl::fields& b) {
  if (a.this_update != b.this_update) return a.this_update > b.this_update;
  return less(b.number, a.number);
}

/// The lists of one authority for one scope.
struct pair {
  std::optional<crl_set::listed> complete, delta;
  const crl::fields& scope() const { return (complete ? complete : delta)->list.info(); }
};

bool same_scope(const crl::fields& a, const crl::fields& b) { return a.distribution_point_der == b.distribution_point_der; }

/// RFC 5280 section 6.3.3 (b)(2): does a list of this scope speak about the certificate? Names of a part are compared as URIs only: a part
/// that is named otherwise is nobody's.
bool speaks_about(const crl::fields& list, const crypto::certificate::fields& cert) {
  if (list.covers == crl::scope::attributes) return false;
  if (list.covers == crl::scope::users && cert.is_ca) return false;
  if (list.covers == crl::scope::authorities && !cert.is_ca) return false;
  if (!list.has_distribution_point) return true;
  return std::any_of(cert.crl_urls.begin(), cert.crl_urls.end(), [&](const std::string& url) {
    return std::find(list.distribution_points.begin(), list.distribution_points.end(), url) != list.distribution_points.end();
  });
}

/// Success, or crl_not_yet_valid or crl_stale. `in_grace` is set when only the grace makes the list count.
result<void> check_dates(const crl_set::listed& l, time_point at, const crl_rules& rules, bool& in_grace) {
  const crl::fields& list = l.list.info();
  const std::string from = list.issuer + (l.source.empty() ? "" : ", " + l.source);
  if (list.this_update > at + rules.skew)
    return problem(problems::crl_not_yet_valid, "thisUpdate is " + format_utc(list.this_update) + ", the time now is " + format_utc(at),
                   from, "compare the clocks");
  const time_point end = list.next_update ? *list.next_update : list.this_update + rules.max_age;
  if (at <= end) return {};
  in_grace = true;
  if (at <= end + rules.grace) return {};
  return problem(problems::crl_stale,
                 (list.next_update ? "the next list was due at " : "without nextUpdate the list counts until ") + format_utc(end) +
                     ", the time now is " + format_utc(at),
                 from, "fetch the current list");
}

/// RFC 5280 section 5.2.4: may the delta be combined with the complete list?
bool fits(const crl::fields& complete, const crl::fields& delta) {
  return !complete.number.empty() && !less(complete.number, delta.base_number) && less(complete.number, delta.number);
}

void apply(const crl::entry& e, finding& f) {
  f.what = e.why == reason::certificate_hold ? state::on_hold : state::revoked;
  f.revoked_at = e.revoked_at;
  f.why = e.why;
  f.invalid_since = e.invalid_since;
}

void lift(finding& f) {
  f.what = state::good;
  f.revoked_at.reset();
  f.why.reset();
  f.invalid_since.reset();
}

/// The delta's word on top of the complete list's. removeFromCRL ends a hold and nothing else.
void combine(const crl_set::listed& delta, std::string_view serial, finding& f) {
  f.this_update = delta.list.info().this_update;
  f.next_update = delta.list.info().next_update;
  if (!delta.source.empty()) f.source += (f.source.empty() ? "" : " + ") + delta.source;
  const auto e = delta.list.find(serial);
  if (!e) return;
  if (e->why != reason::remove_from_crl) apply(*e, f);
  else if (f.what == state::on_hold) lift(f);
}

/// Success when the delta may be used.
result<void> check_delta(const pair& p, time_point at, const crl_rules& rules, bool& in_grace) {
  const std::string& authority = p.scope().issuer;
  if (!p.delta) return problem(problems::crl_missing, "no delta list is at hand, and one is required", authority);
  if (!fits(p.complete->list.info(), p.delta->list.info()))
    return problem(problems::crl_missing, "the delta list does not build on the complete list at hand, and one that does is required",
                   authority, "fetch the current complete list");
  return check_dates(*p.delta, at, rules, in_grace);
}

bool harsher(const finding& a, const finding& b) {
  const auto rank = [](state s) { return s == state::revoked ? 2 : s == state::on_hold ? 1 : 0; };
  return rank(a.what) > rank(b.what);
}

/// A revocation is for good: whatever keeps a delta from being combined (dates, numbers, no complete list), what its authority signed about
/// the certificate stays said. A hold may have been ended since, so it counts only where no complete list is as new.
std::optional<finding> told_by_delta_alone(const pair& p, std::string_view serial) {
  if (!p.delta) return std::nullopt;
  const auto e = p.delta->list.find(serial);
  if (!e || e->why == reason::remove_from_crl) return std::nullopt;
  if (e->why == reason::certificate_hold && (!p.complete || !newer(p.delta->list.info(), p.complete->list.info()))) return std::nullopt;
  finding out;
  out.by = evidence::crl;
  apply(*e, out);
  out.this_update = p.delta->list.info().this_update;
  out.next_update = p.delta->list.info().next_update;
  out.source = p.delta->source;
  return out;
}

result<finding> decide(const pair& p, const crypto::certificate& cert, time_point at, const crl_rules& rules) {
  if (!p.complete) {
    if (const auto told = told_by_delta_alone(p, serial_of(cert))) return *told;
    return problem(problems::crl_missing, "a delta list is at hand, the complete list that it builds on is not", p.scope().issuer,
                   "configure the address of the complete list");
  }
  finding out;
  if (result<void> current = check_dates(*p.complete, at, rules, out.in_grace); !current) return current.error();
  const crl::fields& list = p.complete->list.info();
  out.by = evidence::crl;
  out.what = state::good;
  out.this_update = list.this_update;
  out.next_update = list.next_update;
  out.source = p.complete->source;
  const std::string serial = serial_of(cert);
  if (const auto e = p.complete->list.find(serial)) apply(*e, out);

  bool delta_in_grace = false;
  const result<void> delta = check_delta(p, at, rules, delta_in_grace);
  if (delta) {
    out.in_grace |= delta_in_grace;
    combine(*p.delta, serial, out);
  } else if (rules.delta_required) {
    return delta.error();
  } else if (const auto told = told_by_delta_alone(p, serial); told && harsher(*told, out)) {
    return *told;
  }
  // RFC 5280 section 3.3: an entry may go once the certificate has expired, so absence from a later list proves nothing.
  const time_point end = cert.info().not_after;
  const bool kept = list.keeps_expired_since && *list.keeps_expired_since <= end;
  if (out.what == state::good && end < list.this_update && !kept)
    return problem(problems::crl_scope,
                   "the certificate ended at " + format_utc(end) + ", before the list was made (" + format_utc(list.this_update) +
                       "); lists need not keep such certificates",
                   list.issuer, "use a list from before the certificate ended");
  return out;
}

}  // namespace

struct crl_set::data {
  std::map<std::string, std::vector<pair>> authorities;

  // One authority is a name with a key: certificates renewed over the same key share their lists.
  static std::string key_of(const crypto::certificate& issuer) {
    return crypto::name_key(crypto::parse_name(issuer.info().subject_der)) + '\0' + issuer.key().spki();
  }
};

result<crl_set> crl_set::with(const crl& list, const crypto::certificate& issuer, std::string source, bool allow_sha1) const {
  if (result<void> good = list.signed_by(issuer, allow_sha1); !good) return good.error();
  auto next = data_ ? std::make_shared<data>(*data_) : std::make_shared<data>();
  std::vector<pair>& pairs = next->authorities[data::key_of(issuer)];
  auto at = std::find_if(pairs.begin(), pairs.end(), [&](const pair& p) { return same_scope(p.scope(), list.info()); });
  if (at == pairs.end()) at = pairs.emplace(pairs.end());
  std::optional<listed>& place = list.info().is_delta ? at->delta : at->complete;
  if (!place || !newer(place->list.info(), list.info())) place = listed{list, std::move(source)};
  crl_set out;
  out.data_ = std::move(next);
  return out;
}

result<finding> crl_set::look_up(const crypto::certificate& cert, const crypto::certificate& issuer, time_point at,
                                 const crl_rules& rules) const {
  const auto& subject = cert.info();
  if (!same_name(subject.issuer_der, issuer.info().subject_der))
    return problem(problems::crl_issuer,
                   "the certificate is issued by \"" + subject.issuer + "\", not by \"" + issuer.info().subject + "\"");
  const auto none = [&](const problem_code& code, std::string why) {
    return problem(code, std::move(why), issuer.info().subject, "configure the address of the authority's list, or ask by OCSP");
  };
  if (!data_) return none(problems::crl_missing, "no list is at hand");
  const auto found = data_->authorities.find(data::key_of(issuer));
  if (found == data_->authorities.end()) return none(problems::crl_missing, "lists are at hand, none of this authority");

  std::optional<result<finding>> best;
  for (const pair& p : found->second) {
    if (!speaks_about(p.scope(), subject)) continue;
    result<finding> decided = decide(p, cert, at, rules);
    if (!best || !*best || (decided && harsher(*decided, **best))) best = std::move(decided);
  }
  if (best) return *best;
  return none(problems::crl_scope, "the lists of this authority speak about other certificates (issuingDistributionPoint)");
}

std::vector<crl_set::listed> crl_set::all() const {
  std::vector<listed> out;
  if (!data_) return out;
  for (const auto& [key, pairs] : data_->authorities) {
    for (const pair& p : pairs) {
      if (p.complete) out.push_back(*p.complete);
      if (p.delta) out.push_back(*p.delta);
    }
  }
  return out;
}

}  // namespace shep::revocation
