#include "eds/sign.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/documents.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/problems.hpp"
#include "ncanode/trim.hpp"

namespace shep::ncanode {

outcome wsse_verify(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const std::string text = f.text("xml");
  if (wrong) return problem_answer(*wrong);
  const auto document = admit_text(text, c.world.limits);
  if (!document) return problem_answer(document.error());
  auto checked = eds::verify_message(*document, *c.world.trust, c.world.policy, c.now);
  verdict v;
  v.signatures_hold = checked.message.has_value();
  explain(v, *document, checked.report, c.world, c.now);
  if (checked.signatory.certificate) add_certificate(v, judge_certificate(*checked.signatory.certificate, *c.world.trust, c.now));
  return concluded(std::move(v), wanted);
}

outcome wsse_sign(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const std::string text = f.text("xml");
  const bool trim = f.flag("trimXml");
  const sent_key sent = read_key_fields(f);
  if (wrong) return problem_answer(*wrong);
  auto document = admit_text(text, c.world.limits);
  if (document && trim) document = admit_text(trim_white_space(*document->source()), c.world.limits);
  if (!document) return problem_answer(document.error());
  key_account account;
  const auto identity = open_key(sent, account);
  if (!identity) return problem_answer(identity.error());
  const eds::message_signing how{eds::transport_profile::key_identifier, {}};
  auto made = eds::sign_message(document->source(), *identity, how, c.of.identifiers, c.world.limits);
  if (!made) {
    const problem why = made.error();
    return problem_answer({problems::ncanode_document, why.detail, why.where.empty() ? "xml" : "xml: " + why.where, why.hint});
  }
  return ok_answer({{"xml", std::move(*made)}});
}

}  // namespace shep::ncanode
