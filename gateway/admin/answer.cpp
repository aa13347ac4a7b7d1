#include "admin/answer.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

json::object document_of(unsigned status, const problem& p) {
  json::object out{
      {"type", "about:blank"}, {"title", p.code.summary}, {"status", status}, {"detail", as_utf8(p.detail)}, {"code", p.code.name}};
  if (!p.where.empty()) out["pointer"] = as_utf8(p.where);
  if (!p.hint.empty()) out["hint"] = as_utf8(p.hint);
  return out;
}

http::response send(unsigned status, const json::value& body, std::string content_type) {
  http::response r;
  r.status = status;
  r.content_type = std::move(content_type);
  r.headers.push_back({"Cache-Control", "no-store"});
  r.headers.push_back({"X-Content-Type-Options", "nosniff"});
  r.body = share(json::serialize(body));
  return r;
}

}  // namespace

http::response json_answer(unsigned status, const json::value& body) { return send(status, body, "application/json"); }

http::response problem_answer(unsigned status, const problem& p) {
  return send(status, document_of(status, p), "application/problem+json");
}

http::response problem_answer(unsigned status, const std::vector<problem>& all) {
  json::object out = document_of(status, all.front());
  json::array errors;
  for (const problem& p : all) errors.push_back(document_of(status, p));
  out["errors"] = std::move(errors);
  return send(status, out, "application/problem+json");
}

}  // namespace shep::admin
