#include "cli/answer_check.hpp"
#include "cli/output.hpp"
#include "cli/placeholders.hpp"
#include "cli/signing_options.hpp"
#include "cli/tls_options.hpp"
#include "cli/trust_options.hpp"
#include "cli/verify_many.hpp"
#include "http/client.hpp"
#include "protocol/read_message.hpp"
#include "xml/xpath.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

namespace shep::cli {
namespace {

namespace json = boost::json;

struct send_options {
  std::string file;
  std::string target;
  std::string report = "text";
  std::string output;
  std::vector<std::string> set;
  std::vector<std::string> extract;
  unsigned timeout_seconds = 120;
  signing_options signing;
  trust_options trust;
  tls_options tls;
};

struct reply {
  http::incoming_response response;
  std::optional<xml::document> document;
  protocol::answer_summary summary;
  eds::report signature;
  std::vector<std::string> mismatches;  ///< what makes it no answer to what was sent
  std::vector<std::pair<std::string, std::string>> extracted;
};

result<shared_bytes> prepared(const send_options& o) {
  const auto bytes = take_input(o.file);
  if (!bytes) return bytes;
  auto text = with_placeholders(**bytes, o.set);
  if (!text) return text.error();
  if (o.signing.key.empty()) return share(std::move(*text));
  auto signed_text = o.signing.sign(share(std::move(*text)));
  if (!signed_text) return signed_text.error();
  return share(std::move(*signed_text));
}

result<http::incoming_response> deliver(shared_bytes message, const send_options& o) {
  const auto to = http::parse_url(o.target);
  if (!to) return to.error();
  auto tls = o.tls.client(*to);
  if (!tls) return tls.error();
  http::outgoing_request request;
  request.to = *to;
  request.tls = std::move(*tls);
  request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", "\"\""}};
  request.body = std::move(message);
  request.within.total = std::chrono::seconds(o.timeout_seconds);
  request.within.first_byte = request.within.total;
  return http::send_blocking(std::move(request));
}

/// name=XPath, looked for in the business data first and then in the whole answer.
result<std::string> extracted(const std::string& expression, const xml::document& answer) {
  const auto query = xml::xpath::compile(expression);
  if (!query) return query.error();
  const auto data = protocol::find_business_data(answer);
  if (data && data->payload())
    if (std::string value = query->string(data->payload()); !value.empty()) return value;
  return query->string(answer.root());
}

/// What came instead of a SOAP message, as HTTP tells it.
std::string no_message(const http::incoming_response& r, const std::string& why) {
  const std::string_view type = r.headers.value("Content-Type"), again = r.headers.value("Retry-After");
  std::string out =
      "HTTP " + std::to_string(r.status) + " with " + (type.empty() ? "no Content-Type" : clipped(type)) + " is no SOAP message: " + why;
  if (!again.empty()) out += "; Retry-After: " + clipped(again);
  return out;
}

result<reply> read_reply(http::incoming_response response, const shared_bytes& sent, const send_options& o) {
  auto parts = o.trust.parts();
  if (!parts) return parts.error();
  reply r;
  r.response = std::move(response);
  r.signature = verifier(std::move(*parts)).judge(r.response.body).report;
  auto document = xml::admit(r.response.body);
  if (!document || !document->root().is({xml::ns::soap11, "Envelope"})) {
    r.mismatches.push_back(
        no_message(r.response, document ? "its root is " + std::string(document->root().local_name()) : document.error().detail));
    return r;
  }
  r.summary = protocol::summarize_answer(*document);
  // Not everything that is sent is a message: a broken one is sent to see what comes back.
  if (const auto request = xml::admit(sent)) r.mismatches = mismatches(*request, r.response, *document, !o.trust.trusted.empty());
  for (const std::string& wanted : o.extract) {
    const std::size_t equals = wanted.find('=');
    if (equals == std::string::npos) return problem(problems::usage, "'" + wanted + "' is not name=XPath", "--extract");
    auto value = extracted(wanted.substr(equals + 1), *document);
    if (!value) return value.error();
    r.extracted.emplace_back(wanted.substr(0, equals), std::move(*value));
  }
  r.document = std::move(*document);
  return r;
}

