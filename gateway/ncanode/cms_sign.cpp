#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "core/bytes.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/cms_stamping.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/problems.hpp"

namespace shep::ncanode {
namespace {

/// The fields that both ways of signing share.
struct signing_request {
  std::vector<sent_key> keys;
  bool with_stamp = false;
  std::string policy;  ///< dotted
};

signing_request read_signing(field_reader& f) {
  signing_request r;
  for (field_reader& one : f.objects("signers")) r.keys.push_back(read_key_fields(one));
  r.with_stamp = f.flag("withTsp");
  r.policy = read_stamp_policy(f);
  return r;
}

result<std::vector<crypto::identity>> open_all(const std::vector<sent_key>& keys) {
  std::vector<crypto::identity> out;
  key_account account;
  for (const sent_key& k : keys) {
    auto one = open_key(k, account);
    if (!one) return one.error();
    out.push_back(std::move(*one));
  }
  return out;
}

problem cannot_sign(const problem& why) {
  return {problems::ncanode_document, why.detail, why.where.empty() ? "cms" : "cms: " + why.where, why.hint};
}

outcome answer_with(std::string cms, std::size_t first_new, const signing_request& r) {
  if (!r.with_stamp) return ok_answer({{"cms", to_base64(cms)}});
  return stamped(std::move(cms), first_new, r.policy);
}

}  // namespace

outcome cms_sign(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  if (!f.has("data")) f.fail("data", "the field is missing");
  const std::string data = f.octets_or_empty("data");
  const bool detached = f.flag("detached");
  const signing_request r = read_signing(f);
  if (wrong) return problem_answer(*wrong);
  if (r.with_stamp && !c.world.ask.time_stamp) return problem_answer(no_authority());
  const auto identities = open_all(r.keys);
  if (!identities) return problem_answer(identities.error());
  cms::signing how;
  how.detached = detached;
  how.signing_time = c.now;
  auto made = cms::sign(data, *identities, how);
  if (!made) return problem_answer(cannot_sign(made.error()));
  return answer_with(std::move(*made), 0, r);
}

outcome cms_sign_add(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const std::string sent = f.octets("cms");
  const bool with_data = f.has("data");
  const std::string data = f.octets_or_empty("data");
  f.flag("detached");  // a CMS stays what it is
  const signing_request r = read_signing(f);
  if (wrong) return problem_answer(*wrong);
  if (r.with_stamp && !c.world.ask.time_stamp) return problem_answer(no_authority());
  const auto before = cms::signed_data::read(sent);
  if (!before) return problem_answer(cannot_sign(before.error()));
  const bool detached = !before->content();
  if (detached && !with_data)
    return problem_answer({problems::ncanode_field, "the CMS carries no data, so it has to be sent beside it", "data"});
  if (!detached && !data.empty() && data != *before->content())
    return problem_answer({problems::ncanode_field, "the CMS carries other data than was sent beside it", "data"});
  const auto identities = open_all(r.keys);
  if (!identities) return problem_answer(identities.error());
  cms::signing how;
  how.signing_time = c.now;
  std::string made = before->der();
  for (const crypto::identity& who : *identities) {
    auto more = cms::add_signer(made, detached ? std::optional<std::string_view>(data) : std::nullopt, who, how);
    if (!more) return problem_answer(cannot_sign(more.error()));
    made = std::move(*more);
  }
  return answer_with(std::move(made), before->signers().size(), r);
}

}  // namespace shep::ncanode
