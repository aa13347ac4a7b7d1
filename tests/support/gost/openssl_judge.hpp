#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bn.h>
#include <openssl/ec.h>

/// GOST 34.10 by OpenSSL's generic curves and numbers: the second judge, fast enough for thousands. Octets least first.
namespace shep::gost_judges {

class openssl_judge {
  struct releaser {
    void operator()(BIGNUM* n) const { BN_free(n); }
    void operator()(BN_CTX* c) const { BN_CTX_free(c); }
    void operator()(EC_POINT* p) const { EC_POINT_free(p); }
    void operator()(EC_GROUP* g) const { EC_GROUP_free(g); }
  };
  using number = std::unique_ptr<BIGNUM, releaser>;
  using point = std::unique_ptr<EC_POINT, releaser>;

 public:
  /// Most significant octet first, as tables print them.
  struct parameters {
    std::string p, a, b, q, x, y;
    unsigned long cofactor;
  };

  explicit openssl_judge(const parameters& c) : context_(BN_CTX_new()), size_(static_cast<int>(c.p.size())) {
    group_.reset(EC_GROUP_new_curve_GFp(big(c.p).get(), big(c.a).get(), big(c.b).get(), context_.get()));
    const point g(EC_POINT_new(group_.get()));
    must(EC_POINT_set_affine_coordinates(group_.get(), g.get(), big(c.x).get(), big(c.y).get(), context_.get()));
    const number h = fresh();
    must(BN_set_word(h.get(), c.cofactor));
    must(EC_GROUP_set_generator(group_.get(), g.get(), big(c.q).get(), h.get()));
  }

  bool verify(const std::string& key, const std::string& digest, const std::string& signature) const {
    const auto half = static_cast<std::size_t>(size_);
    const number r = little(signature.substr(0, half)), s = little(signature.substr(half)), v = fresh(), a = fresh(), b = fresh();
    if (BN_is_zero(r.get()) || BN_is_zero(s.get()) || BN_cmp(r.get(), order()) >= 0 || BN_cmp(s.get(), order()) >= 0) return false;
    const point q(EC_POINT_new(group_.get())), c(EC_POINT_new(group_.get()));
    if (EC_POINT_set_affine_coordinates(group_.get(), q.get(), little(key.substr(0, half)).get(), little(key.substr(half)).get(),
                                        context_.get()) != 1) {
      return false;
    }
    BN_mod_inverse(v.get(), e_of(digest).get(), order(), context_.get());
    must(BN_mod_mul(a.get(), s.get(), v.get(), order(), context_.get()));
    must(BN_mod_mul(b.get(), r.get(), v.get(), order(), context_.get()));
    must(BN_sub(b.get(), order(), b.get()));
    must(EC_POINT_mul(group_.get(), c.get(), a.get(), q.get(), b.get(), context_.get()));
    const number x = x_of(c.get());
    return x != nullptr && BN_cmp(x.get(), r.get()) == 0;
  }

  std::string sign(const std::string& d, const std::string& k, const std::string& digest) const {
    const point c(EC_POINT_new(group_.get()));
    const number nonce = little(k), s = fresh(), t = fresh();
    must(EC_POINT_mul(group_.get(), c.get(), nonce.get(), nullptr, nullptr, context_.get()));
    const number r = x_of(c.get());
    must(BN_mod_mul(s.get(), r.get(), little(d).get(), order(), context_.get()));
    must(BN_mod_mul(t.get(), nonce.get(), e_of(digest).get(), order(), context_.get()));
    must(BN_mod_add(s.get(), s.get(), t.get(), order(), context_.get()));
    return octets(r.get()) + octets(s.get());
  }

 private:
  static void must(int done) {
    if (done != 1) throw std::runtime_error("the judge cannot compute");
  }
  static number fresh() { return number(BN_new()); }
  static number big(const std::string& o) {
    return number(BN_bin2bn(reinterpret_cast<const unsigned char*>(o.data()), static_cast<int>(o.size()), nullptr));
  }
  static number little(const std::string& o) {
    return number(BN_lebin2bn(reinterpret_cast<const unsigned char*>(o.data()), static_cast<int>(o.size()), nullptr));
  }
  std::string octets(const BIGNUM* n) const {
    std::string o(static_cast<std::size_t>(size_), '\0');
    BN_bn2lebinpad(n, reinterpret_cast<unsigned char*>(o.data()), size_);
    return o;
  }
  const BIGNUM* order() const { return EC_GROUP_get0_order(group_.get()); }
  number e_of(const std::string& digest) const {
    number e = little(digest);
    must(BN_nnmod(e.get(), e.get(), order(), context_.get()));
    if (BN_is_zero(e.get())) must(BN_one(e.get()));
    return e;
  }
  number x_of(const EC_POINT* p) const {
    number x = fresh();
    if (EC_POINT_get_affine_coordinates(group_.get(), p, x.get(), nullptr, context_.get()) != 1) return nullptr;
    must(BN_nnmod(x.get(), x.get(), order(), context_.get()));
    return x;
  }

  std::unique_ptr<BN_CTX, releaser> context_;
  std::unique_ptr<EC_GROUP, releaser> group_;
  int size_;
};

}  // namespace shep::gost_judges
