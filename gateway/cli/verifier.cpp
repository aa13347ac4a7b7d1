#include "cli/verifier.hpp"

#include "cms/verify.hpp"
#include "eds/check_certificate.hpp"
#include "eds/problems.hpp"
#include "eds/verify.hpp"
#include "forensics/explain.hpp"
#include "protocol/read_message.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace shep::cli {
namespace {

namespace asio = boost::asio;

eds::report refused(const problem& why, time_point at) {
  eds::report r;
  r.verdict = eds::indication::total_failed;
  r.reason = eds::sub_indication::format_failure;
  r.evaluated_at = at;
  r.findings.push_back({eds::finding::severity::error, std::string(why.code.name), why.detail, why.where, why.hint});
  return r;
}

template <class T>
void move_to_end(std::vector<T>& whole, std::vector<T>& more) {
  whole.insert(whole.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The signatures of business data beside those of the message that carries it.
void add_business(eds::report& whole, eds::report inner) {
  move_to_end(whole.signatures, inner.signatures);
  move_to_end(whole.findings, inner.findings);
  move_to_end(whole.causes, inner.causes);
  eds::settle(whole);
}

bool is_envelope(xml::element root) { return root.is({xml::ns::soap11, "Envelope"}) || root.is({xml::ns::soap12, "Envelope"}); }

}  // namespace

judged verifier::judge(shared_bytes octets) const {
  const input_kind kind = kind_of(*octets);
  if (with_.expected && *with_.expected != kind) {
    judged out;
    out.report = refused(problem(problems::usage, "the file reads as " + std::string(name_of(kind)) + ", expected is " +
                                                      std::string(name_of(*with_.expected))),
                         with_.at);
    return out;
  }
  switch (kind) {
    case input_kind::certificate: return judge_certificates(*octets);
    case input_kind::cms: return judge_cms(*octets);
    case input_kind::xml: break;
  }
  return judge_xml(std::move(octets));
}

judged verifier::judge_xml(shared_bytes octets) const {
  judged out;
  auto document = xml::admit(octets);
  if (!document) {
    out.report = refused(document.error(), with_.at);
    search_causes(octets, nullptr, nullptr, out.report);
    return out;
  }
  out.document = std::move(*document);
  eds::document_verification v = eds::verify_document(*out.document, with_.trust, with_.rules, with_.at);
  if (v.waiting) {
    std::vector<revocation::chain_status> status;
    for (const eds::signatory& s : v.signers) status.push_back(ask(s.chain));
    v = eds::conclude_revocation(std::move(v), status, with_.rules);
  }
  out.report = std::move(v.report);
  search_causes(octets, &*out.document, nullptr, out.report);
  eds::locate(out.report, *out.document);
  if (is_envelope(out.document->root())) judge_business(out);
  eds::list_unjudged(*out.document, out.report);
  return out;
}

void verifier::judge_business(judged& out) const {
  auto data = protocol::find_business_data(*out.document);
  if (!data) return;
  const xml::element payload = data->payload();
  if (!payload || !eds::signed_business_element(payload)) return;
  const xml::document* carried = nullptr;
  if (data->inner) {
    out.inner.push_back(std::make_unique<xml::document>(std::move(*data->inner)));
    carried = out.inner.back().get();
  }
  eds::document_verification v = carried != nullptr ? eds::verify_business(*carried, with_.trust, with_.rules, with_.at)
                                                    : eds::verify_business(payload, with_.trust, with_.rules, with_.at);
  if (v.waiting) {
    std::vector<revocation::chain_status> status;
    for (const eds::signatory& s : v.signers) status.push_back(ask(s.chain));
    v = eds::conclude_revocation(std::move(v), status, with_.rules);
  }
  const xml::document& within = carried != nullptr ? *carried : *out.document;
  search_causes(within.source(), &within, carried != nullptr ? &*out.document : nullptr, v.report);
  eds::locate(v.report, within);
  add_business(out.report, std::move(v.report));
}

judged verifier::judge_cms(const std::string& octets) const {
  const auto content = with_.detached ? std::optional<std::string_view>(*with_.detached) : std::nullopt;
  cms::verification v = cms::verify(octets, content, with_.trust, with_.rules, with_.at);
  if (v.waiting) {
    std::vector<cms::signer_status> status;
    for (const cms::signer_verdict& s : v.signers)
      status.push_back({ask(s.chain), s.stamp ? ask(s.stamp->chain) : revocation::chain_status()});
    v = cms::conclude_revocation(std::move(v), status, with_.rules);
  }
  judged out;
  out.report = std::move(v.report);
  return out;
}

judged verifier::judge_certificates(const std::string& octets) const {
  judged out;
  out.report.evaluated_at = with_.at;
  const auto certificates = crypto::read_certificates(octets);
  if (!certificates) {
    out.report = refused(certificates.error(), with_.at);
    return out;
  }
  const eds::checking with{with_.trust, with_.rules, with_.at};
  for (const crypto::certificate& c : *certificates) {
    eds::judgement j(out.report);
    eds::signature_report s;
    s.layer = "certificate";
    s.profile = "X.509 chain";
    s.algorithm = c.info().signature_algorithm_oid;
    const std::vector<crypto::certificate> chain = eds::check_chain(c, c.info().subject, with, j, s);
    const bool waits = j.passed() && with_.rules.revocation != eds::revocation_mode::none;
    eds::conclude(j, with, std::move(s), out.report);
    // The second step leaves its own finding where it fails.
    if (waits) (void)eds::conclude_revocation(out.report, out.report.signatures.size() - 1, chain, ask(chain), with_.rules);
  }
  if (with_.expected || out.report.verdict != eds::indication::total_passed) return out;
  out.report.verdict = eds::indication::indeterminate;
  out.report.reason = eds::sub_indication::signed_data_not_found;
  eds::judgement j(out.report);
  j.warn({problems::signed_data_not_found,
          "the file is a certificate: it has a chain, and signs nothing",
          {},
          "to judge a certificate, say --expect certificate"});
  return out;
}

void verifier::search_causes(const shared_bytes& octets, const xml::document* document, const xml::document* envelope,
                             eds::report& r) const {
  if (!with_.explain) return;
  forensics::options how;
  how.envelope = envelope;
  forensics::explain(octets, document, r, with_.trust, with_.rules, with_.at, how);
}

revocation::chain_status verifier::ask(const std::vector<crypto::certificate>& chain) const {
  if (!with_.revocation || chain.size() < 2) return {};
  asio::io_context io;
  auto answer = asio::co_spawn(io, with_.revocation->gather(chain, with_.rules.revocation, with_.at), asio::use_future);
  io.run();
  return answer.get();
}

}  // namespace shep::cli
