#include "test_pki/set_status.hpp"

#include "test_pki/members.hpp"
#include "test_pki/problems.hpp"

#include <algorithm>

namespace shep::test_pki {

result<void> set_status(const std::string& folder, const issued& who, told t, time_point now) {
  if (who.by.empty())
    return problem(problems::pki_status, "nobody in this PKI speaks of '" + who.name + "': it is a root, or a foreign root's", "name",
                   "choose a certificate that 'pki status' shows with an authority");
  result<told> whole = complete(std::move(t), now);
  if (!whole) return whole.error();
  whole->changed = now;
  const std::string& serial = who.certificate.info().serial_hex;
  return change_statuses(folder, now, [&](statuses& all) -> result<void> {
    all.certificates.insert_or_assign(serial, *whole);
    return {};
  });
}

result<void> set_status(const std::string& folder, responder r, told t, time_point now) {
  result<told> whole = complete_for_responder(std::move(t), now);
  if (!whole) return whole.error();
  whole->changed = now;
  return change_statuses(folder, now, [&](statuses& all) -> result<void> {
    all.of(r) = *whole;
    return {};
  });
}

result<void> revoke_members(const std::string& folder, time_point since, time_point now) {
  const auto all = inventory::load(folder);
  if (!all) return all.error();
  const auto members = test_pki_members();
  for (const issued& one : all->all()) {
    const std::string name = one.name.substr(one.name.rfind('/') + 1);  // without the family
    if (std::none_of(members.begin(), members.end(), [&](const pki_member& m) { return m.revoked && m.name == name; })) continue;
    told t;
    t.what = behaviour::revoked;
    t.since = since;
    t.why = reason_by_name("keyCompromise");
    if (const auto done = set_status(folder, one, std::move(t), now); !done) return done;
  }
  return {};
}

}  // namespace shep::test_pki
