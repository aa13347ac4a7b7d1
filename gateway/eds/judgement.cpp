#include "eds/judgement.hpp"

#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

finding told(finding::severity level, const problem& why) { return {level, std::string(why.code.name), why.detail, why.where, why.hint}; }

int gravity(indication i) { return i == indication::total_failed ? 2 : i == indication::indeterminate ? 1 : 0; }

bool holds(const std::vector<std::string>& paths, const std::string& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

/// What one good signature covers is covered, whatever another says of it.
void list_coverage(const signature_report& s, report& r) {
  for (const reference_report& line : s.references) {
    const std::string& path = line.target.xpath;
    if (path.empty() || holds(r.covered, path)) continue;
    if (line.matches && (s.reason == sub_indication::none || s.reason == sub_indication::try_later)) {
      std::erase(r.uncovered, path);
      r.covered.push_back(path);
    } else if (!holds(r.uncovered, path)) {
      r.uncovered.push_back(path);
    }
  }
}

}  // namespace

void judgement::fail(sub_indication reason, problem why) {
  report_.findings.push_back(told(finding::severity::error, why));
  if (reason_ != sub_indication::none && reason_ <= reason) return;
  reason_ = reason;
  failure_ = std::move(why);
}

void judgement::warn(const problem& why) { report_.findings.push_back(told(finding::severity::warning, why)); }

void judge_algorithm(std::string_view what, std::string_view uri, bool weak, bool inferred, const place& where, const checking& with,
                     judgement& j) {
  if (inferred && !with.rules.gost2015_256)
    j.fail(sub_indication::sig_constraints_failure,
           {problems::signature_constraints,
            std::string(what) + " '" + std::string(uri) + "' is inferred from its siblings, not seen in any public document", where.told(),
            "allow it by trust.gost2015_256 if your partners use it"});
  if (!weak) return;
  const problem is_weak(problems::signature_constraints, std::string(what) + " '" + std::string(uri) + "' is weak", where.told(),
                        with.rules.compat ? "" : "sign with GOST 34.10-2015 or RSA-SHA256, or allow weak algorithms by trust.compat");
  if (with.rules.compat) j.warn(is_weak);
  else j.fail(sub_indication::sig_constraints_failure, is_weak);
}

void conclude(const judgement& j, const checking& with, signature_report s, report& r) {
  const bool to_be_asked = j.passed() && with.rules.revocation != revocation_mode::none;
  s.reason = to_be_asked ? sub_indication::try_later : j.reason();
  s.verdict = indication_for(s.reason);
  add_signature(std::move(s), r);
}

void add_signature(signature_report s, report& r) {
  list_coverage(s, r);
  r.signatures.push_back(std::move(s));
  settle(r);
}

void settle(report& r) {
  const signature_report* worst = nullptr;
  for (const signature_report& s : r.signatures) {
    if (worst != nullptr && gravity(s.verdict) < gravity(worst->verdict)) continue;
    const bool graver = worst == nullptr || gravity(s.verdict) > gravity(worst->verdict);
    if (graver || s.reason < worst->reason) worst = &s;
  }
  if (worst == nullptr) return;
  r.verdict = worst->verdict;
  r.reason = worst->reason;
}

}  // namespace shep::eds
