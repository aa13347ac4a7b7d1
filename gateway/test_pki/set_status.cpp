#include "test_pki/set_status.hpp"

#include "test_pki/problems.hpp"

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

}  // namespace shep::test_pki
