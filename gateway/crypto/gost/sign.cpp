#include "crypto/gost/sign.hpp"

#include "crypto/gost/sign_backends.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace shep::gost {
namespace {

/// Octets that go through `use` until it accepts them. Empty when the random source fails; the odds of 64 refusals in a row are below
/// 2^-64 even where three numbers of four are out of range.
template <class Use>
auto with_random_number(std::size_t size, Use use) -> decltype(use(std::string_view())) {
  constexpr int most_tries = 256;
  std::string octets(size, '\0');
  decltype(use(std::string_view())) accepted{};
  for (int i = 0; i < most_tries && !accepted; ++i) {
    if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(size)) != 1) break;
    accepted = use(octets);
  }
  OPENSSL_cleanse(octets.data(), octets.size());
  return accepted;
}

}  // namespace

std::unique_ptr<const signing_key> signing_key::from_number(curve c, std::string_view d) {
  return c == curve::tc26_256_a ? openssl_signing_key(d) : nettle_signing_key(c, d);
}

std::unique_ptr<const signing_key> signing_key::generate(curve c) {
  return with_random_number(size_of(c), [c](std::string_view d) { return from_number(c, d); });
}

std::optional<std::string> signing_key::sign(std::string_view digest) const {
  return with_random_number(size_of(parameters()), [&](std::string_view nonce) { return sign_with_nonce(digest, nonce); });
}

}  // namespace shep::gost
