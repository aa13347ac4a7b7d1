#include "core/bytes.hpp"
#include "crypto/gost/sign.hpp"
#include "crypto/gost/verify.hpp"
#include "gost_plain.hpp"
#include "gost_support.hpp"
#include "support/gost/engine.hpp"
#include "support/gost/openssl_judge.hpp"

#include <iostream>
#include <random>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using gost_support::reversed;
using plain = gost_plain::curve;

const plain& plain_of(gost::curve c) {
  switch (c) {
    case gost::curve::tc26_512_a: return plain::tc26_512_a();
    case gost::curve::cryptopro_a: return plain::cryptopro_a();
    default: return plain::tc26_256_a();
  }
}

gost_judges::openssl_judge judge_of(gost::curve c) {
  const plain& p = plain_of(c);
  const auto big = [&](const gost_plain::integer& n) { return reversed(n.write(p.size)); };
  return gost_judges::openssl_judge(
      {big(p.p), big(p.a), big(p.b), big(p.q), big(p.g.x), big(p.g.y), c == gost::curve::tc26_256_a ? 4UL : 1UL});
}

gost_engine::curve engine_curve(gost::curve c) {
  switch (c) {
    case gost::curve::tc26_512_a: return gost_engine::curve::tc26_512_a;
    case gost::curve::cryptopro_a: return gost_engine::curve::cryptopro_a;
    default: return gost_engine::curve::tc26_256_a;
  }
}

/// Numbers that look like anything, the same in every run.
class source {
 public:
  explicit source(gost::curve c) : curve_(c), random_(2030 + static_cast<unsigned>(c)) {}

  std::string octets() {
    std::string s(gost::size_of(curve_), '\0');
    for (char& c : s) c = static_cast<char>(random_());
    return s;
  }
  std::string scalar() {
    const plain& p = plain_of(curve_);
    return (gost_plain::integer::read(octets()) % (p.q - gost_plain::integer(1UL)) + gost_plain::integer(1UL)).write(p.size);
  }
  std::string flipped(std::string s) {
    s[random_() % s.size()] ^= static_cast<char>(1U << random_() % 8);
    return s;
  }

 private:
  gost::curve curve_;
  std::mt19937_64 random_;
};

std::shared_ptr<const gost::verifying_key> verifier(gost::curve c, const std::string& octets) {
  auto why = gost::verifying_key::refusal::none;
  return gost::verifying_key::from_octets(c, octets, why);
}

class GostCross : public ::testing::TestWithParam<gost::curve> {};

/// `theirs` has verify(key, digest, signature) and sign(d, k, digest). Each round has its own key, used often enough to get a table.
template <class Judge>
void both_ways(gost::curve c, const Judge& theirs, int rounds, int signatures) {
  source random(c);
  for (int i = 0; i < rounds; ++i) {
    const std::string d = random.scalar();
    const auto signer = gost::signing_key::from_number(c, d);
    ASSERT_NE(signer, nullptr);
    const std::string key = signer->public_octets();
    const auto ours = verifier(c, key);
    ASSERT_NE(ours, nullptr);
    for (int j = 0; j < signatures; ++j) {
      const std::string digest = random.octets();
      const std::string signature = signer->sign(digest).value();
      ASSERT_TRUE(theirs.verify(key, digest, signature)) << to_hex(d) << " " << to_hex(digest) << " " << to_hex(signature);
      const std::string answer = theirs.sign(d, random.scalar(), digest);
      ASSERT_EQ(ours->verify(digest, answer), gost::verdict::good) << to_hex(d) << " " << to_hex(digest) << " " << to_hex(answer);
      const std::string bent = random.flipped(answer);
      ASSERT_EQ(ours->verify(digest, bent) == gost::verdict::good, theirs.verify(key, digest, bent)) << to_hex(bent);
      ASSERT_NE(ours->verify(random.flipped(digest), answer), gost::verdict::good);
    }
  }
}

// A tenth of them where every memory access is checked, which takes twenty times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int keys = 10;
#else
constexpr int keys = 100;
#endif

/// 3400 signatures on each curve, in both directions.
TEST_P(GostCross, TenThousandSignaturesAreJudgedAlikeByOpenssl) { both_ways(GetParam(), judge_of(GetParam()), keys, 34); }

struct by_formula {
  const plain& c;
  bool verify(const std::string& key, const std::string& digest, const std::string& signature) const {
    return c.verify(key, digest, signature);
  }
  std::string sign(const std::string& d, const std::string& k, const std::string& digest) const {
    return c.sign(gost_plain::integer::read(d), gost_plain::integer::read(k), digest);
  }
};

TEST_P(GostCross, ASampleIsJudgedAlikeByTheFormulas) { both_ways(GetParam(), by_formula{plain_of(GetParam())}, 3, 20); }

