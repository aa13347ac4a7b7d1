#include "crypto/gost/parameters.hpp"
#include "crypto/gost/secret.hpp"
#include "crypto/gost/sign_backends.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <nettle/ecc-curve.h>
#include <nettle/gostdsa.h>

namespace shep::gost {
namespace {

static_assert(sizeof(mp_limb_t) == sizeof(word), "nettle's numbers are taken word by word");

/// Memory for intermediate values of nettle's, cleared afterwards (its own high-level functions do not).
class scratch {
 public:
  explicit scratch(mp_size_t limbs) : limbs_(static_cast<std::size_t>(limbs)) {}
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  ~scratch() { OPENSSL_cleanse(limbs_.data(), limbs_.size() * sizeof(mp_limb_t)); }
  mp_limb_t* get() { return limbs_.data(); }

 private:
  std::vector<mp_limb_t> limbs_;
};

template <std::size_t N>
void append(std::string& octets, const number<N>& n) {
  for (const word w : n.w) {
    for (unsigned shift = 0; shift < 64; shift += 8) octets += static_cast<char>(w >> shift & 0xFF);
  }
}

template <std::size_t N>
void append(std::string& octets, const mpz_t value) {
  number<N> n{};
  const std::size_t size = std::min(mpz_size(value), N);
  std::copy_n(mpz_limbs_read(value), size, n.w);
  append(octets, n);
}

template <class Curve>
class nettle_key final : public signing_key {
  static constexpr std::size_t words = Curve::words;

 public:
  nettle_key(const secret<words>& d, const ecc_curve* nettle) : d_(d), nettle_(nettle) {}

  curve parameters() const override { return Curve::id; }

  std::string number() const override {
    std::string octets;
    octets.reserve(8 * words + 1);  // no reallocation leaves a copy behind, not even for the zero that DER may want
    append(octets, d_.value);
    return octets;
  }

  std::string public_octets() const override {
    secret<words> d = d_;
    const ecc_scalar scalar{nettle_, reinterpret_cast<mp_limb_t*>(d.value.w)};
    ecc_point product;
    mpz_t x, y;
    ecc_point_init(&product, nettle_);
    mpz_inits(x, y, nullptr);
    ecc_point_mul_g(&product, &scalar);
    ecc_point_get(&product, x, y);
    std::string octets;
    append<words>(octets, x);
    append<words>(octets, y);
    mpz_clears(x, y, nullptr);
    ecc_point_clear(&product);
    return octets;
  }

  std::optional<std::string> sign_with_nonce(std::string_view digest, std::string_view nonce) const override {
    if (digest.size() != 8 * words) throw std::invalid_argument("the digest is not as long as the curve's numbers");
    const auto k = secret<words>::read(nonce, Curve::group.order());
    if (!k) return std::nullopt;
    scratch memory(ecc_gostdsa_sign_itch(nettle_));
    gost::number<words> r{}, s{};
    ecc_gostdsa_sign(nettle_, limbs(d_.value), limbs(k->value), digest.size(), reinterpret_cast<const std::uint8_t*>(digest.data()),
                     limbs(r), limbs(s), memory.get());
    if (is_zero(r) || is_zero(s)) return std::nullopt;
    std::string octets;
    append(octets, r);
    append(octets, s);
    return octets;
  }

 private:
  static const mp_limb_t* limbs(const gost::number<words>& n) { return reinterpret_cast<const mp_limb_t*>(n.w); }
  static mp_limb_t* limbs(gost::number<words>& n) { return reinterpret_cast<mp_limb_t*>(n.w); }

  secret<words> d_;
  const ecc_curve* nettle_;
};

template <class Curve>
std::unique_ptr<const signing_key> made(std::string_view octets, const ecc_curve* nettle) {
  const auto d = secret<Curve::words>::read(octets, Curve::group.order());
  if (!d) return nullptr;
  return std::make_unique<const nettle_key<Curve>>(*d, nettle);
}

}  // namespace

std::unique_ptr<const signing_key> nettle_signing_key(curve c, std::string_view d) {
  // nettle's gc256b is tc26-256-B, another name of CryptoPro-A.
  if (c == curve::tc26_512_a) return made<tc26_512_a>(d, nettle_get_gost_gc512a());
  if (c == curve::cryptopro_a) return made<cryptopro_a>(d, nettle_get_gost_gc256b());
  return nullptr;
}

}  // namespace shep::gost
