// Any octets as a certificate. What is read keeps its octets, and says the same when it is read again from PEM.
#include "crypto/certificate.hpp"

#include "core/bytes.hpp"
#include "crypto/trust.hpp"
#include "fuzzing.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::trust_store nobody({});
  const std::string octets = fuzz::octets(data, size);
  if (const auto several = crypto::read_certificates(octets)) fuzz::promise(!several->empty(), "an empty list is a failure");
  const auto any = crypto::certificate::from_pem_or_der(octets);
  const auto read = crypto::certificate::from_der(any ? any->der() : octets);
  if (!read) return 0;
  fuzz::promise(any && any->sha256() == read->sha256(), "one certificate however it was wrapped");
  const auto again = crypto::certificate::from_pem_or_der(read->pem());
  fuzz::promise(again && again->der() == read->der() && again->info().subject == read->info().subject, "PEM brings it back");
  fuzz::promise(is_utf8(read->info().subject) && is_utf8(read->info().issuer), "names are text");
  fuzz::promise(!nobody.build(*read, read->info().not_before), "nobody is trusted without an anchor");
  static_cast<void>(read->key_user());
  static_cast<void>(read->signed_by(*read));
  return 0;
}
