#include "adapters/forwarding/answer.hpp"

#include "eds/envelope.hpp"
#include "eds/problems.hpp"
#include "protocol/names.hpp"
#include "protocol/problems.hpp"
#include "protocol/read_message.hpp"
#include "xml/c14n.hpp"
#include "xml/child_named.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::forwarding {
namespace {

using xml::child_named;

/// A recipient's words go on into our faults, logs and journal; they need not be signed.
constexpr std::size_t longest_fault_text = 4096;

problem unusable(std::string detail, std::string where = {}, std::string hint = {}) {
  return {problems::recipient_answer, std::move(detail), std::move(where), std::move(hint)};
}

std::string text_of_child(xml::element parent, std::string_view local) {
  const xml::element e = child_named(parent, local);
  return e ? std::string(xml::trimmed(xml::text_of(e))) : std::string();
}

/// A fault's code without a prefix that would mean nothing in our message.
std::string bare_code(const std::string& code) {
  const std::string_view trimmed = xml::trimmed(code);
  return std::string(trimmed.substr(trimmed.rfind(':') == std::string_view::npos ? 0 : trimmed.rfind(':') + 1));
}

/// A business document in the text that it is alone: for elements with the namespaces of the message around it.
result<std::string> document_text(const protocol::business_data& data) {
  if (data.inner) return *data.inner->source();
  const xml::element payload = data.payload();
  xml::c14n_options inclusive;
  inclusive.exclusive = false;
  inclusive.with_comments = true;
  xml::string_sink text;
  if (const auto ok = xml::canonicalize(payload, inclusive, text); !ok) return unusable(ok.error().detail, payload.xpath());
  return std::move(text.text);
}

}  // namespace

result<soap_answer> read_answer(shared_bytes message, const xml::limits& limits, std::string_view charset) {
  soap_answer out;
  auto document = xml::admit(std::move(message), limits, charset);
  if (!document) return unusable("it is not XML that is accepted here: " + document.error().detail, document.error().where);
  out.document = std::move(*document);
  const auto parts = eds::read_envelope(out.document);
  if (!parts) return unusable(parts.error().detail, parts.error().where);
  const xml::element wrapper = parts->body.first_child();
  if (wrapper.is({xml::ns::soap11, "Fault"})) {
    out.is_fault = true;
    return out;
  }
  if (wrapper.local_name() != "SendMessageResponse")
    return unusable("the Body holds neither SendMessageResponse nor a fault", parts->body.xpath());
  const xml::element response = child_named(wrapper, "response");
  out.response_info = child_named(response, "responseInfo");
  out.data = child_named(child_named(response, "responseData"), "data");
  if (!out.response_info) return unusable("there is no responseInfo", wrapper.xpath());
  return out;
}

result<soap_answer> read_answer(const http::incoming_response& r, const xml::limits& limits) {
  const std::string status = "the recipient answered HTTP " + std::to_string(r.status);
  if (r.status / 100 == 3) return unusable(status + "; redirects are not followed", "HTTP", "configure the address it redirects to");
  if (r.status >= 502 && r.status <= 504) return problem(problems::recipient_unavailable, status);
  if (r.status != 200 && r.status != 500) return unusable(status, "HTTP");
  const std::string_view coding = r.headers.value("Content-Encoding");
  if (!coding.empty() && !http::equal_ignoring_case(coding, "identity"))
    return unusable("the answer is coded as '" + clipped(coding) + "', which was not asked for", "Content-Encoding");
  auto answer = read_answer(r.body, limits, http::parse_media_type(r.headers.value("Content-Type")).charset);
  if (answer && r.status == 500 && !answer->is_fault)
    return unusable("HTTP 500 says that it failed, and the message is an answer", "HTTP", "an answer comes with HTTP 200");
  return answer;
}

problem untrusted(const problem& verdict) {
  return {problems::recipient_untrusted, std::string(verdict.code.name) + ": " + verdict.detail, verdict.where, verdict.hint};
}

judged judge_signature(const soap_answer& a, bool required, const crypto::trust_store& trust, const eds::policy& rules, time_point at) {
  if (a.is_fault) return {};
  eds::verification v = eds::verify_message(a.document, trust, rules, at);
  if (v.message) return {{}, std::move(v.signatory), {}};
  if (v.waiting) return {{}, {}, std::move(v)};
  // accept_without_signature refuses what carries any signature at all.
  if (!required && v.failure.code == problems::signature_missing && eds::accept_without_signature(a.document)) return {};
  return {untrusted(v.failure), {}, {}};
}

result<void> check_signer(const eds::signatory& by, const std::vector<crypto::certificate>& named) {
  if (named.empty()) return {};
  const bool known = by.certificate && std::any_of(named.begin(), named.end(),
                                                   [&](const crypto::certificate& c) { return c.sha256() == by.certificate->sha256(); });
  if (known) return {};
  const std::string who = by.certificate ? by.certificate->info().subject : std::string("nobody");
  return problem(problems::recipient_untrusted,
                 "the answer is signed by " + clipped(who) + ", who is not one of the route's target_certificates", "wsse:Security",
                 "add the certificate to target_certificates if it is the recipient's");
}

result<void> check_correlation(const soap_answer& a, std::string_view asked) {
  if (a.is_fault) return {};
  const std::string answered = text_of_child(a.response_info, "correlationId");
  if (asked.empty() || answered.empty() || answered == asked) return {};
  return unusable("it answers the message '" + clipped(answered) + "'", "responseInfo/correlationId",
                  "correlationId has to be the messageId of the request");
}

result<adapters::reply> reply_from(const soap_answer& a, std::string_view asked, const xml::limits& limits) {
  const protocol::answer_summary said = protocol::summarize_answer(a.document);
  adapters::reply out;
  if (a.is_fault) {
    const std::string code = bare_code(said.code);
    if (code.empty()) return unusable("the fault has no code", "Fault/faultcode");
    out.fault =
        adapters::reply::soap_fault{clipped(code), clipped(said.message, longest_fault_text), clipped(said.error_data, longest_fault_text)};
    return out;
  }
  if (const auto ours = check_correlation(a, asked); !ours) return ours.error();
  const xml::element status = child_named(a.response_info, "status");
  out.status_code = text_of_child(status, "code");
  out.status_message = text_of_child(status, "message");
  if (out.status_code.empty()) return unusable("there is no status code", "responseInfo/status/code");
  if (!a.data) return out;
  const auto data = protocol::find_business_data(a.document, xml::remaining(limits, a.document.used()));
  if (!data) return unusable("the text inside data is not a document", "responseData/data");
  if (data->form == protocol::carrier::none) return out;
  if (data->form == protocol::carrier::plain_text)
    return unusable("data holds text that is no document", "responseData/data", "answer_form = \"as-received\" passes it on");
  auto text = document_text(*data);
  if (!text) return text.error();
  out.document = std::move(*text);
  out.form = data->form;
  return out;
}

}  // namespace shep::forwarding
