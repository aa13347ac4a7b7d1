#include "crypto/digest.hpp"

#include "core/bytes.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

TEST(Digest, MatchesThePublishedValues) {
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha1, "abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha384, "abc")),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(
      to_hex(digest(digest_algorithm::sha512, "abc")),
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, AnyCutOfTheInputGivesTheSameValue) {
  const std::string octets(1000, 'q');
  digester running(digest_algorithm::sha256);
  for (std::size_t cut = 0; cut <= octets.size(); cut += 37) {
    running.update(std::string_view(octets).substr(0, cut));
    running.update(std::string_view(octets).substr(cut));
    EXPECT_EQ(running.finish(), digest(digest_algorithm::sha256, octets)) << cut;
  }
}

TEST(Digest, AnAbandonedDigestLeavesNothingToTheNext) {
  { digester(digest_algorithm::sha256).update("left over"); }
  EXPECT_EQ(to_hex(digest(digest_algorithm::sha256, "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, MovesToAnotherThread) {
  digester running(digest_algorithm::sha256);
  running.update("ab");
  std::string value;
  std::thread([&value, moved = std::move(running)]() mutable {
    moved.update("c");
    value = moved.finish();
  }).join();
  EXPECT_EQ(value, digest(digest_algorithm::sha256, "abc"));
}

TEST(Digest, AnAlgorithmThatIsNotHereIsSaidBeforehandAndThrows) {
  for (const digest_algorithm d : {digest_algorithm::gost34311, digest_algorithm::streebog256, digest_algorithm::streebog512}) {
    EXPECT_FALSE(supported(d)) << name_of(d);
    EXPECT_THROW(digest(d, ""), std::logic_error) << name_of(d);
  }
  EXPECT_TRUE(supported(digest_algorithm::sha256));
}

TEST(Algorithm, IdentifiersLeadBackToTheirAlgorithm) {
  for (int i = 0; i <= static_cast<int>(signature_algorithm::gost2015_512); ++i) {
    const auto s = static_cast<signature_algorithm>(i);
    EXPECT_EQ(signature_by_oid(oid_of(s)), s);
    EXPECT_FALSE(name_of(s).empty());
  }
  for (int i = 0; i <= static_cast<int>(digest_algorithm::streebog512); ++i) {
    const auto d = static_cast<digest_algorithm>(i);
    EXPECT_EQ(digest_by_oid(oid_of(d)), d);
  }
  EXPECT_EQ(signature_by_oid("1.2.840.113549.1.1.4"), std::nullopt) << "MD5 with RSA has no place here";
  EXPECT_EQ(key_of(signature_algorithm::gost2015_512), key_kind::gost2015_512);
  EXPECT_EQ(digest_of(signature_algorithm::gost2015_512), digest_algorithm::streebog512);
  EXPECT_TRUE(is_weak(signature_algorithm::rsa_sha1));
  EXPECT_FALSE(is_weak(signature_algorithm::rsa_sha256));
}

}  // namespace
}  // namespace shep::crypto
