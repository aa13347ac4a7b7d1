#include "ncanode/cms_stamping.hpp"

#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/time_stamp.hpp"
#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/problems.hpp"
#include "ncanode/workers.hpp"

#include <array>

namespace shep::ncanode {
namespace {

using boost::asio::awaitable;

struct policy_word {
  std::string_view word;
  std::string_view oid;
};

/// kz-eds.md section 5; the middle one by public client code alone (inferred).
constexpr std::string_view policy_gostgt = "1.2.398.3.3.2.6.3";
constexpr std::array policies{
    policy_word{"TSA_GOST_POLICY", cms::tsa_policy_gost2004},
    policy_word{"TSA_GOSTGT_POLICY", policy_gostgt},
    policy_word{"TSA_GOST2015_POLICY", cms::tsa_policy_gost2015},
};

/// The imprint's digest goes with the authority's policy, not with the signer's key.
crypto::digest_algorithm digest_for(std::string_view policy) {
  return policy == cms::tsa_policy_gost2015 ? crypto::digest_algorithm::streebog512 : crypto::digest_algorithm::gost34311;
}

struct asking {
  std::size_t signer;
  cms::time_stamp_request request;
};

/// One request for each signer from `first` on.
result<std::vector<asking>> questions(const std::string& cms, std::size_t first, const std::string& policy, ids& identifiers) {
  const auto parsed = cms::signed_data::read(cms);
  if (!parsed) return parsed.error();
  std::vector<asking> out;
  for (std::size_t i = first; i < parsed->signers().size(); ++i) {
    cms::time_stamp_request r;
    r.digest = digest_for(policy);
    r.imprint = crypto::digest(r.digest, parsed->signers()[i].signature);
    r.policy = policy;
    // 128 random bits; the first one set, so that no leading zero is lost on the way.
    r.nonce = "\x01" + from_hex(identifiers.hex()).value();
    out.push_back({i, std::move(r)});
  }
  return out;
}

problem not_stamped(const problem& why) {
  return {problems::ncanode_time_stamp, "the time-stamping authority gave no usable stamp: " + why.detail, "withTsp", why.hint};
}

result<std::string> put_in(const std::string& cms, const asking& asked, const std::string& answer, const grounds& world, time_point now) {
  cms::time_stamp_rules rules;
  rules.policies = world.tsa_policies;
  rules.policies.push_back(asked.request.policy);
  const auto granted = cms::verify_response(answer, asked.request, *world.trust, rules, now);
  if (!granted) return granted.error();
  return cms::attach_time_stamp(cms, asked.signer, granted->token);
}

awaitable<http::response> stamp_all(std::shared_ptr<std::string> cms, std::size_t first, std::string policy, const parts& p) {
  const auto world = p.current();
  result<std::vector<asking>> asked = problem();
  std::function<void()> prepare = [&] { asked = questions(*cms, first, policy, p.identifiers); };
  co_await p.pool.run(std::move(prepare));
  if (!asked) co_return problem_answer(not_stamped(asked.error()));
  for (const asking& one : *asked) {
    std::string request = cms::write_request(one.request);
    const result<std::string> answer = co_await world->ask.time_stamp(std::move(request));
    if (!answer) co_return problem_answer(not_stamped(answer.error()));
    result<std::string> next = problem();
    std::function<void()> finish = [&] { next = put_in(*cms, one, *answer, *world, p.time.now()); };
    co_await p.pool.run(std::move(finish));
    if (!next) co_return problem_answer(not_stamped(next.error()));
    *cms = std::move(*next);
  }
  co_return ok_answer({{"cms", to_base64(*cms)}});
}

}  // namespace

std::string read_stamp_policy(field_reader& f) {
  const std::string word = f.text_or_empty("tsaPolicy");
  if (word.empty()) return std::string(cms::tsa_policy_gost2004);
  for (const policy_word& p : policies)
    if (p.word == word) return std::string(p.oid);
  f.fail("tsaPolicy", "expected TSA_GOST_POLICY, TSA_GOSTGT_POLICY or TSA_GOST2015_POLICY");
  return {};
}

problem no_authority() {
  return {problems::ncanode_no_authority, "no time-stamping authority is configured", "withTsp",
          "name one in the configuration (README of gateway/ncanode)"};
}

continuation stamped(std::string cms, std::size_t first, std::string policy) {
  auto shared = std::make_shared<std::string>(std::move(cms));
  return [shared, first, policy](const parts& p) { return stamp_all(shared, first, policy, p); };
}

}  // namespace shep::ncanode
