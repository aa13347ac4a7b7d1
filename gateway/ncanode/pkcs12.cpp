#include "ncanode/answer.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"

#include <boost/json/array.hpp>

namespace shep::ncanode {
namespace {

std::vector<sent_key> read_keys(field_reader& f) {
  std::vector<sent_key> out;
  for (field_reader& one : f.objects("keys")) out.push_back(read_key_fields(one));
  return out;
}

}  // namespace

outcome pkcs12_info(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const auto keys = read_keys(f);
  if (wrong) return problem_answer(*wrong);
  verdict v;
  key_account account;
  for (const sent_key& k : keys) {
    const auto identity = open_key(k, account);
    if (!identity) return problem_answer(identity.error());
    add_certificate(v, judge_certificate(identity->certificate, *c.world.trust, c.now));
  }
  return concluded(std::move(v), wanted);
}

outcome pkcs12_aliases(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto keys = read_keys(f);
  if (wrong) return problem_answer(*wrong);
  boost::json::array aliases;
  key_account account;
  for (const sent_key& k : keys) {
    const auto identity = open_key(k, account);
    if (!identity) return problem_answer(identity.error());
    boost::json::array of_this_key;
    if (!identity->alias.empty()) of_this_key.emplace_back(identity->alias);
    aliases.push_back(std::move(of_this_key));
  }
  return ok_answer({{"aliases", std::move(aliases)}});
}

}  // namespace shep::ncanode
