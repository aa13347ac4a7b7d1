// Any octets as a PKCS#12 file: refused, or a key with its certificate.
#include "crypto/pkcs12.hpp"

#include "fuzzing.hpp"

using namespace shep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = crypto::read_pkcs12(fuzz::octets(data, size), "fuzz");
  if (!read) return 0;
  fuzz::promise(!read->certificate.der().empty(), "a key comes with its certificate");
  return 0;
}
