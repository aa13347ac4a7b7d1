#include "test_pki/time_stamp_answer.hpp"

#include "cms/time_stamp_write.hpp"

#include <algorithm>

namespace shep::test_pki {
namespace {

constexpr std::string_view reply_type = "application/timestamp-reply";

answer time_stamp_reply(std::string octets, std::chrono::milliseconds delay = {}) {
  return {200, std::string(reply_type), std::move(octets), delay};
}

answer rejected(cms::time_stamp_failure why, std::string_view text) { return time_stamp_reply(cms::write_rejection(why, text)); }

std::string_view usual_policy(crypto::key_kind kind) {
  return kind == crypto::key_kind::gost2004 ? cms::tsa_policy_gost2004 : cms::tsa_policy_gost2015;
}

const family_keys* choose(std::string_view family, const std::string& policy, const std::vector<family_keys>& all) {
  const family_keys* first = nullptr;
  for (const family_keys& f : all) {
    if (!f.tsa) continue;
    const auto kind = f.tsa->key.kind();
    if (!family.empty() && (f.prefix == std::string(family) + "/" || (kind == crypto::key_kind::rsa && family == "rsa"))) return &f;
    if (family.empty() && kind != crypto::key_kind::rsa && policy == usual_policy(kind)) return &f;
    if (first == nullptr) first = &f;
  }
  return family.empty() ? first : nullptr;
}

}  // namespace

answer answer_time_stamp(std::string_view octets, std::string_view family, const std::vector<family_keys>& all, const view& v,
                         time_point now, std::string serial) {
  const auto request = cms::read_request(octets);
  if (!request) return rejected(cms::time_stamp_failure::bad_data_format, "the request cannot be read");
  const family_keys* by = choose(family, request->policy, all);
  if (by == nullptr) return {404, "text/plain; charset=utf-8", "this test PKI has no such time-stamp authority\n", {}};
  if (!request->policy.empty() && request->policy != cms::tsa_policy_gost2004 && request->policy != cms::tsa_policy_gost2015)
    return rejected(cms::time_stamp_failure::unaccepted_policy, "the policy is not one of this authority");
  const told& manner = v.states.of(responder::tsp);
  if (manner.what == behaviour::try_later) return rejected(cms::time_stamp_failure::time_not_available, "try later");

  cms::token_settings settings;
  settings.policy = usual_policy(by->tsa->key.kind());
  settings.gen_time = manner.what == behaviour::stale ? now - std::chrono::hours(24 * 30) : now;
  settings.serial = std::move(serial);
  if (manner.what == behaviour::wrong_signer) {
    settings.fault = cms::token_fault::wrong_signer;
    settings.other_key = by->issuing.key;
  }
  const auto token = cms::write_token(*request, *by->tsa, settings);
  if (!token) return rejected(cms::time_stamp_failure::system_failure, "the token cannot be made");
  std::string response = cms::write_granted(*token);
  if (manner.what == behaviour::malformed) return time_stamp_reply(malformed(std::move(response)));
  return time_stamp_reply(std::move(response), manner.delay.value_or(std::chrono::milliseconds(0)));
}

}  // namespace shep::test_pki
