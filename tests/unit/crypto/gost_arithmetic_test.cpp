#include "crypto/gost/table_cache.hpp"
#include "gost_plain.hpp"

#include <random>

#include <gtest/gtest.h>

/// The arithmetic under the verifier, at the edges that random signatures meet once in 2^44 times, against GMP.
namespace shep::gost {
namespace {

using crypto::gost_plain::integer;

template <std::size_t N>
integer big(const number<N>& n) {
  return integer::read(std::string(reinterpret_cast<const char*>(n.w), sizeof n.w));
}

template <std::size_t N>
number<N> small(const integer& i) {
  return from_little_endian<N>(i.write(8 * N));
}

template <std::size_t N>
integer radix() {
  number<N> most;
  for (word& w : most.w) w = ~word{0};
  return big(most) + integer(1UL);
}

/// Around 0, C, p, 2^(64 N) and the word boundaries, and some that look like anything.
template <std::size_t N>
std::vector<number<N>> edges(const integer& modulus) {
  std::vector<integer> centres{integer(0UL), integer(700UL), radix<N>() - modulus, modulus, radix<N>(), modulus.half()};
  for (std::size_t i = 1; i < N; ++i) {
    number<N> n{};
    n.w[i] = 1;
    centres.push_back(big(n));
  }
  std::vector<number<N>> all;
  for (const integer& centre : centres) {
    for (unsigned long d = 0; d < 3; ++d) {
      if (centre + integer(d) < radix<N>()) all.push_back(small<N>(centre + integer(d)));
      if (!(centre < integer(d))) {
        const integer below = centre - integer(d);
        if (below < radix<N>()) all.push_back(small<N>(below));
      }
    }
  }
  std::mt19937_64 random(7);
  for (int i = 0; i < 20; ++i) {
    number<N> n;
    for (word& w : n.w) w = random();
    all.push_back(n);
  }
  return all;
}

template <class F>
class FieldTest : public ::testing::Test {};
using fields = ::testing::Types<tc26_512_a::base, cryptopro_a::base>;
TYPED_TEST_SUITE(FieldTest, fields);

TYPED_TEST(FieldTest, EveryOperationAtTheEdges) {
  using F = TypeParam;
  constexpr std::size_t words = sizeof(F::prime) / sizeof(word);
  const integer p = big(F::prime);
  const auto all = edges<words>(p);
  for (const auto& a : all) {
    EXPECT_TRUE(big(F::canonical(a)) == big(a) % p);
    EXPECT_EQ(F::is_zero(a), (big(a) % p).zero());
    EXPECT_TRUE(big(F::square(a)) % p == big(a) * big(a) % p);
    EXPECT_TRUE(big(F::negate(a)) % p == (p + p - big(a)) % p);
    if (!F::is_zero(a)) {
      const auto inverse = F::invert(a);
      EXPECT_TRUE(big(inverse) < p);
      EXPECT_TRUE(big(inverse) * big(a) % p == integer(1UL));
    }
    for (const auto& b : all) {
      EXPECT_TRUE(big(F::add(a, b)) % p == (big(a) + big(b)) % p);
      EXPECT_TRUE(big(F::subtract(a, b)) % p == (big(a) + p + p - big(b)) % p);
      EXPECT_TRUE(big(F::multiply(a, b)) % p == big(a) * big(b) % p);
      EXPECT_EQ(F::equal(a, b), big(a) % p == big(b) % p);
    }
  }
}

template <class Curve>
class ScalarTest : public ::testing::Test {};
using curves = ::testing::Types<tc26_512_a, cryptopro_a, tc26_256_a>;
TYPED_TEST_SUITE(ScalarTest, curves);

TYPED_TEST(ScalarTest, EveryOperationAtTheEdges) {
  const auto& group = TypeParam::group;
  const integer q = big(group.order());
  const auto all = edges<TypeParam::words>(q);
  for (const auto& a : all) {
    const auto reduced = group.reduce(a);
    EXPECT_TRUE(big(reduced) == big(a) % q);
    EXPECT_EQ(group.in_range(a), !big(a).zero() && big(a) < q);
    EXPECT_TRUE(big(group.negate(reduced)) == (q - big(reduced)) % q);
    if (!is_zero(reduced)) {
      EXPECT_TRUE(big(group.invert(reduced)) * big(reduced) % q == integer(1UL));
    }
    for (const auto& b : all) {
      const auto other = group.reduce(b);
      EXPECT_TRUE(big(group.multiply(reduced, group.prepared(other))) == big(a) * big(b) % q);
    }
  }
}

TYPED_TEST(ScalarTest, MultiplesWithAndWithoutATableAreThoseOfTheFormulas) {
  using Curve = TypeParam;
  const auto& plain = Curve::id == curve::tc26_512_a    ? crypto::gost_plain::curve::tc26_512_a()
                      : Curve::id == curve::cryptopro_a ? crypto::gost_plain::curve::cryptopro_a()
                                                        : crypto::gost_plain::curve::tc26_256_a();
  const affine<Curve> g{Curve::x, Curve::y};
  ASSERT_TRUE(on_curve(g));
  EXPECT_TRUE(multiply(g, Curve::group.order()).infinite()) << "q G = O";
  const fixed_base<Curve> table(g);
  for (const auto& edge : edges<Curve::words>(big(Curve::group.order()))) {
    const auto k = Curve::group.reduce(edge);
    const point<Curve> with = table.multiply(k), without = multiply(g, k);
    const auto expected = plain.multiple(big(k), plain.g);
    ASSERT_EQ(with.infinite(), expected.infinite);
    ASSERT_EQ(without.infinite(), expected.infinite);
    if (expected.infinite) continue;
    for (const auto& flat : normalized<Curve>({with, without})) {
      EXPECT_TRUE(big(flat.x) == expected.x);
      EXPECT_TRUE(big(flat.y) == expected.y);
    }
  }
}

class TableCache : public ::testing::Test {
 protected:
  using Curve = cryptopro_a;
  using cache = table_cache<Curve>;

