// Any octets as an OCSP request and as an answer. A request that is read can be answered. An answer is believed only when the authority
// signed it; so what was taken apart is also signed by the authority here, to get behind that check.
#include "revocation/ocsp.hpp"

#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "fuzzing.hpp"
#include "revocation/ocsp_parts.hpp"
#include "revocation/signing.hpp"
#include "support/pki.hpp"

using namespace shep;
namespace ocsp = revocation::ocsp;

namespace {

/// An authority over the key that signs the seeds, and a certificate of its with the serial number 10.
struct world {
  crypto::issuer authority{test::root_of(test::key_name::signer, "TEST FUZZED AUTHORITY")};
  crypto::certificate holder = issued();

  crypto::certificate issued() const {
    crypto::certificate_request r;
    r.common_name = "TEST HOLDER";
    r.serial = "\x0A";
    r.not_before = test::test_now;
    r.not_after = test::test_now;
    return crypto::issue(r, authority.key.public_key(), &authority, authority.key).value();
  }
};

std::string signed_answer(std::string_view tbs, const crypto::private_key& key) {
  using namespace crypto::asn1;
  const auto signature = revocation::sign(tbs, key).value();
  const std::string basic = write(tags::sequence, std::string(tbs) + signature.algorithm + signature.value);
  const std::string bytes = write(tags::sequence, write_oid(ocsp::oids::basic) + write(tags::octet_string, basic));
  return write(tags::sequence, write(tags::enumerated, std::string(1, '\0')) + write(tags::context(0, true), bytes));
}

void check_request(const std::string& octets) {
  const auto request = ocsp::read_request(octets);
  if (!request) return;
  fuzz::promise(!request->ids.empty() && request->ids.size() <= 16, "a request asks about 1 to 16 certificates");
  fuzz::promise(request->nonce.size() <= 128, "the nonce is bounded");
  for (const auto& id : request->ids) {
    const std::string again = ocsp::write_id(id);
    crypto::asn1::failure f;
    crypto::asn1::reader r(again, f);
    const ocsp::any_id read = ocsp::read_id(r);
    fuzz::promise(!f.happened && read.digest == id.digest && read.serial == id.serial && read.key_hash == id.key_hash,
                  "a certificate's id is written as it was read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const world w;
  const std::string octets = fuzz::octets(data, size);
  check_request(octets);
  const auto parts = ocsp::read_parts(octets);
  const auto judged = ocsp::read_response(octets, w.holder, w.authority.certificate, {}, test::test_now);
  fuzz::promise(!judged || parts, "what is judged was read");
  if (!parts) return 0;
  fuzz::promise(parts->basic.has_value() == (parts->status == ocsp::response_status::successful), "only a success has a body");
  if (!parts->basic) return 0;
  ocsp::response_rules strict;
  strict.nonce_required = true;
  const std::string answer = signed_answer(parts->basic->tbs, w.authority.key);
  const auto believed = ocsp::read_response(answer, w.holder, w.authority.certificate, "nonce", test::test_now, strict);
  if (!believed) return 0;
  fuzz::promise(parts->basic->nonce == "nonce", "a foreign nonce is not believed");
  fuzz::promise(believed->this_update <= test::test_now + strict.skew, "an answer from the future is not believed");
  fuzz::promise(!believed->next_update || *believed->next_update >= test::test_now, "an old answer is not believed");
  const bool stopped = believed->what == revocation::state::revoked || believed->what == revocation::state::on_hold;
  fuzz::promise(believed->revoked_at.has_value() == stopped, "a revocation has its time");
  return 0;
}
