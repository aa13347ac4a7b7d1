#include "pki_client/ask_ocsp.hpp"

#include "core/bytes.hpp"
#include "core/ids.hpp"
#include "pki_client/fetch.hpp"
#include "revocation/problems.hpp"

#include <algorithm>

namespace shep::pki {
namespace {

using steady = std::chrono::steady_clock;

std::string fresh_nonce() {
  ids unpredictable;
  return from_hex(unpredictable.hex()).value();
}

/// The deadlines of one attempt, so that all attempts together keep to the total.
http::client_deadlines until(steady::time_point end, http::client_deadlines within) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady::now());
  within.total = std::clamp(left, std::chrono::milliseconds(1), within.total);
  return within;
}

}  // namespace

problem no_address(const address_book::choice& choice, const crypto::certificate& subject, std::string_view kind) {
  const std::string who = subject.info().subject;
  if (choice.refused.empty())
    return problem(problems::revocation_unavailable, "no " + std::string(kind) + " address is known for the certificate", who,
                   "configure the address for \"" + subject.info().issuer + "\"");
  std::string detail = "the certificate names " + std::string(kind) + " addresses that may not be followed";
  for (const std::string& one : choice.refused) detail += "; " + clipped(one, 300);
  return problem(problems::revocation_url, std::move(detail), who, "configure the address, or allow its host");
}

problem joined(const std::vector<problem>& all) {
  if (all.size() == 1) return all.front();
  std::string detail;
  for (const problem& p : all)
    detail += (detail.empty() ? "" : "; ") + std::string(p.code.name) + ": " + p.detail + (p.where.empty() ? "" : " (" + p.where + ")");
  return problem(problems::try_later, std::move(detail));
}

boost::asio::awaitable<result<revocation::finding>> ask_ocsp(question q, address_book::choice choice, const settings& s,
                                                             revocation::crl_set lists) {
  revocation::ocsp::response_rules rules = s.ocsp_rules;
  rules.lists = std::move(lists);
  if (choice.targets.empty()) co_return no_address(choice, q.subject, "OCSP");
  const auto end = steady::now() + s.within.total;
  std::vector<problem> failures;
  std::optional<revocation::finding> unknown;
  for (std::size_t i = 0; i < choice.targets.size() && i < s.attempts && (i == 0 || steady::now() < end); ++i) {
    const std::string nonce = s.ocsp_nonce ? fresh_nonce() : std::string();
    errand e;
    e.where = choice.targets[i];
    e.content_type = revocation::ocsp::request_type;
    e.accept = revocation::ocsp::response_type;
    e.body = share(revocation::ocsp::make_request(q.subject, q.issuer, s.ocsp_digest, nonce));
    e.within = until(end, s.within);
    e.largest = revocation::ocsp::largest_message;
    const auto octets = co_await fetch(std::move(e));
    if (!octets) {
      failures.push_back(octets.error());
      continue;
    }
    auto judged = revocation::ocsp::read_response(**octets, q.subject, q.issuer, nonce, q.at, rules, choice.targets[i].text);
    if (!judged) failures.push_back(judged.error());
    else if (judged->what == revocation::state::unknown) unknown = *judged;
    else co_return judged;
  }
  if (unknown) co_return *unknown;
  co_return joined(failures);
}

}  // namespace shep::pki
