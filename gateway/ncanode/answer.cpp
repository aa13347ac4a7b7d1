#include "ncanode/answer.hpp"

#include "core/bytes.hpp"
#include "ncanode/problems.hpp"

#include <array>

#include <boost/json/serialize.hpp>

namespace shep::ncanode {
namespace {

namespace json = boost::json;

struct status_row {
  problem_code code;
  unsigned status;
};

constexpr std::array statuses{
    status_row{problems::ncanode_json, 400},       status_row{problems::ncanode_field, 400},
    status_row{problems::ncanode_media_type, 415}, status_row{problems::ncanode_key, 400},
    status_row{problems::ncanode_document, 400},   status_row{problems::ncanode_not_found, 404},
    status_row{problems::ncanode_method, 405},     status_row{problems::ncanode_not_offered, 501},
    status_row{problems::ncanode_host, 403},       status_row{problems::ncanode_no_authority, 501},
    status_row{problems::ncanode_time_stamp, 502},
};

http::response send(unsigned status, const json::object& body) {
  http::response r;
  r.status = status;
  r.content_type = "application/json";
  r.headers.push_back({"Cache-Control", "no-store"});
  r.headers.push_back({"X-Content-Type-Options", "nosniff"});
  r.body = share(json::serialize(body));
  return r;
}

}  // namespace

unsigned status_of(const problem& p) {
  for (const status_row& r : statuses)
    if (r.code == p.code) return r.status;
  return 500;
}

http::response ok_answer(json::object members, std::string_view message) {
  json::object out{{"status", 200}, {"message", message}};
  for (auto& member : members) out.emplace(member.key(), std::move(member.value()));
  return send(200, out);
}

http::response problem_answer(const problem& p) {
  const unsigned status = status_of(p);
  if (status == 500) return send(500, {{"status", 500}, {"message", problems::internal.summary}});
  json::object ours{{"code", p.code.name}};
  if (!p.where.empty()) ours["where"] = as_utf8(p.where);
  if (!p.hint.empty()) ours["hint"] = as_utf8(p.hint);
  const std::string place = p.where.empty() ? std::string() : p.where + ": ";
  return send(status, {{"status", status}, {"message", as_utf8(place + p.detail)}, {"shepsim", std::move(ours)}});
}

http::response refusal_answer(unsigned status, std::string_view message, std::string_view code) {
  return send(status, {{"status", status}, {"message", as_utf8(message)}, {"shepsim", {{"code", code}}}});
}

http::response bare_answer(unsigned status, const json::object& body) { return send(status, body); }

}  // namespace shep::ncanode
