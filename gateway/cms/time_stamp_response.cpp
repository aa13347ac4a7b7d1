#include "cms/problems.hpp"
#include "cms/time_stamp.hpp"
#include "cms/tst_info.hpp"
#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"

#include <array>

/// RFC 3161 section 2.4.2.
namespace shep::cms {
namespace {

using namespace crypto::asn1;

constexpr std::array<std::string_view, 6> statuses{"granted", "grantedWithMods",   "rejection",
                                                   "waiting", "revocationWarning", "revocationNotification"};

struct failure_row {
  unsigned bit;
  std::string_view words;
};
constexpr std::array failures{
    failure_row{0, "badAlg: the hash algorithm is not known to the authority"},
    failure_row{2, "badRequest: the authority does not allow such a request"},
    failure_row{5, "badDataFormat: the request was malformed"},
    failure_row{14, "timeNotAvailable: the authority's clock is not available"},
    failure_row{15, "unacceptedPolicy: the authority does not stamp under that policy"},
    failure_row{16, "unacceptedExtension: the authority does not know an extension of the request"},
    failure_row{17, "addInfoNotAvailable: additional information was asked for and is not available"},
    failure_row{25, "systemFailure: the authority failed"},
};

std::string failure_words(std::uint32_t bits) {
  std::string text;
  for (const failure_row& row : failures) {
    if ((bits >> row.bit & 1) == 0) continue;
    text += (text.empty() ? "" : "; ") + std::string(row.words);
    bits &= ~(1U << row.bit);
  }
  if (bits != 0) text += text.empty() ? "unknown failure bits" : "; and unknown failure bits";
  return text;
}

/// PKIStatusInfo. Returns what to say unless the stamp was granted.
std::optional<problem> read_status(reader& outer) {
  constexpr std::size_t most_texts = 8;
  reader r = outer.enter(tags::sequence, "PKIStatusInfo");
  const std::uint64_t status = r.small_integer("the status", 255);
  std::string said;
  if (r.next_is(tags::sequence)) {
    reader texts = r.enter(tags::sequence, "statusString");
    for (std::size_t i = 0; texts.more(); ++i) {
      if (i == most_texts) texts.fail("statusString has more than " + std::to_string(most_texts) + " texts");
      const auto words = text(texts.read(tags::utf8_string, "a text of statusString"));
      if (words) said += (said.empty() ? "" : " ") + clipped(*words, 200);
    }
  }
  std::string why;
  if (r.next_is(tags::bit_string)) why = failure_words(r.named_bits("failInfo"));
  r.end("PKIStatusInfo");
  if (r.failed() || status <= 1) return std::nullopt;
  std::string detail = "the authority answered " + (status < statuses.size() ? std::string(statuses.at(status)) : std::to_string(status));
  if (!why.empty()) detail += ", " + why;
  if (!said.empty()) detail += " (\"" + said + "\")";
  return problem(problems::time_stamp_refused, detail, {},
                 status == 3 ? "ask again later" : "ask in another way, or ask another authority");
}

problem differs(std::string what) {
  return {problems::time_stamp_invalid, std::move(what), {}, "the answer does not belong to this request; do not use the token"};
}

}  // namespace

result<std::string> read_response(std::string_view der) {
  failure f;
  reader outer(der, f);
  reader r = outer.enter(tags::sequence, "TimeStampResp");
  outer.end("TimeStampResp");
  const auto refusal = read_status(r);
  std::string_view token;
  if (r.more()) token = r.read(tags::sequence, "timeStampToken").whole;
  r.end("TimeStampResp");
  if (f.happened) return f.as(problems::time_stamp_format);
  if (refusal) return *refusal;
  if (token.empty()) return problem(problems::time_stamp_format, "the stamp was granted, and the answer carries no token");
  return std::string(token);
}

result<granted> verify_response(std::string_view der, const time_stamp_request& asked, const crypto::trust_store& trust,
                                const time_stamp_rules& rules, time_point at) {
  auto token = read_response(der);
  if (!token) return token.error();
  auto says = verify_token_imprint(*token, asked.digest, asked.imprint, trust, rules, at);
  if (!says) return says.error();
  std::string_view nonce = asked.nonce;
  while (nonce.size() > 1 && nonce.front() == '\0') nonce.remove_prefix(1);
  if (says->nonce != nonce)
    return differs(says->nonce.empty() ? "the token carries no nonce, and one was sent" : "the token's nonce is not the one that was sent");
  if (!asked.policy.empty() && says->policy != asked.policy)
    return differs("the token is under policy " + says->policy + ", asked was " + asked.policy);
  return granted{std::move(*token), std::move(*says)};
}

}  // namespace shep::cms
