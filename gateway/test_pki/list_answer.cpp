#include "test_pki/list_answer.hpp"

#include "revocation/crl_write.hpp"

#include <algorithm>

namespace shep::test_pki {
namespace {

using revocation::crl_content;

std::uint64_t milliseconds_of(time_point t) {
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(t.time_since_epoch()).count(), 1));
}

std::optional<crl_content::row> row_of(const issued& who, const told& t, bool delta, time_point now) {
  const std::string serial = revocation::serial_of(who.certificate);
  const bool removal = (t.what == behaviour::revoked || t.what == behaviour::on_hold) && *t.since <= now;
  if (removal)
    return crl_content::row{serial, *t.since, t.what == behaviour::on_hold ? std::optional(revocation::reason::certificate_hold) : t.why};
  if (delta) return crl_content::row{serial, t.changed, revocation::reason::remove_from_crl};
  return std::nullopt;
}

}  // namespace

// A complete list is always up to date. The delta's base is the state at the beginning of the day, as if the authority had published its
// complete list at midnight: any complete list of today, or the next one, can be brought up to date with it.
result<std::string> lists::get(const authority& by, bool delta, const view& v, time_point now, std::chrono::milliseconds lifetime) {
  const auto key = std::pair(by.name, delta);
  if (const auto found = kept_.find(key); found != kept_.end() && now < found->second.until) return found->second.octets;

  const told& manner = v.states.of(responder::crl);
  const validity when = validity_of(manner, now, lifetime);
  const time_point midnight = std::chrono::floor<std::chrono::days>(now);
  last_number_ = std::max({last_number_ + 1, v.states.number, milliseconds_of(now)});
  crl_content content;
  content.this_update = when.from;
  content.next_update = when.to;
  content.number = manner.what == behaviour::stale ? milliseconds_of(when.from) : last_number_;
  if (delta) content.base_number = milliseconds_of(std::min(midnight, when.from));
  time_point until = now + lifetime / 2;
  for (const issued& who : v.certificates.all()) {
    if (who.by != by.name) continue;
    const auto state = v.states.certificates.find(who.certificate.info().serial_hex);
    if (state == v.states.certificates.end() || (delta && state->second.changed < midnight)) continue;
    if (auto row = row_of(who, state->second, delta, now)) content.entries.push_back(std::move(*row));
    if (state->second.since && *state->second.since > now) until = std::min(until, *state->second.since);
  }
  auto octets = revocation::write_crl(content, signing_identity(by.self, by.other, manner));
  if (!octets) return octets.error();
  std::string out = manner.what == behaviour::malformed ? malformed(std::move(*octets)) : std::move(*octets);
  kept_[key] = {out, until};
  return out;
}

}  // namespace shep::test_pki
