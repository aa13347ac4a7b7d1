// A first octet says what follows: 's' a SubjectPublicKeyInfo, 'p' a PrivateKeyInfo, '5', '4' or '6' a point, a digest and a signature of
// the curve of 2015-512, 2004 or 2015-256. Whatever is read comes back as it was; where nettle knows the curve, it has to say what we say.
#include "crypto/gost/verify.hpp"
#include "crypto/key.hpp"
#include "fuzzing.hpp"

#include <nettle/ecc-curve.h>
#include <nettle/gostdsa.h>

using namespace shep;

namespace {

void public_half(std::string_view der) {
  const auto key = crypto::public_key::from_spki(der);
  if (!key) return;
  fuzz::promise(key->spki() == der, "the octets are kept");
  const auto scheme = crypto::usual_signature(key->kind());
  if (scheme) static_cast<void>(key->verify(*scheme, "x", std::string(key->bits() / 4, '\1')));
}

void private_half(std::string_view der) {
  const auto key = crypto::private_key::from_pkcs8(der);
  if (!key) return;
  const auto scheme = crypto::usual_signature(key->kind()).value();
  const auto again = crypto::private_key::from_pkcs8(key->pkcs8());
  fuzz::promise(again && again->public_key().spki() == key->public_key().spki(), "a key that is written is read again");
  fuzz::promise(static_cast<bool>(key->public_key().verify(scheme, "x", again->sign(scheme, "x").value())), "its signatures hold");
}

bool nettle_accepts(const ecc_curve* curve, std::string_view point, std::string_view digest, std::string_view signature) {
  const std::size_t size = digest.size();
  mpz_t x, y;
  mpz_inits(x, y, nullptr);
  mpz_import(x, size, -1, 1, 0, 0, point.data());
  mpz_import(y, size, -1, 1, 0, 0, point.data() + size);
  ecc_point key;
  dsa_signature value;
  ecc_point_init(&key, curve);
  dsa_signature_init(&value);
  mpz_import(value.r, size, -1, 1, 0, 0, signature.data());
  mpz_import(value.s, size, -1, 1, 0, 0, signature.data() + size);
  const bool good =
      ecc_point_set(&key, x, y) == 1 && gostdsa_verify(&key, size, reinterpret_cast<const std::uint8_t*>(digest.data()), &value) == 1;
  dsa_signature_clear(&value);
  ecc_point_clear(&key);
  mpz_clears(x, y, nullptr);
  return good;
}

void signature(gost::curve curve, const ecc_curve* nettle, std::string_view octets) {
  const std::size_t size = gost::size_of(curve);
  if (octets.size() < 5 * size) return;
  const std::string_view point = octets.substr(0, 2 * size), digest = octets.substr(2 * size, size), value = octets.substr(3 * size);
  auto why = gost::verifying_key::refusal::none;
  const auto key = gost::verifying_key::from_octets(curve, point, why);
  const bool ours = key && key->verify(digest, value) == gost::verdict::good;
  fuzz::promise(!ours || value.size() == 2 * size, "a signature has one length");
  if (nettle != nullptr && value.size() == 2 * size) {
    fuzz::promise(ours == nettle_accepts(nettle, point, digest, value), "nettle says the same");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string octets = fuzz::octets(data, size);
  if (octets.empty()) return 0;
  const std::string_view rest = std::string_view(octets).substr(1);
  switch (octets[0]) {
    case 's': public_half(rest); break;
    case 'p': private_half(rest); break;
    case '5': signature(gost::curve::tc26_512_a, nettle_get_gost_gc512a(), rest); break;
    case '4': signature(gost::curve::cryptopro_a, nettle_get_gost_gc256b(), rest); break;
    case '6': signature(gost::curve::tc26_256_a, nullptr, rest); break;
    default: break;
  }
  return 0;
}