  static affine<Curve> key(word number) {
    gost::number<Curve::words> k{};
    k.w[0] = number;
    return normalized<Curve>({multiply(affine<Curve>{Curve::x, Curve::y}, k)}).front();
  }
  static int uses_to_table(cache& c, const affine<Curve>& k) {
    for (int i = 1; i < 1000; ++i) {
      if (c.use(k)) return i;
    }
    return 0;
  }
};

TEST_F(TableCache, ATableIsEarnedAndTheLeastUsedOneGoes) {
  cache c(2 * fixed_base<Curve>::octets);
  EXPECT_EQ(uses_to_table(c, key(5)), 16);
  EXPECT_EQ(uses_to_table(c, key(6)), 16);
  EXPECT_EQ(uses_to_table(c, key(5)), 1) << "it is there";
  EXPECT_EQ(uses_to_table(c, key(7)), 16);
  EXPECT_EQ(uses_to_table(c, key(5)), 1) << "used later than the other";
  EXPECT_EQ(uses_to_table(c, key(6)), 16) << "gone, and earned anew";
}

TEST_F(TableCache, ATableInUseOutlivesItsPlace) {
  cache c(fixed_base<Curve>::octets);
  uses_to_table(c, key(5));
  const auto held = c.use(key(5));
  uses_to_table(c, key(6));
  gost::number<Curve::words> three{};
  three.w[0] = 3;
  const auto product = normalized<Curve>({held->multiply(three)}).front();
  EXPECT_TRUE(product.x == key(15).x && product.y == key(15).y);
}

TEST_F(TableCache, StrangersTakeNoMemoryWithoutEnd) {
  cache c(fixed_base<Curve>::octets);
  uses_to_table(c, key(5));
  affine<Curve> stranger = key(9);
  for (int i = 0; i < 10'000; ++i) {
    stranger.x.w[1] = static_cast<word>(i);  // never computed with: one use earns nothing
    EXPECT_EQ(c.use(stranger), nullptr);
  }
  EXPECT_EQ(uses_to_table(c, key(5)), 1);
  EXPECT_LE(c.counted_keys(), 4097U);
}

}  // namespace
}  // namespace shep::gost
