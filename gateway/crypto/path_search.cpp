#include "crypto/path_search.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "crypto/name.hpp"
#include "crypto/problems.hpp"

#include <algorithm>

namespace shep::crypto {
namespace {

constexpr std::size_t longest_path = 8;
constexpr int most_signature_checks = 200;
constexpr std::size_t most_reasons = 4;

// notAfter names a whole second (RFC 5280 section 4.1.2.5: both ends belong to the period).
constexpr std::chrono::microseconds rest_of_the_second{999'999};

bool valid_at(const certificate& c, time_point at) { return at >= c.info().not_before && at <= c.info().not_after + rest_of_the_second; }

std::string quoted(const certificate& c) { return "\"" + c.info().subject + "\""; }

bool self_issued(const certificate& c) { return c.info().subject_der == c.info().issuer_der; }

/// Depth first over the candidates of each issuer name, with a stack of our own; every signature is checked before the search goes on
/// through it.
class search {
 public:
  search(const candidate_index& index, const std::unordered_set<std::string>& anchors, allowances allowed, time_point at)
      : index_(index), anchors_(anchors), allowed_(allowed), at_(at) {}

  result<found_path> run(const certificate& leaf) {
    if (leaf.info().unknown_critical_extension && !anchors_.contains(leaf.sha256())) {
      return problem(problems::certificate_no_chain,
                     "the certificate " + quoted(leaf) + " has a critical extension that is not understood here");
    }
    enter(leaf, anchors_.contains(leaf.sha256()));
    while (!levels_.empty() && !done_) step();
    if (!best_) return no_chain(leaf);
    best_->only = paths_ == 1 && !done_ && !cut_short_;
    return std::move(*best_);
  }

 private:
  struct level {
    certificate cert;
    std::vector<const candidate*> issuers;  // still to be tried, best last
  };

  void enter(const certificate& cert, bool anchor) {
    levels_.push_back({cert, {}});
    if (!allowed_.gost2015_256 && uses_gost2015_256(cert)) {
      give_up("the certificate " + quoted(cert) + " uses GOST 34.10-2015 with 256 bits, which is not allowed here");
      levels_.pop_back();
      return;
    }
    if (anchor) {
      complete();
      levels_.pop_back();
      return;
    }
    if (!allowed_.weak && weak(cert)) {
      give_up("the certificate " + quoted(cert) + " is signed with a weak algorithm (" + cert.info().signature_algorithm_oid + ")");
      levels_.pop_back();
      return;
    }
    levels_.back().issuers = issuers_of(cert);
  }

  static bool weak(const certificate& cert) {
    const auto algorithm = cert.signed_with();
    return algorithm && is_weak(*algorithm);
  }

  static bool uses_gost2015_256(const certificate& cert) {
    return cert.key().kind() == key_kind::gost2015_256 || cert.signed_with() == signature_algorithm::gost2015_256;
  }

  std::vector<const candidate*> issuers_of(const certificate& cert) {
    std::vector<const candidate*> issuers;
    const auto [begin, end] = index_.equal_range(name_key(parse_name(cert.info().issuer_der)));
    if (begin == end) give_up("no configured certificate has the name \"" + cert.info().issuer + "\", which issued " + quoted(cert));
    for (auto i = begin; i != end; ++i) issuers.push_back(&i->second);
    // Anchors first, being the shorter way; the stack takes from the back.
    std::stable_sort(issuers.begin(), issuers.end(), [](const candidate* a, const candidate* b) { return !a->anchor && b->anchor; });
    return issuers;
  }

  void step() {
    level& top = levels_.back();
    if (top.issuers.empty()) {
      levels_.pop_back();
      return;
    }
    const candidate& next = *top.issuers.back();
    top.issuers.pop_back();
    if (std::string reason = refused(top.cert, next); !reason.empty()) {
      give_up(std::move(reason));
    } else {
      enter(next.cert, next.anchor);
    }
  }

  /// RFC 5280 sections 6.1.3 and 6.1.4 for one step up. Empty: the issuer is good. Cheap rules first, the signature last.
  std::string refused(const certificate& child, const candidate& next) {
    const certificate& issuer = next.cert;
    const certificate::fields& f = issuer.info();
    for (const level& l : levels_) {
      if (l.cert.sha256() == issuer.sha256()) return quoted(issuer) + " stands in the path already";
    }
    if (levels_.size() >= longest_path) return "the path is longer than " + std::to_string(longest_path) + " certificates";
    if (!child.info().authority_key_id.empty() && !f.subject_key_id.empty() && child.info().authority_key_id != f.subject_key_id) {
      return quoted(child) + " names the issuer key " + to_hex(child.info().authority_key_id) + ", " + quoted(issuer) + " has the key " +
             to_hex(f.subject_key_id);
    }
    if (!f.is_ca) return quoted(issuer) + " is not a certification authority (basicConstraints)";
    if (!next.anchor) {
      if (f.unknown_critical_extension) return quoted(issuer) + " has a critical extension that is not understood here";
      if (f.has_key_usage && !f.cert_sign) return quoted(issuer) + " may not sign certificates (keyUsage)";
      if (f.path_length >= 0 && intermediates_below() > f.path_length) {
        return quoted(issuer) + " allows " + std::to_string(f.path_length) + " authorities below it (pathLenConstraint), here are more";
      }
    }
    if (checks_ == most_signature_checks) {
      for (level& l : levels_) l.issuers.clear();
      cut_short_ = true;
      return "too many signature checks";
    }
    ++checks_;
    if (const result<void> verdict = child.signed_by(issuer); !verdict) {
      const problem p = verdict.error();
      return "the signature of " + quoted(issuer) + " on " + quoted(child) + " does not verify: " + p.detail;
    }
    return {};
  }

  /// Authorities between the leaf and the next issuer; self-issued ones do not count (RFC 5280 section 4.2.1.9).
  int intermediates_below() const {
    int count = 0;
    for (std::size_t i = 1; i < levels_.size(); ++i) count += self_issued(levels_[i].cert) ? 0 : 1;
    return count;
  }

  void complete() {
    ++paths_;
    found_path found;
    found.from = levels_.front().cert.info().not_before;
    found.to = time_point::max();
    for (const level& l : levels_) {
      const certificate& c = l.cert;
      found.from = std::max(found.from, c.info().not_before);
      found.to = std::min(found.to, c.info().not_after + rest_of_the_second);
      found.chain.mixed_kinds |= c.key().kind() != levels_.front().cert.key().kind();
      found.chain.weak_signature |= &l != &levels_.back() && weak(c);
      found.chain.path.push_back(c);
    }
    done_ = at_ >= found.from && at_ <= found.to;
    if (done_ || !best_) best_ = std::move(found);
  }

  void give_up(std::string reason) {
    if (reasons_.size() < most_reasons) reasons_.push_back(std::move(reason));
  }

  result<found_path> no_chain(const certificate& leaf) const {
    std::string detail = "no chain leads from " + quoted(leaf) + " to a trusted anchor";
    for (std::size_t i = 0; i < reasons_.size(); ++i) detail += (i == 0 ? ": " : "; ") + reasons_[i];
    if (cut_short_) detail += "; the search ended after " + std::to_string(most_signature_checks) + " signature checks";
    return problem(problems::certificate_no_chain, detail, "",
                   "add the issuing authority's certificate to the trusted ones, if it is to be trusted");
  }

  const candidate_index& index_;
  const std::unordered_set<std::string>& anchors_;
  allowances allowed_;
  time_point at_;
  std::vector<level> levels_;
  std::vector<std::string> reasons_;
  std::optional<found_path> best_;
  int checks_ = 0;
  int paths_ = 0;
  bool done_ = false;
  bool cut_short_ = false;
};

}  // namespace

result<found_path> search_path(const certificate& leaf, const candidate_index& index, const std::unordered_set<std::string>& anchors,
                               allowances allowed, time_point at) {
  return search(index, anchors, allowed, at).run(leaf);
}

result<void> check_dates(const std::vector<certificate>& path, time_point at) {
  for (const certificate& c : path) {
    if (valid_at(c, at)) continue;
    const bool early = at < c.info().not_before;
    return problem(early ? problems::certificate_not_yet_valid : problems::certificate_expired,
                   quoted(c) + " is valid from " + format_utc(c.info().not_before) + " to " + format_utc(c.info().not_after) +
                       ", the time is " + format_utc(at));
  }
  return {};
}

}  // namespace shep::crypto