TEST_P(GostCross, FixedNoncesGiveTheSignaturesOfTheFormulas) {
  const gost::curve c = GetParam();
  const by_formula formula{plain_of(c)};
  source random(c);
  for (int i = 0; i < 20; ++i) {
    const std::string d = random.scalar(), k = random.scalar(), digest = random.octets();
    const auto signer = gost::signing_key::from_number(c, d);
    EXPECT_EQ(to_hex(signer->sign_with_nonce(digest, k).value()), to_hex(formula.sign(d, k, digest)));
    EXPECT_EQ(to_hex(signer->public_octets()), to_hex(formula.c.public_key(gost_plain::integer::read(d))));
    EXPECT_EQ(to_hex(signer->number()), to_hex(d));
  }
}

/// Where the sum of the verification is a doubling, or meets infinity on its way; and digests that stand for 0 modulo q.
TEST_P(GostCross, EdgesAreJudgedAlike) {
  const gost::curve c = GetParam();
  const plain& p = plain_of(c);
  const by_formula formula{p};
  using gost_plain::integer;
  std::vector<integer> numbers;
  for (unsigned long n = 1; n <= 17; ++n) {
    numbers.emplace_back(n);
    numbers.push_back(p.q - integer(n));
  }
  numbers.push_back(integer(64UL));
  numbers.push_back(integer(128UL));
  numbers.push_back(p.q.half());
  source random(c);
  for (const integer& d : numbers) {
    const std::string key = p.public_key(d);
    const auto ours = verifier(c, key);
    ASSERT_NE(ours, nullptr);
    for (const std::string& digest : {std::string(p.size, '\0'), p.q.write(p.size), std::string(p.size, '\xFF'), random.octets()}) {
      for (const unsigned long k : {1UL, 2UL, 63UL}) {
        const std::string signature = formula.sign(d.write(p.size), integer(k).write(p.size), digest);
        const bool expected = formula.verify(key, digest, signature);
        EXPECT_EQ(ours->verify(digest, signature) == gost::verdict::good, expected) << to_hex(d.write(p.size)) << " " << k;
      }
    }
  }
}

/// R at infinity: s = r d makes e^-1 s G - e^-1 r Q vanish, whatever r is.
TEST_P(GostCross, S45_ASumAtInfinityIsNoMatch) {
  const gost::curve c = GetParam();
  const plain& p = plain_of(c);
  source random(c);
  for (int i = 0; i < 20; ++i) {
    const auto d = gost_plain::integer::read(random.scalar());
    const auto r = gost_plain::integer::read(random.scalar());
    const auto ours = verifier(c, p.public_key(d));
    EXPECT_EQ(ours->verify(random.octets(), r.write(p.size) + (r * d % p.q).write(p.size)), gost::verdict::no_match);
  }
}

/// Runs in a forked child, since the engine changes OpenSSL for its whole process. Exit code 0: all agreed; 77: no engine here.
[[noreturn]] void ask_engine(gost::curve c) {
  if (!gost_engine::load()) std::exit(77);
  source random(c);
  int differences = 0;
  for (int i = 0; i < 10; ++i) {
    const std::string d = random.scalar();
    const auto signer = gost::signing_key::from_number(c, d);
    const std::string key = signer->public_octets();
    const auto ours = verifier(c, key);
    const gost_engine::public_key their_public(engine_curve(c), key);
    const gost_engine::private_key their_private(engine_curve(c), d);
    for (int j = 0; j < 30; ++j) {
      const std::string digest = random.octets();
      const std::string signature = signer->sign(digest).value();
      differences += their_public.verify(digest, signature) ? 0 : 1;
      differences += their_public.verify(digest, reversed(signature)) ? 1 : 0;
      differences += their_public.verify(digest, random.flipped(signature)) ? 1 : 0;
      differences += ours->verify(digest, their_private.sign(digest)) == gost::verdict::good ? 0 : 1;
    }
  }
  std::cerr << differences << " differences\n";
  std::exit(differences == 0 ? 0 : 1);
}

bool engine_here() { return std::system("openssl engine gost > /dev/null 2>&1") == 0; }

TEST_P(GostCross, GostEngineAgreesOnceTheBlockIsReversed) {
  if (!engine_here()) GTEST_SKIP() << "skipped: no gost-engine (package libengine-gost-openssl)";
  EXPECT_EXIT(ask_engine(GetParam()), ::testing::ExitedWithCode(0), "0 differences");
}

std::string name_of_curve(const ::testing::TestParamInfo<gost::curve>& tested) {
  switch (tested.param) {
    case gost::curve::tc26_512_a: return "tc26_512_a";
    case gost::curve::cryptopro_a: return "cryptopro_a";
    default: return "tc26_256_a";
  }
}

INSTANTIATE_TEST_SUITE_P(Curves, GostCross, ::testing::Values(gost::curve::tc26_512_a, gost::curve::cryptopro_a, gost::curve::tc26_256_a),
                         name_of_curve);

}  // namespace
}  // namespace shep::crypto
