#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// Chains across RSA and both Kazakh generations, as a signature meets them (security catalogue C02, C05).
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

constexpr std::array common = {key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004};

crypto::issuer authority(key_kind kind, int number, const std::string& name, const crypto::issuer* by) {
  crypto::certificate_request r;
  r.common_name = name;
  r.is_ca = true;
  r.not_before = test_now - 24h;
  r.not_after = test_now + 24h;
  const auto& key = key_of_kind(kind, number);
  return {crypto::issue(r, key.public_key(), by, by ? by->key : key).value(), key};
}

checked by(const crypto::identity& who, const crypto::trust_store& store, bool compat = true) {
  return check(signed_message(unsigned_message(), transport_profile::key_identifier, who), store, {.compat = compat});
}

crypto::trust_store trusting(const crypto::issuer& root, std::vector<crypto::certificate> between, bool weak = true) {
  return crypto::trust_store({{root.certificate}, std::move(between), {}, weak});
}

bool warned(const checked& c, std::string_view part) {
  return std::any_of(c.v.report.findings.begin(), c.v.report.findings.end(),
                     [&](const finding& f) { return f.level == finding::severity::warning && f.detail.find(part) != std::string::npos; });
}

TEST(Chains, C05_EveryKindUnderEveryKindIsBuiltAndTold) {
  for (const key_kind above : common)
    for (const key_kind between : common)
      for (const key_kind leaf : common) {
        SCOPED_TRACE(word_of(above) + " / " + word_of(between) + " / " + word_of(leaf));
        const auto issuing = authority(between, 5, "TEST ISSUING", &root_of_kind(above));
        const auto who = identity_of({.kind = leaf, .by = &issuing});
        const auto c = by(who, trusting(root_of_kind(above), {issuing.certificate}));
        expect_passed(c);
        EXPECT_EQ(c.v.signatory.chain.size(), 3u);
        EXPECT_EQ(warned(c, "keys of different kinds"), above != between || between != leaf) << c.told();
        const bool weak = above == key_kind::gost2004 || between == key_kind::gost2004;
        EXPECT_EQ(warned(c, "signed by a weak algorithm"), weak) << c.told();
      }
}

TEST(Chains, C05_AWeakSignatureInsideTheChainIsRefusedWithoutThePolicy) {
  const auto issuing = authority(key_kind::gost2004, 5, "TEST ISSUING", &root_of_kind(key_kind::gost2015_512));
  const auto who = identity_of({.kind = key_kind::gost2015_512, .by = &issuing});
  const auto& root = root_of_kind(key_kind::gost2015_512);
  expect_refused(by(who, trusting(root, {issuing.certificate}, false), false), s::no_certificate_chain_found,
                 problems::signing_certificate_invalid);
  // A leaf of the new generation under a root of the new one needs no permission.
  expect_passed(by(signer_of(key_kind::gost2015_512), trusting(root, {}, false), false));
}

TEST(Chains, C05_TheInferredKindInsideTheChainIsRefusedWithoutThePolicy) {
  const auto& root = root_of_kind(key_kind::gost2015_256);
  const auto who = identity_of({.kind = key_kind::gost2015_512, .by = &root});
  expect_refused(by(who, trusting(root, {})), s::no_certificate_chain_found, problems::signing_certificate_invalid);
}

TEST(Chains, C02_AnUnknownAuthorityAndAMissingLinkAreUndecided) {
  const auto issuing = authority(key_kind::gost2015_512, 5, "TEST ISSUING", &root_of_kind(key_kind::gost2015_512));
  const auto who = identity_of({.kind = key_kind::gost2015_512, .by = &issuing});
  const auto missing = by(who, trusting(root_of_kind(key_kind::gost2015_512), {}));
  expect_refused(missing, s::no_certificate_chain_found, problems::signing_certificate_invalid);
  EXPECT_EQ(missing.v.report.verdict, indication::indeterminate);
  const auto unknown = by(who, trusting(root_of_kind(key_kind::rsa), {issuing.certificate}));
  expect_refused(unknown, s::no_certificate_chain_found, problems::signing_certificate_invalid);
}

TEST(Chains, C02_AuthoritiesThatIssueEachOtherEndTheSearch) {
  const auto a = authority(key_kind::gost2015_512, 6, "TEST A", nullptr);
  const auto b = authority(key_kind::gost2004, 6, "TEST B", &a);
  const auto a_by_b = authority(key_kind::gost2015_512, 6, "TEST A", &b);
  const auto who = identity_of({.kind = key_kind::gost2015_512, .by = &b});
  expect_refused(by(who, trusting(root_of_kind(key_kind::rsa), {b.certificate, a_by_b.certificate})), s::no_certificate_chain_found,
                 problems::signing_certificate_invalid);
  expect_passed(by(who, trusting(a, {b.certificate, a_by_b.certificate})));
}

TEST(Chains, C02_OfTwoRootsOfOneNameTheRightOneIsFound) {
  const auto gost = authority(key_kind::gost2015_512, 7, "TEST TWIN", nullptr);
  const auto rsa = authority(key_kind::rsa, 1, "TEST TWIN", nullptr);
  const crypto::trust_store store({{rsa.certificate, gost.certificate}, {}, {}});
  for (const auto* root : {&gost, &rsa}) {
    const auto c = by(identity_of({.kind = key_kind::gost2015_512, .by = root}), store);
    expect_passed(c);
    EXPECT_EQ(c.v.signatory.chain.back().der(), root->certificate.der());
  }
}

}  // namespace
}  // namespace shep::eds
