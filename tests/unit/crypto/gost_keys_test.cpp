#include "core/bytes.hpp"
#include "crafted.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "crypto/gost/sign.hpp"
#include "crypto/key.hpp"
#include "crypto/problems.hpp"
#include "gost_plain.hpp"
#include "gost_support.hpp"
#include "oracle.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using gost_support::reversed;

class GostKeys : public ::testing::TestWithParam<signature_algorithm> {
 protected:
  signature_algorithm scheme() const { return GetParam(); }
  key_kind kind() const { return key_of(scheme()); }
  std::size_t size() const { return kind() == key_kind::gost2015_512 ? 64 : 32; }

  /// The AlgorithmIdentifier of a key of this kind.
  std::string algorithm() const {
    const std::string spki = private_key::generate(kind())->public_key().spki();
    failure f;
    reader outer(spki, f);
    reader info = outer.enter(tags::sequence, "");
    return std::string(info.read(tags::sequence, "").whole);
  }
  std::string pkcs8(const std::string& encoded_number) const {
    return write(tags::sequence, write_small(0) + algorithm() + write(tags::octet_string, encoded_number));
  }
};

TEST_P(GostKeys, SignAndVerify) {
  const private_key key = private_key::generate(kind()).value();
  EXPECT_EQ(key.kind(), kind());
  EXPECT_EQ(key.public_key().bits(), 8 * size());
  const std::string a = key.sign(scheme(), "hello").value();
  const std::string b = key.sign(scheme(), "hello").value();
  EXPECT_EQ(a.size(), 2 * size());
  EXPECT_NE(a, b) << "a nonce is used once";
  EXPECT_TRUE(key.public_key().verify(scheme(), "hello", a));
  EXPECT_TRUE(key.public_key().verify(scheme(), "hello", b));
  EXPECT_TRUE(key.public_key().verify_digest(scheme(), digest(digest_of(scheme()), "hello"), a));
  EXPECT_EQ(key.public_key().verify(scheme(), "hellO", a).error().code, problems::crypto_signature);
  EXPECT_NE(private_key::generate(kind())->public_key().spki(), key.public_key().spki());
}

TEST_P(GostKeys, SurvivePkcs8AndSpki) {
  const private_key key = private_key::generate(kind()).value();
  std::string secret = key.pkcs8();
  const private_key again = private_key::from_pkcs8(secret).value();
  EXPECT_EQ(again.public_key().spki(), key.public_key().spki());
  EXPECT_EQ(again.pkcs8(), secret);
  const public_key half = public_key::from_spki(key.public_key().spki()).value();
  EXPECT_EQ(half.kind(), kind());
  EXPECT_TRUE(half.verify(scheme(), "a", again.sign(scheme(), "a").value()));
  cleanse(secret);
}

TEST_P(GostKeys, AreReadInBothEncodingsAndWrittenInTheNcaOne) {
  const gost::curve curve = size() == 64                   ? gost::curve::tc26_512_a
                            : kind() == key_kind::gost2004 ? gost::curve::cryptopro_a
                                                           : gost::curve::tc26_256_a;
  std::string usual(size(), '\0'), tiny(size(), '\0'), large(size(), '\x11'), shorter(size(), '\xC3');
  for (std::size_t i = 0; i < size(); ++i) usual[i] = static_cast<char>(i + 1);
  tiny[0] = 1;
  large.back() = kind() == key_kind::gost2015_256 ? '\x3F' : '\x80';  // an INTEGER wants a zero before such an octet
  shorter.back() = '\0';
  for (const std::string& d : {usual, tiny, large, shorter}) {
    const auto raw = gost::signing_key::from_number(curve, d);
    ASSERT_NE(raw, nullptr);
    const std::string as_octets = pkcs8(write(tags::octet_string, d));
    const std::string as_integer = pkcs8(write_unsigned(reversed(d)));
    for (const std::string& der : {as_octets, as_integer}) {
      const auto key = private_key::from_pkcs8(der);
      ASSERT_TRUE(key) << key.error().detail;
      EXPECT_NE(key->public_key().spki().find(raw->public_octets()), std::string::npos);
      EXPECT_EQ(to_hex(key->pkcs8()), to_hex(kind() == key_kind::gost2004 ? as_integer : as_octets));
    }
  }
}

