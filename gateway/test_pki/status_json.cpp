#include "test_pki/status_json.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "test_pki/problems.hpp"

#include <boost/json.hpp>

namespace shep::test_pki {
namespace {

namespace json = boost::json;

problem refuse(std::string detail, std::string_view field, std::string hint) {
  return {problems::pki_status, std::move(detail), "/" + as_utf8(clipped(field)), std::move(hint)};
}

result<void> take(std::string_view field, const json::value& value, told& into) {
  if (field == "delayMilliseconds") {
    if (!value.is_int64() || value.get_int64() < 1) return refuse("expected a whole number from 1 to 300000", field, "2000");
    into.delay = std::chrono::milliseconds(value.get_int64());
    return {};
  }
  if (field != "state" && field != "at" && field != "reason") return refuse("unknown field", field, "state, at, reason, delayMilliseconds");
  if (!value.is_string()) return refuse("expected text", field, {});
  const std::string text(value.get_string());
  if (field == "at") {
    const auto moment = parse_date_time(text);
    if (!moment) return refuse(moment.error().detail, field, "2026-10-01T10:00:00Z");
    into.since = moment->utc;
  } else if (field == "reason") {
    into.why = reason_by_name(text);
    if (!into.why) return refuse("no revocation has this reason", field, "keyCompromise, cessationOfOperation, …");
  } else {
    const auto what = behaviour_by_name(text);
    if (!what)
      return refuse("there is no such state", field, "good, revoked, on_hold, unknown, try_later, slow, malformed, wrong_signer, stale");
    into.what = *what;
  }
  return {};
}

}  // namespace

json::object to_json(const told& t) {
  json::object out{{"state", name_of(t.what)}};
  if (t.since) out["at"] = format_utc(*t.since);
  if (t.why) out["reason"] = revocation::name_of(*t.why);
  if (t.delay) out["delayMilliseconds"] = t.delay->count();
  if (t.changed != time_point()) out["changed"] = format_utc(t.changed);
  return out;
}

json::object to_json(const issued& who, const told& t) {
  const auto& info = who.certificate.info();
  json::object out{{"name", who.name},      {"serialNumber", info.serial_hex},          {"subject", info.subject},
                   {"issuer", info.issuer}, {"notBefore", format_utc(info.not_before)}, {"notAfter", format_utc(info.not_after)}};
  if (!who.by.empty()) out["authority"] = who.by;
  for (auto& [key, value] : to_json(t)) out[key] = value;
  return out;
}

json::object responders_to_json(const statuses& s) {
  json::object out;
  for (const responder r : {responder::ocsp, responder::crl, responder::tsp}) out[name_of(r)] = to_json(s.of(r));
  return out;
}

result<told> told_from_json(const json::value& body) {
  if (!body.is_object()) return problem(problems::pki_status, "the body must be a JSON object", "", R"({"state":"revoked"})");
  told out;
  for (const auto& [field, value] : body.get_object())
    if (const auto good = take(field, value, out); !good) return good.error();
  if (!body.get_object().contains("state")) return refuse("a state is missing", "state", R"({"state":"revoked"})");
  return out;
}

}  // namespace shep::test_pki
