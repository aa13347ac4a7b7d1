#include "ncanode/answer.hpp"
#include "ncanode/documents.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/problems.hpp"
#include "ncanode/trim.hpp"
#include "xml/document.hpp"
#include "xml/text.hpp"

#include <boost/json/array.hpp>

namespace shep::ncanode {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& all) {
  json::array out;
  for (const std::string& t : all) out.emplace_back(t);
  return out;
}

/// NCANode answers with the certificates from the last signature to the first.
void add_signers(verdict& v, const std::vector<eds::signatory>& signers, const call& c) {
  for (auto s = signers.rbegin(); s != signers.rend(); ++s) {
    if (s->certificate) add_certificate(v, judge_certificate(*s->certificate, *c.world.trust, c.now));
    else v.signers.push_back({});
  }
}

}  // namespace

outcome xml_verify(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const std::string text = f.text("xml");
  if (wrong) return problem_answer(*wrong);
  const auto document = admit_text(text, c.world.limits);
  if (!document) return problem_answer(document.error());
  auto checked = eds::verify_document(*document, *c.world.trust, c.world.policy, c.now);
  verdict v;
  v.signatures_hold = checked.passed;
  explain(v, *document, checked.report, c.world, c.now);
  add_signers(v, checked.signers, c);
  v.more["coverage"] = json::object{{"signed", texts(checked.report.covered)}, {"unsigned", texts(checked.report.uncovered)}};
  return concluded(std::move(v), wanted);
}

outcome xml_sign(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  std::string text = f.text("xml");
  const bool clear = f.flag("clearSignatures");
  const bool trim = f.flag("trimXml");
  std::vector<sent_key> keys;
  for (field_reader& one : f.objects("signers")) keys.push_back(read_key_fields(one));
  if (wrong) return problem_answer(*wrong);

  auto document = admit_text(text, c.world.limits);
  if (document && clear) document = without_signatures(std::move(*document), c.world.limits);
  if (document && trim) document = admit_text(trim_white_space(*document->source()), c.world.limits);
  if (!document) return problem_answer(document.error());
  shared_bytes signed_text = document->source();
  key_account account;
  for (const sent_key& k : keys) {
    const auto identity = open_key(k, account);
    if (!identity) return problem_answer(identity.error());
    auto added = add_signature(std::move(signed_text), *identity, k, c.world.limits);
    if (!added) return problem_answer(added.error());
    signed_text = share(std::move(*added));
  }
  return ok_answer({{"xml", *signed_text}});
}

}  // namespace shep::ncanode