TEST_P(GostKeys, S45_RefusePrivateNumbersThatAreNone) {
  const gost_plain::integer q = kind() == key_kind::gost2015_512 ? gost_plain::curve::tc26_512_a().q
                                : kind() == key_kind::gost2004   ? gost_plain::curve::cryptopro_a().q
                                                                 : gost_plain::curve::tc26_256_a().q;
  const std::string zero(size(), '\0'), order = q.write(size()), one = gost_plain::integer(1UL).write(size());
  ASSERT_TRUE(private_key::from_pkcs8(pkcs8(write(tags::octet_string, one))));
  ASSERT_TRUE(private_key::from_pkcs8(pkcs8(write_small(1))));
  for (const std::string& number :
       {write(tags::octet_string, zero), write(tags::octet_string, order), write(tags::octet_string, std::string(size(), '\xFF')),
        write(tags::octet_string, one.substr(1)), write(tags::octet_string, one + '\0'), write(tags::octet_string, ""), write_small(0),
        write_unsigned(reversed(order)), write_unsigned(std::string(size() + 1, '\x11')), write(tags::integer, std::string(size(), '\xC1')),
        write(tags::integer, ""), std::string(), write(tags::sequence, write_small(1)), one, write_small(1) + write_small(1)}) {
    const auto key = private_key::from_pkcs8(pkcs8(number));
    ASSERT_FALSE(key) << to_hex(number);
    EXPECT_EQ(key.error().code, problems::crypto_key) << to_hex(number);
  }
}

TEST_P(GostKeys, C12_RefuseStructuresThatAreCut) {
  const std::string good = private_key::generate(kind())->pkcs8();
  for (std::size_t n = 0; n < good.size(); ++n) EXPECT_FALSE(private_key::from_pkcs8(std::string_view(good).substr(0, n))) << n;
  EXPECT_FALSE(private_key::from_pkcs8(good + '\0'));
  const std::string spki = private_key::generate(kind())->public_key().spki();
  for (std::size_t n = 0; n < spki.size(); ++n) EXPECT_FALSE(public_key::from_spki(std::string_view(spki).substr(0, n))) << n;
}

TEST_P(GostKeys, S32_AnAlgorithmOfAnotherKindIsRefused) {
  const private_key key = private_key::generate(kind()).value();
  for (int i = 0; i <= static_cast<int>(signature_algorithm::gost2015_512); ++i) {
    const auto other = static_cast<signature_algorithm>(i);
    if (other == scheme()) continue;
    EXPECT_EQ(key.sign(other, "x").error().code, problems::crypto_key) << name_of(other);
    EXPECT_EQ(key.public_key().verify(other, "x", std::string(2 * size(), '\1')).error().code, problems::crypto_key) << name_of(other);
  }
}

/// More keys than get a table, from several threads, with keys becoming hot while others use them.
TEST_P(GostKeys, ServeSeveralThreadsWhileTablesAreMade) {
  std::vector<private_key> keys;
  for (int i = 0; i < 4; ++i) keys.push_back(private_key::generate(kind()).value());
  std::vector<std::string> signatures;
  for (const private_key& k : keys) signatures.push_back(k.sign(scheme(), "x").value());
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 60; ++i) {
        const std::size_t n = (i + t) % keys.size();
        const public_key half = public_key::from_spki(keys[n].public_key().spki()).value();
        if (!half.verify(scheme(), "x", signatures[n]) || half.verify(scheme(), "y", signatures[n])) ++failures;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(failures, 0);
}

std::string name_of_algorithm(const ::testing::TestParamInfo<signature_algorithm>& tested) {
  switch (tested.param) {
    case signature_algorithm::gost2004: return "gost2004";
    case signature_algorithm::gost2015_256: return "gost2015_256";
    default: return "gost2015_512";
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, GostKeys,
                         ::testing::Values(signature_algorithm::gost2015_512, signature_algorithm::gost2004,
                                           signature_algorithm::gost2015_256),
                         name_of_algorithm);

TEST(GostKeysForms, AlgorithmIdentifiersAreThoseOfTheNca) {
  EXPECT_EQ(to_hex(private_key::generate(key_kind::gost2015_512)->public_key().spki()).substr(6, 74),
            "302306092a830e030a010102023016060a2a830e030a010102020106082a830e030a010303");
  EXPECT_EQ(to_hex(private_key::generate(key_kind::gost2004)->public_key().spki()).substr(4, 78),
            "302506092a830e030a010101013018060a2a830e030a0101010101060a2a830e030a0103010100");
}

}  // namespace
}  // namespace shep::crypto
