#include "crypto/gost/verify.hpp"

#include "crypto/gost/table_cache.hpp"

namespace shep::gost {
namespace {

/// Enough for about fifty keys of 512 bits, or two hundred of 256: authorities, responders, and the information systems that sign all day.
constexpr std::size_t table_octets = 16 * 1024 * 1024;

template <class Curve>
const fixed_base<Curve>& generator_table() {
  static const fixed_base<Curve> table(affine<Curve>{Curve::x, Curve::y});
  return table;
}

template <class Curve>
table_cache<Curve>& key_tables() {
  static table_cache<Curve> cache(table_octets);
  return cache;
}

template <class Curve>
class point_key final : public verifying_key {
  using F = typename Curve::base;
  using scalar = number<Curve::words>;
  static constexpr std::size_t size = 8 * Curve::words;

 public:
  explicit point_key(const affine<Curve>& q) : q_(q) {}

  verdict verify(std::string_view digest, std::string_view signature) const override {
    if (digest.size() != size) return verdict::digest_length;
    if (signature.size() != 2 * size) return verdict::signature_length;
    const scalar r = from_little_endian<Curve::words>(signature);
    const scalar s = from_little_endian<Curve::words>(signature.substr(size));
    const auto& group = Curve::group;
    if (!group.in_range(r) || !group.in_range(s)) return verdict::out_of_range;
    scalar e = group.reduce(from_little_endian<Curve::words>(digest));
    if (is_zero(e)) e.w[0] = 1;
    const scalar v = group.prepared(group.invert(e));
    const point<Curve> sum = combined(group.multiply(s, v), group.negate(group.multiply(r, v)));
    return !sum.infinite() && has_x(sum, r) ? verdict::good : verdict::no_match;
  }

 private:
  /// a G + b Q
  point<Curve> combined(const scalar& a, const scalar& b) const {
    const auto& generator = generator_table<Curve>();
    if (const auto table = key_tables<Curve>().use(q_)) return sum_of_multiples(generator, a, *table, b);
    point<Curve> sum = multiply(q_, b);
    sum.add(generator.multiply(a));
    return sum;
  }

  /// x modulo q = r, without the inversion that x = X / Z^2 would take: X = (r + i q) Z^2 for an i that keeps r + i q below p.
  static bool has_x(const point<Curve>& p, const scalar& r) {
    const auto zz = F::square(p.z());
    scalar candidate = r;
    do {
      if (F::equal(p.x(), F::multiply(candidate, zz))) return true;
    } while (gost::add(candidate, candidate, Curve::group.order()) == 0 && less(candidate, F::prime));
    return false;
  }

  affine<Curve> q_;
};

template <class Curve>
std::shared_ptr<const verifying_key> read(std::string_view octets, verifying_key::refusal& why) {
  using F = typename Curve::base;
  constexpr std::size_t size = 8 * Curve::words;
  using refusal = verifying_key::refusal;
  if (octets.size() != 2 * size) {
    why = refusal::length;
    return nullptr;
  }
  const affine<Curve> q{from_little_endian<Curve::words>(octets), from_little_endian<Curve::words>(octets.substr(size))};
  if (!less(q.x, F::prime) || !less(q.y, F::prime)) {
    why = refusal::not_reduced;
    return nullptr;
  }
  if (!on_curve(q)) {
    why = refusal::not_on_curve;
    return nullptr;
  }
  // With a cofactor, a point of order 2 or 4 is on the curve, and signatures under it can be made by anybody.
  if (Curve::cofactor != 1 && !multiply(q, Curve::group.order()).infinite()) {
    why = refusal::wrong_subgroup;
    return nullptr;
  }
  why = refusal::none;
  return std::make_shared<const point_key<Curve>>(q);
}

}  // namespace

std::string_view name_of(curve c) {
  switch (c) {
    case curve::tc26_512_a: return "id-tc26-gost-3410-12-512-paramSetA";
    case curve::cryptopro_a: return "id-GostR3410-2001-CryptoPro-A-ParamSet";
    case curve::tc26_256_a: return "id-tc26-gost-3410-2012-256-paramSetA";
  }
  return "";
}

std::shared_ptr<const verifying_key> verifying_key::from_octets(curve c, std::string_view octets, refusal& why) {
  switch (c) {
    case curve::tc26_512_a: return read<tc26_512_a>(octets, why);
    case curve::cryptopro_a: return read<cryptopro_a>(octets, why);
    case curve::tc26_256_a: return read<tc26_256_a>(octets, why);
  }
  return nullptr;
}

}  // namespace shep::gost
