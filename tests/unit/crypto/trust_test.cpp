#include "crypto/trust.hpp"

#include "chain_nodes.hpp"
#include "crypto/problems.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::at;
using crafted::leaf;
using crafted::middle;
using crafted::node;
using crafted::now;
using crafted::parts;
using crafted::root;
using crafted::store;

void expect_no_chain(const result<trust_store::chain>& chain, std::string_view sentence) {
  ASSERT_FALSE(chain) << sentence;
  EXPECT_EQ(chain.error().code, problems::certificate_no_chain) << sentence;
  EXPECT_NE(chain.error().detail.find(sentence), std::string::npos) << chain.error().detail;
}

TEST(Trust, FindsThePathFromLeafToAnchor) {
  const auto chain = store({root().make()}, {middle().make()}).build(leaf().make(), now).value();
  ASSERT_EQ(chain.path.size(), 3U);
  EXPECT_EQ(chain.path[0].info().common_name, "leaf");
  EXPECT_EQ(chain.path[1].info().common_name, "middle");
  EXPECT_EQ(chain.path[2].info().common_name, "root");
  EXPECT_FALSE(chain.weak_signature || chain.mixed_kinds);
}

TEST(Trust, AnAnchorMayStandAlone) {
  EXPECT_EQ(store({leaf().make()}).build(leaf().make(), now)->path.size(), 1U);
  EXPECT_EQ(store({middle().make()}).build(leaf().make(), now)->path.size(), 2U) << "an issuing authority trusted without its root";
}

TEST(Trust, C01_EachEdgeOfTheValidityHasItsVerdict) {
  const trust_store s = store({root().make()}, {middle().make()});
  node l = leaf();
  l.not_before = write_time(at(2025));
  l.not_after = write_time(at(2026));
  const certificate cert = l.make();
  using namespace std::chrono_literals;
  EXPECT_EQ(s.build(cert, at(2025) - 1us).error().code, problems::certificate_not_yet_valid);
  EXPECT_TRUE(s.build(cert, at(2025))) << "notBefore itself belongs to the period";
  EXPECT_TRUE(s.build(cert, at(2026))) << "notAfter itself belongs to the period";
  EXPECT_TRUE(s.build(cert, at(2026) + 999ms)) << "notAfter is a whole second";
  EXPECT_EQ(s.build(cert, at(2026) + 1s).error().code, problems::certificate_expired);
}

TEST(Trust, C01_TheDatesOfEveryIssuerCountToo) {
  node r = root();
  r.not_after = write_time(at(2029));
  EXPECT_EQ(store({r.make()}, {middle().make()}).build(leaf().make(), now).error().code, problems::certificate_expired);
  node m = middle();
  m.not_before = write_time(at(2031));
  const problem early = store({root().make()}, {m.make()}).build(leaf().make(), now).error();
  EXPECT_EQ(early.code, problems::certificate_not_yet_valid);
  EXPECT_NE(early.detail.find("CN=middle"), std::string::npos) << early.detail;
}

TEST(Trust, C01_ACachedVerdictStillLooksAtTheClock) {
  const trust_store s = store({root().make()}, {middle().make()});
  const certificate cert = leaf().make();
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(s.build(cert, at(2030)));
    EXPECT_EQ(s.build(cert, at(2041)).error().code, problems::certificate_expired);
    EXPECT_EQ(s.build(cert, at(2019)).error().code, problems::certificate_not_yet_valid);
  }
}

TEST(Trust, C01_AnotherPathIsTakenWhenTheFirstHasExpired) {
  node old_root = root();
  old_root.not_after = write_time(at(2025));
  const trust_store s = store({old_root.make(), root().make()}, {middle().make()});
  const certificate cert = leaf().make();
  EXPECT_TRUE(s.build(cert, at(2024)));
  EXPECT_TRUE(s.build(cert, at(2030)));
  EXPECT_EQ(s.build(cert, at(2050)).error().code, problems::certificate_expired);
}

