#include "test_pki/ocsp_answer.hpp"

#include "revocation/ocsp_write.hpp"

#include <algorithm>

namespace shep::test_pki {
namespace {

namespace ocsp = revocation::ocsp;

answer ocsp_reply(std::string octets, std::chrono::milliseconds delay = {}) {
  return {200, std::string(ocsp::response_type), std::move(octets), delay};
}

answer bare(ocsp::response_status status, const crypto::identity& by) {
  ocsp::response_content c;
  c.status = status;
  auto octets = ocsp::write_response(c, by);
  return octets ? ocsp_reply(std::move(*octets)) : answer{500, {}, {}, {}};
}

const authority* issuer_of(const ocsp::certificate_id& id, const std::vector<authority>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const authority& a) {
    const crypto::certificate& self = a.self.certificate;
    return crypto::digest(id.digest, self.info().subject_der) == id.name_hash && ocsp::id_of(self, self, id.digest).key_hash == id.key_hash;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string hex_of(const std::string& serial) {
  const std::string hex = to_hex(serial);
  const std::size_t first = hex.find_first_not_of('0');
  return first == std::string::npos ? "0" : hex.substr(first);
}

bool misbehaves(behaviour b) { return b >= behaviour::try_later; }

ocsp::response_content::answer about(const ocsp::certificate_id& id, const told& t, bool known, const validity& when) {
  ocsp::response_content::answer a;
  a.id = id;
  a.what = known ? revocation::state::good : revocation::state::unknown;
  if (t.what == behaviour::unknown) a.what = revocation::state::unknown;
  if (t.what == behaviour::revoked || t.what == behaviour::on_hold) {
    a.what = t.what == behaviour::revoked ? revocation::state::revoked : revocation::state::on_hold;
    a.revoked_at = t.since;
    a.why = t.why;
  }
  a.this_update = when.from;
  a.archive_cutoff = time_point{};  // a test authority forgets nobody
  a.next_update = when.to;
  return a;
}

}  // namespace

answer answer_ocsp(std::string_view octets, const std::vector<authority>& all, const view& v, time_point now,
                   std::chrono::milliseconds lifetime) {
  const auto request = ocsp::read_request(octets);
  if (!request) return bare(ocsp::response_status::malformed_request, all.front().self);
  const authority* by = issuer_of(request->ids.front(), all);
  for (const ocsp::certificate_id& id : request->ids)
    if (by == nullptr || issuer_of(id, all) != by) return bare(ocsp::response_status::unauthorized, all.front().self);

  std::vector<told> states;
  told manner;
  for (const ocsp::certificate_id& id : request->ids) {
    states.push_back(effective(v, hex_of(id.serial), responder::ocsp, now));
    if (manner.what == behaviour::good && misbehaves(states.back().what)) manner = states.back();
  }
  if (manner.what == behaviour::try_later) return bare(ocsp::response_status::try_later, by->responder);

  const validity when = validity_of(manner, now, lifetime);
  ocsp::response_content content;
  content.produced_at = when.from;
  content.nonce = request->nonce;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const issued* known = v.certificates.by_serial(hex_of(request->ids[i].serial));
    content.answers.push_back(about(request->ids[i], states[i], known != nullptr && known->by == by->name, when));
  }
  auto response = ocsp::write_response(content, signing_identity(by->responder, by->other, manner));
  if (!response) return bare(ocsp::response_status::internal_error, by->responder);
  if (manner.what == behaviour::malformed) return ocsp_reply(malformed(std::move(*response)));
  return ocsp_reply(std::move(*response), manner.delay.value_or(std::chrono::milliseconds(0)));
}

}  // namespace shep::test_pki
