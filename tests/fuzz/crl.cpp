// Any octets as a revocation list. What is read finds each of its entries again, and is signed by nobody it does not name.
#include "revocation/crl.hpp"

#include "core/bytes.hpp"
#include "crypto/asn1.hpp"
#include "fuzzing.hpp"
#include "revocation/crl_set.hpp"

using namespace shep;

namespace {

/// The serial numbers of the entries, read a second time and in another way than the list does.
std::size_t entries_found(const revocation::crl& list) {
  using namespace crypto::asn1;
  failure f;
  reader outer(*list.der(), f);
  reader tbs = outer.enter(tags::sequence, "list").enter(tags::sequence, "tbs");
  tbs.read_if(tags::integer, "version");
  tbs.any("algorithm");
  tbs.any("issuer");
  tbs.any("thisUpdate");
  if (!tbs.next_is(tags::sequence) && !tbs.next_is(tags::context(0, true)) && tbs.more()) tbs.any("nextUpdate");
  if (!tbs.next_is(tags::sequence)) return 0;
  reader entries = tbs.enter(tags::sequence, "entries");
  std::size_t count = 0;
  while (entries.more()) {
    const std::string_view serial = entries.enter(tags::sequence, "entry").integer("serial");
    const bool negative = static_cast<unsigned char>(serial[0]) >= 0x80;
    fuzz::promise(negative || list.find(serial).has_value(), "each entry is found");
    ++count;
  }
  fuzz::promise(!f.happened, "what was read can be read again");
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  revocation::crl_limits limits;
  limits.entries = 4096;
  const auto list = revocation::crl::from_der(share(fuzz::octets(data, size)), limits);
  if (!list) {
    fuzz::promise(!list.error().detail.empty(), "a refusal says why");
    return 0;
  }
  fuzz::promise(is_utf8(list->info().issuer), "the issuer is text");
  fuzz::promise(entries_found(*list) == list->info().entries, "every entry is counted");
  static_cast<void>(list->find("\x01"));
  return 0;
}
