#include "eds/check_signers.hpp"

#include "core/bytes.hpp"
#include "eds/check_certificate.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

/// Octet by octet: a digit of another script, a letter that looks like one, or a space is no digit.
bool is_number(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

result<void> same_number(std::string_view kind, const std::optional<std::string>& named, const std::string& held) {
  if (!named) return {};
  const std::string what(kind);
  if (!is_number(*named))
    return problem(problems::signing_certificate_identity,
                   "the " + what + " that the data name is '" + clipped(*named) + "', not a number of twelve digits");
  if (held == *named) return {};
  return problem(problems::signing_certificate_identity,
                 held.empty() ? "the certificate carries no " + what + ", the data name " + *named
                              : "the certificate's " + what + " is " + held + ", the data name " + *named,
                 {}, "the person whom the data name has to sign");
}

result<void> check_signer(const crypto::certificate& c, const certificate_rules& rules, const named_person& named) {
  if (const auto ok = check_rules(c, rules); !ok) return ok;
  if (const auto ok = same_number("IIN", named.iin, c.info().iin); !ok) return ok;
  return same_number("BIN", named.bin, c.info().bin);
}

}  // namespace

result<void> check_signers(report& r, const std::vector<signatory>& signers, const certificate_rules& rules, const named_person& named) {
  std::optional<problem> first;
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (!signers[i].certificate) continue;
    const auto ok = check_signer(*signers[i].certificate, rules, named);
    if (ok) return {};
    if (first) continue;
    first = ok.error();
    if (i < r.signatures.size()) first->where = r.signatures[i].location.xpath;
  }
  if (!first) first = problem(problems::signing_certificate_missing, "nobody signed");
  judgement j(r);
  j.fail(sub_indication::chain_constraints_failure, *first);
  r.reason = j.reason();
  r.verdict = indication_for(r.reason);
  return *first;
}

}  // namespace shep::eds