TEST(Trust, C02_UnknownAuthoritiesAndMissingLinksAreNamed) {
  expect_no_chain(store({root().make()}).build(leaf().make(), now), "no configured certificate has the name \"CN=middle\"");
  expect_no_chain(store({}).build(root().make(), now), "CN=root");
  const certificate stranger = node{"stranger", 4, "stranger", 4, false}.make();
  expect_no_chain(store({root().make()}, {middle().make()}).build(stranger, now), "CN=stranger");
}

TEST(Trust, C02_S42_ASelfSignedCertificateWithATrustedNameIsNotTrusted) {
  expect_no_chain(store({root().make()}).build(node{"root", 4, "root", 4}.make(), now), "does not verify");
  expect_no_chain(store({root().make()}, {middle().make()}).build(node{"leaf", 3, "middle", 4, false}.make(), now), "does not verify");
}

TEST(Trust, C02_LoopsOfIntermediatesEnd) {
  const certificate a = node{"A", 1, "B", 2}.make();
  const certificate b = node{"B", 2, "A", 1}.make();
  expect_no_chain(store({root().make()}, {a, b}).build(node{"leaf", 3, "A", 1, false}.make(), now), "stands in the path already");
}

TEST(Trust, C02_PathsDeeperThanEightAreRefused) {
  const auto chain_of = [](int length) {  // leaf, length - 2 intermediates, root
    std::vector<certificate> middles;
    for (int i = 1; i <= length - 2; ++i) {
      const std::string above = i == length - 2 ? "root" : "m" + std::to_string(i + 1);
      middles.push_back(node{"m" + std::to_string(i), 2, above, above == "root" ? 1U : 2U}.make());
    }
    return store({root().make()}, middles).build(node{"leaf", 3, "m1", 2, false}.make(), now);
  };
  EXPECT_EQ(chain_of(6)->path.size(), 6U);
  EXPECT_EQ(chain_of(8)->path.size(), 8U);
  expect_no_chain(chain_of(9), "longer than 8");
}

TEST(Trust, C02_OfTwoRootsWithOneNameTheRightOneIsFound) {
  const certificate other = node{"root", 4, "root", 4}.make();
  const certificate right = root().make();
  for (const auto& anchors : {std::vector{other, right}, std::vector{right, other}}) {
    const auto chain = store(anchors, {middle().make()}).build(leaf().make(), now).value();
    EXPECT_EQ(chain.path.back().sha256(), right.sha256());
  }
}

TEST(Trust, C02_ACrossSignedAuthorityIsFollowedToTheTrustedRoot) {
  const certificate by_stranger = node{"middle", 2, "stranger", 4}.make();
  const auto chain = store({root().make()}, {by_stranger, middle().make()}).build(leaf().make(), now).value();
  EXPECT_EQ(chain.path[1].info().issuer, "CN=root");
}

TEST(Trust, C02_KeyIdentifiersThatDisagreeAreNoLink) {
  node m = middle();
  m.extensions += crafted::subject_key_id("right");
  node l = leaf();
  l.extensions = crafted::authority_key_id("right");
  EXPECT_TRUE(store({root().make()}, {m.make()}).build(l.make(), now));
  l.extensions = crafted::authority_key_id("wrong");
  expect_no_chain(store({root().make()}, {m.make()}).build(l.make(), now), "names the issuer key 77726f6e67");
}

TEST(Trust, C02_ManyLookAlikesCostTwoHundredSignatureChecksAtMost) {
  std::vector<certificate> look_alikes;
  for (int i = 0; i < 300; ++i) {
    parts p = node{"middle", 4, "root", 1}.as_parts();
    p.serial = write_small(static_cast<unsigned>(5000 + i));
    look_alikes.push_back(p.decoded(crafted::key(1)).value());
  }
  expect_no_chain(store({root().make()}, look_alikes).build(leaf().make(), now), "the search ended after 200 signature checks");
}

TEST(Trust, C03_AnIssuerMustBeAnAuthority) {
  node m = middle();
  m.extensions = crafted::key_usage(crafted::may_sign_certificates);
  expect_no_chain(store({root().make()}, {m.make()}).build(leaf().make(), now), "is not a certification authority");
  node r = root();
  r.extensions = "";
  expect_no_chain(store({r.make()}, {middle().make()}).build(leaf().make(), now), "is not a certification authority");
}