std::string milliseconds(const reply& r) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(r.response.time_total.count()) / 1000);
  return text;
}

std::string as_json(const reply& r) {
  json::object extracted;
  const json::array mismatches(r.mismatches.begin(), r.mismatches.end());
  for (const auto& [name, value] : r.extracted) extracted[name] = value;
  boost::system::error_code failed;
  json::value signature = json::parse(eds::to_json(r.signature), failed);
  const json::object out{{"httpStatus", r.response.status},
                         {"fault", r.summary.is_fault},
                         {"statusCode", r.summary.code},
                         {"statusMessage", r.summary.message},
                         {"errorData", r.summary.error_data},
                         {"indication", eds::name_of(r.signature.verdict)},
                         {"subIndication", eds::name_of(r.signature.reason)},
                         {"milliseconds", static_cast<double>(r.response.time_total.count()) / 1000},
                         {"mismatches", mismatches},
                         {"extracted", std::move(extracted)},
                         {"signature", failed ? json::value(nullptr) : std::move(signature)}};
  return json::serialize(out) + "\n";
}

std::string as_text(const reply& r) {
  std::string out = "HTTP " + std::to_string(r.response.status) + ", ";
  if (r.document) out += std::string(r.summary.is_fault ? "fault " : "status ") + r.summary.code + " " + r.summary.message + ", ";
  out += milliseconds(r) + " ms\n";
  if (!r.summary.error_data.empty()) out += r.summary.error_data + "\n";
  for (const std::string& wrong : r.mismatches) out += "wrong: " + wrong + "\n";
  for (const auto& [name, value] : r.extracted) out += name + " = " + value + "\n";
  if (r.document && !r.summary.is_fault) out += "answer " + eds::to_text(r.signature);
  return out + "\n" + *r.response.body + "\n";
}

int send(const send_options& o) {
  const auto message = prepared(o);
  if (!message) return complain(message.error());
  auto response = deliver(*message, o);
  if (!response) return complain(response.error());
  const auto r = read_reply(std::move(*response), *message, o);
  if (!r) return complain(r.error());
  if (!o.output.empty())
    if (const auto ok = emit(*r->response.body, o.output); !ok) return complain(ok.error());
  if (const auto ok = emit(o.report == "json" ? as_json(*r) : as_text(*r)); !ok) return complain(ok.error());
  if (r->summary.is_fault || r->response.status != 200 || !r->mismatches.empty()) return failed;
  return o.trust.trusted.empty() ? passed : exit_code_for(r->signature.verdict);
}

}  // namespace

void add_send(CLI::App& program, action& chosen) {
  auto options = std::make_shared<send_options>();
  CLI::App* command =
      program.add_subcommand("send", "sign a message if a key is given, send it, verify the answer, print verdict and answer");
  command->add_option("FILE", options->file, "SOAP message, or - for standard input")->required();
  command->add_option("--target", options->target, "http://host:port/bip-sync-wss-gost/, or https")->required();
  command->add_option("--report", options->report, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--output,-o", options->output, "also write the answer's octets to this file");
  command->add_option("--set", options->set, "name=value: fills {{name}} in FILE before signing (repeatable)");
  command->add_option("--extract", options->extract, "name=XPath: prints this value of the answer (repeatable)");
  command->add_option("--timeout", options->timeout_seconds, "seconds to wait for the answer")->capture_default_str();
  options->signing.add_to(*command, false, {"wsse", "wsse-issuer-serial", "enveloped"});
  options->trust.add_to(*command);
  options->tls.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return send(*options); }; });
}

}  // namespace shep::cli
