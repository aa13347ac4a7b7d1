#include "ncanode/answer.hpp"
#include "ncanode/documents.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/problems.hpp"
#include "ncanode/trim.hpp"
#include "protocol/read_message.hpp"
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

/// The document's own signatures, and those of the business data that a message carries: readers of `valid` take it for all of them.
class judging_document {
 public:
  judging_document(const xml::document& whole, const call& c, verdict& v) : whole_(whole), c_(c), v_(v) {}

  void run() {
    auto checked = eds::verify_document(whole_, *c_.world.trust, c_.world.policy, c_.now);
    found_.signatures = checked.report.signatures;
    v_.more["coverage"] = json::object{{"signed", texts(checked.report.covered)}, {"unsigned", texts(checked.report.uncovered)}};
    take(std::move(checked), whole_);
    judge_business();
    refuse_unjudged(whole_);
  }

 private:
  void take(eds::document_verification checked, const xml::document& within) {
    v_.signatures_hold = v_.signatures_hold && checked.passed;
    explain(v_, within, checked.report, c_.world, c_.now);
    add_signers(v_, checked.signers, c_);
  }

  void judge_business() {
    auto data = protocol::find_business_data(whole_, c_.world.limits);
    if (!data) return;
    const xml::element payload = data->payload();
    if (!payload) return;
    const xml::document& within = data->inner ? *data->inner : whole_;
    if (eds::signed_business_element(payload)) {
      auto checked = data->inner ? eds::verify_business(*data->inner, *c_.world.trust, c_.world.policy, c_.now)
                                 : eds::verify_business(payload, *c_.world.trust, c_.world.policy, c_.now);
      found_.signatures.insert(found_.signatures.end(), checked.report.signatures.begin(), checked.report.signatures.end());
      take(std::move(checked), within);
    }
    if (data->inner) refuse_unjudged(within);
  }

  void refuse_unjudged(const xml::document& document) {
    eds::report unjudged;
    unjudged.signatures = found_.signatures;
    eds::list_unjudged(document, unjudged);
    if (unjudged.findings.empty()) return;
    unjudged.signatures.clear();
    unjudged.verdict = eds::indication::indeterminate;
    unjudged.reason = eds::sub_indication::signed_data_not_found;
    v_.signatures_hold = false;
    take_report(v_, unjudged);
  }

  const xml::document& whole_;
  const call& c_;
  verdict& v_;
  eds::report found_;  // everything that was judged, whatever document it stands in
};

}  // namespace

outcome xml_verify(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const std::string text = f.text("xml");
  if (wrong) return problem_answer(*wrong);
  const auto document = admit_text(text, c.world.limits);
  if (!document) return problem_answer(document.error());
  verdict v;
  judging_document(*document, c, v).run();
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