TEST(Trust, C03_AnIssuerMustBeAllowedToSignCertificates) {
  node m = middle();
  m.extensions = crafted::basic_constraints() + crafted::key_usage(3);
  expect_no_chain(store({root().make()}, {m.make()}).build(leaf().make(), now), "may not sign certificates");
  m.extensions = crafted::basic_constraints();
  EXPECT_TRUE(store({root().make()}, {m.make()}).build(leaf().make(), now)) << "no keyUsage, no restriction";
}

TEST(Trust, C03_PathLengthsAreKept) {
  node upper{"upper", 4, "root", 1};
  node m{"middle", 2, "upper", 4};
  for (const int limit : {0, 1}) {
    upper.extensions = crafted::basic_constraints(limit) + crafted::key_usage(crafted::may_sign_certificates);
    const auto chain = store({root().make()}, {upper.make(), m.make()}).build(leaf().make(), now);
    EXPECT_EQ(static_cast<bool>(chain), limit == 1);
    if (limit == 0) expect_no_chain(chain, "pathLenConstraint");
  }
  m.issuer = "root";
  m.issuer_number = 1;
  m.extensions = crafted::basic_constraints(0) + crafted::key_usage(crafted::may_sign_certificates);
  EXPECT_TRUE(store({root().make()}, {m.make()}).build(leaf().make(), now)) << "0 still allows end entities";
}

TEST(Trust, C03_CriticalExtensionsThatAreNotUnderstoodStopThePath) {
  node m = middle();
  m.extensions += crafted::extension("1.2.3.4", true, "x");
  expect_no_chain(store({root().make()}, {m.make()}).build(leaf().make(), now), "critical extension");
  node l = leaf();
  l.extensions = crafted::extension("1.2.3.4", true, "x");
  expect_no_chain(store({root().make()}, {middle().make()}).build(l.make(), now), "critical extension");
  m = middle();
  m.extensions += crafted::extension("2.5.29.30", true, write(tags::sequence, ""));
  expect_no_chain(store({root().make()}, {m.make()}).build(leaf().make(), now), "critical extension");
}

TEST(Trust, C05_Sha1BetweenCertificatesIsRefusedUnlessAllowedAndThenReported) {
  parts p = leaf().as_parts();
  p.inner_algorithm = p.outer_algorithm = crafted::algorithm("1.2.840.113549.1.1.5");
  p.scheme = signature_algorithm::rsa_sha1;
  const certificate weak = p.decoded(crafted::key(2)).value();
  trust_store::contents c{{root().make()}, {middle().make()}, {}};
  expect_no_chain(trust_store(c).build(weak, now), "weak algorithm");
  c.allow_weak_signatures = true;
  const auto chain = trust_store(c).build(weak, now).value();
  EXPECT_TRUE(chain.weak_signature);
  EXPECT_FALSE(trust_store(c).build(leaf().make(), now)->weak_signature);
}

TEST(Trust, C05_Md5BetweenCertificatesIsNeverAccepted) {
  parts p = leaf().as_parts();
  p.inner_algorithm = p.outer_algorithm = crafted::algorithm("1.2.840.113549.1.1.4");
  trust_store::contents c{{root().make()}, {middle().make()}, {}, true};
  expect_no_chain(trust_store(c).build(p.decoded(crafted::key(2)).value(), now), "not supported");
}

TEST(Trust, C05_AKazakhKeyBelowAnRsaRootIsReported) {
  parts p = node{"leaf", 3, "root", 1, false}.as_parts();
  p.spki = write(tags::sequence,
                 write(tags::sequence, write_oid("1.2.398.3.10.1.1.2.2") + write(tags::sequence, write_oid("1.2.398.3.10.1.1.2.2.1"))) +
                     write_bit_string(write(tags::octet_string, std::string(128, '\7'))));
  const auto chain = store({root().make()}).build(p.decoded(crafted::key(1)).value(), now).value();
  EXPECT_TRUE(chain.mixed_kinds);
}

}  // namespace
}  // namespace shep::crypto
