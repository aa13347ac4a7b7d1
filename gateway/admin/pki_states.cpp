#include "admin/answer.hpp"
#include "admin/pki_of.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "test_pki/problems.hpp"
#include "test_pki/status_json.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

http::response no_pki() {
  return problem_answer(404, {problems::admin_not_found, "this gateway has no test PKI", "pki.folder", "make one with 'shepsim pki new'"});
}

http::response trouble(const problem& p) {
  if (p.code == problems::pki_unknown_certificate) return problem_answer(404, p);
  return problem_answer(p.code == problems::pki_status ? 422 : 503, p);
}

result<test_pki::told> told_in_body(const call& c) {
  boost::system::error_code broken;
  json::parse_options options;
  options.max_depth = 8;
  const json::value body = json::parse(*c.request.body, broken, {}, options);
  if (broken) return problem(problems::admin_request, "the body is not JSON", "", R"({"state":"revoked","reason":"keyCompromise"})");
  return test_pki::told_from_json(body);
}

http::response bad_body(const problem& p) { return problem_answer(p.code == problems::admin_request ? 400 : 422, p); }

std::optional<test_pki::responder> responder_of(const call& c) { return test_pki::responder_by_name(c.named.find("name")->second); }

http::response no_responder() {
  return problem_answer(404, {problems::admin_not_found, "there is no such responder", "name", "ocsp, crl or tsp"});
}

}  // namespace

http::response list_pki_certificates(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki();
  const auto all = responders->standings();
  if (!all) return trouble(all.error());
  const auto states = responders->all_statuses();
  if (!states) return trouble(states.error());
  json::array certificates;
  for (const auto& one : *all) certificates.emplace_back(test_pki::to_json(one.who, one.state));
  const std::size_t total = certificates.size();
  return json_answer(200, json::object{{"certificates", std::move(certificates)},
                                       {"responders", test_pki::responders_to_json(*states)},
                                       {"meta", {{"total", total}}}});
}

http::response pki_certificate_status(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki();
  const auto one = responders->standing_of(c.named.find("serial")->second);
  return one ? json_answer(200, test_pki::to_json(one->who, one->state)) : trouble(one.error());
}

http::response set_pki_certificate_status(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki();
  const auto words = told_in_body(c);
  if (!words) return bad_body(words.error());
  const auto one = responders->set(c.named.find("serial")->second, *words);
  return one ? json_answer(200, test_pki::to_json(one->who, one->state)) : trouble(one.error());
}

http::response pki_responder_status(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki();
  const auto which = responder_of(c);
  if (!which) return no_responder();
  const auto states = responders->all_statuses();
  return states ? json_answer(200, test_pki::to_json(states->of(*which))) : trouble(states.error());
}

http::response set_pki_responder_status(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki();
  const auto which = responder_of(c);
  if (!which) return no_responder();
  const auto words = told_in_body(c);
  if (!words) return bad_body(words.error());
  const auto now = responders->set(*which, *words);
  return now ? json_answer(200, test_pki::to_json(*now)) : trouble(now.error());
}

}  // namespace shep::admin
