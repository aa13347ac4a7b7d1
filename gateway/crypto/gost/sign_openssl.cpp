#include "crypto/gost/parameters.hpp"
#include "crypto/gost/secret.hpp"
#include "crypto/gost/sign_backends.hpp"

#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/ec.h>

/// tc26-256-A, which nettle does not know. EC_POINT_mul by one secret scalar is OpenSSL's constant-time ladder as long as the group knows
/// its order and cofactor; numbers that hold secrets carry BN_FLG_CONSTTIME and are cleared.
namespace shep::gost {
namespace {

using Curve = tc26_256_a;
constexpr std::size_t size = 8 * Curve::words;

struct releaser {
  void operator()(BIGNUM* n) const { BN_clear_free(n); }
  void operator()(BN_CTX* c) const { BN_CTX_free(c); }
  void operator()(EC_POINT* p) const { EC_POINT_clear_free(p); }
  void operator()(EC_GROUP* g) const { EC_GROUP_free(g); }
};
using big = std::unique_ptr<BIGNUM, releaser>;
using context = std::unique_ptr<BN_CTX, releaser>;

template <class T>
T* must(T* made) {
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

void must(int done) {
  if (done != 1) throw std::runtime_error("OpenSSL's numbers refused an operation");
}

big read(std::string_view little_endian) {
  return big(
      must(BN_lebin2bn(reinterpret_cast<const unsigned char*>(little_endian.data()), static_cast<int>(little_endian.size()), nullptr)));
}

big read(const number<Curve::words>& n) {
  big b(must(BN_secure_new()));
  must(BN_lebin2bn(reinterpret_cast<const unsigned char*>(n.w), sizeof n.w, b.get()) != nullptr ? 1 : 0);
  BN_set_flags(b.get(), BN_FLG_CONSTTIME);
  return b;
}

std::string write(const BIGNUM* n) {
  std::string octets(size, '\0');
  if (BN_bn2lebinpad(n, reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(size)) < 0)
    throw std::runtime_error("a number is too long");
  return octets;
}

/// Made once; afterwards read only.
const EC_GROUP* group() {
  static const std::unique_ptr<EC_GROUP, releaser> made = [] {
    const context c(must(BN_CTX_new()));
    const big p = read(Curve::base::prime), a = read(Curve::a), b = read(Curve::b), x = read(Curve::x), y = read(Curve::y);
    const big q = read(Curve::group.order()), h(must(BN_new()));
    must(BN_set_word(h.get(), Curve::cofactor));
    std::unique_ptr<EC_GROUP, releaser> g(must(EC_GROUP_new_curve_GFp(p.get(), a.get(), b.get(), c.get())));
    const std::unique_ptr<EC_POINT, releaser> base(must(EC_POINT_new(g.get())));
    must(EC_POINT_set_affine_coordinates(g.get(), base.get(), x.get(), y.get(), c.get()));
    must(EC_GROUP_set_generator(g.get(), base.get(), q.get(), h.get()));
    return g;
  }();
  return made.get();
}

/// Coordinates of k G; either target may be null.
void multiply_generator(const BIGNUM* k, BIGNUM* x, BIGNUM* y, BN_CTX* c) {
  const std::unique_ptr<EC_POINT, releaser> product(must(EC_POINT_new(group())));
  must(EC_POINT_mul(group(), product.get(), k, nullptr, nullptr, c));
  must(EC_POINT_get_affine_coordinates(group(), product.get(), x, y, c));
}

class openssl_key final : public signing_key {
 public:
  explicit openssl_key(const secret<Curve::words>& d) : d_(d) {}

  curve parameters() const override { return Curve::id; }

  std::string number() const override { return {reinterpret_cast<const char*>(d_.value.w), size}; }

  std::string public_octets() const override {
    const context c(must(BN_CTX_secure_new()));
    const big d = read(d_.value), x(must(BN_new())), y(must(BN_new()));
    multiply_generator(d.get(), x.get(), y.get(), c.get());
    return write(x.get()) + write(y.get());
  }

  // r = x(k G) mod q; s = r d + k e mod q.
  std::optional<std::string> sign_with_nonce(std::string_view digest, std::string_view nonce) const override {
    if (digest.size() != size) throw std::invalid_argument("the digest is not as long as the curve's numbers");
    const auto k_octets = secret<Curve::words>::read(nonce, Curve::group.order());
    if (!k_octets) return std::nullopt;
    const context c(must(BN_CTX_secure_new()));
    const BIGNUM* q = EC_GROUP_get0_order(group());
    const big d = read(d_.value), k = read(k_octets->value), e = read(digest), r(must(BN_new())), rd(must(BN_secure_new())),
              s(must(BN_secure_new()));
    must(BN_nnmod(e.get(), e.get(), q, c.get()));
    if (BN_is_zero(e.get())) must(BN_one(e.get()));
    multiply_generator(k.get(), r.get(), nullptr, c.get());
    must(BN_nnmod(r.get(), r.get(), q, c.get()));
    must(BN_mod_mul(rd.get(), r.get(), d.get(), q, c.get()));
    must(BN_mod_mul(s.get(), k.get(), e.get(), q, c.get()));
    must(BN_mod_add_quick(s.get(), s.get(), rd.get(), q));
    if (BN_is_zero(r.get()) || BN_is_zero(s.get())) return std::nullopt;
    return write(r.get()) + write(s.get());
  }

 private:
  secret<Curve::words> d_;
};

}  // namespace

std::unique_ptr<const signing_key> openssl_signing_key(std::string_view octets) {
  const auto d = secret<Curve::words>::read(octets, Curve::group.order());
  if (!d) return nullptr;
  return std::make_unique<const openssl_key>(*d);
}

}  // namespace shep::gost
