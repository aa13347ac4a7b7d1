#include "unit/cms/crafted.hpp"

/// Every octet of a small CMS changed in turn: what is still believed has the content, the signer and the attributes of the original.
namespace shep::cms {
namespace {

struct original {
  std::string cms;
  std::string certificate;
  std::string signed_octets;
};

original sample(key_kind kind) {
  original o;
  o.cms = signed_by(signer_of(kind));
  o.certificate = signer_of(kind).certificate.der();
  o.signed_octets = signed_data::read(o.cms).value().signers()[0].signed_octets;
  return o;
}

/// Returns whether it was believed.
bool check(const original& o, const std::string& changed, std::size_t at) {
  const verification v = judged(changed);
  EXPECT_FALSE(!v.passed && v.failure.code.name.empty()) << "a refusal has a code; octet " << at;
  EXPECT_EQ(v.passed, v.report.verdict == eds::indication::total_passed);
  if (!v.passed) return false;
  EXPECT_EQ(v.content, content) << "octet " << at;
  EXPECT_EQ(v.signers.size(), 1U) << "octet " << at;
  EXPECT_EQ(v.signers[0].certificate->der(), o.certificate) << "octet " << at;
  EXPECT_EQ(v.signers[0].signing_time, test_now) << "octet " << at;
  EXPECT_EQ(signed_data::read(changed).value().signers()[0].signed_octets, o.signed_octets) << "octet " << at;
  return true;
}

struct range {
  std::size_t begin, end;
  bool holds(std::size_t at) const { return at >= begin && at < end; }
};

range range_of(const signed_data& cms, std::string_view part) {
  const auto begin = static_cast<std::size_t>(part.data() - cms.der().data());
  return {begin, begin + part.size()};
}

/// The name that finds the certificate may be written in another way (RFC 5280 section 7.1): it is the same certificate.
bool issuer_rewritten(const signer_info& before, const signer_info& after) {
  return before.issuer_der != after.issuer_der && crypto::same_name(before.issuer_der, after.issuer_der) && before.serial == after.serial;
}

/// digestAlgorithms announces what the SignerInfos say, the octet before it is the version, which announces what parts there are: nothing
/// hangs on either. The last octet of an RSA algorithm's identifier may turn it into rsaEncryption, which means the same here.
bool says_nothing_new(const original& o, const std::string& changed, std::size_t at) {
  const auto read = signed_data::read(o.cms).value();
  const range announced = range_of(read, read.digest_algorithms());
  if (range{announced.begin - 1, announced.end}.holds(at)) return true;
  const auto again = signed_data::read(changed).value();
  if (issuer_rewritten(read.signers()[0], again.signers()[0])) return true;
  return again.signers()[0].signature_oid != read.signers()[0].signature_oid && again.signers()[0].signature_oid == "1.2.840.113549.1.1.1";
}

void change_octet(const original& o, std::size_t at, unsigned change) {
  std::string changed = o.cms;
  changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ change);
  const bool believed = check(o, changed, at);
  EXPECT_TRUE(!believed || says_nothing_new(o, changed, at)) << "octet " << at << " changed by " << change;
}

void change_every_octet(key_kind kind, const std::vector<unsigned>& changes) {
  const original o = sample(kind);
  ASSERT_TRUE(check(o, o.cms, 0));
  for (std::size_t at = 0; at < o.cms.size(); ++at)
    for (const unsigned change : changes) change_octet(o, at, change);
}

TEST(CmsMutation, NoTurnedBitOfAnRsaSignatureIsBelieved) { change_every_octet(key_kind::rsa, {1, 2, 4, 8, 16, 32, 64, 128, 255}); }

/// All 255 other values of every octet that is neither in the certificate nor in the signature value, a quarter at a time.
class CmsMutationValues : public testing::TestWithParam<unsigned> {};

TEST_P(CmsMutationValues, NoOtherValueOfAnOctetIsBelieved) {
  const original o = sample(key_kind::rsa);
  const auto read = signed_data::read(o.cms).value();
  const range certificate = range_of(read, read.certificates()[0]), value = range_of(read, read.signers()[0].signature);
  for (std::size_t at = 0; at < o.cms.size(); ++at)
    for (unsigned change = 1 + GetParam(); change < 256 && !certificate.holds(at) && !value.holds(at); change += 4)
      change_octet(o, at, change);
}

INSTANTIATE_TEST_SUITE_P(Quarters, CmsMutationValues, testing::Values(0U, 1U, 2U, 3U));

TEST(CmsMutation, NoTurnedBitOfAGostSignatureIsBelieved) {
  change_every_octet(key_kind::gost2015_512, {1, 2, 4, 8, 16, 32, 64, 128, 255});
  change_every_octet(key_kind::gost2004, {1, 128});
}

TEST(CmsMutation, ATruncatedOneIsRefusedAtEveryOctet) {
  const original o = sample(key_kind::rsa);
  for (std::size_t length = 0; length < o.cms.size(); ++length) {
    const verification v = judged(std::string_view(o.cms).substr(0, length));
    ASSERT_FALSE(v.passed);
    ASSERT_EQ(v.failure.code, problems::cms_format) << length;
    ASSERT_FALSE(judged(to_base64(o.cms).substr(0, length)).passed);
  }
}

TEST(CmsMutation, AMissingOrDoubledOctetIsRefused) {
  const original o = sample(key_kind::rsa);
  for (std::size_t at = 0; at < o.cms.size(); ++at) {
    std::string shorter = o.cms, longer = o.cms;
    shorter.erase(at, 1);
    longer.insert(at, 1, longer[at]);
    ASSERT_FALSE(judged(shorter).passed) << at;
    ASSERT_FALSE(judged(longer).passed) << at;
  }
}

TEST(CmsMutation, NoChangedOctetOfATimeStampProvesAnything) {
  // The signer's certificate has expired by now: only a token that holds can make the signature pass.
  const crypto::identity expired = identity_of({.common_name = "TEST EXPIRED", .not_before = test_now - 240h, .not_after = test_now - 24h});
  const std::string cms = stamped(signed_by(expired), token_at(test_now - 48h));
  ASSERT_TRUE(judged(cms).passed) << eds::to_text(judged(cms).report);
  const auto read = signed_data::read(cms).value();
  const std::string_view token = read.signers()[0].unsigned_attributes.at(0).values.at(0).whole;
  const auto begin = static_cast<std::size_t>(token.data() - read.der().data());
  const auto inner = signed_data::read(token).value();
  const auto digests = begin + static_cast<std::size_t>(inner.digest_algorithms().data() - inner.der().data());
  for (std::size_t at = begin; at < begin + token.size(); ++at)
    for (const unsigned change : {1U, 4U, 32U, 128U, 255U}) {
      std::string changed = cms;
      changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ change);
      const verification v = judged(changed);
      if (!v.passed) continue;
      const auto outer = signed_data::read(changed).value();
      const auto again = signed_data::read(outer.signers()[0].unsigned_attributes.at(0).values.at(0).whole).value();
      EXPECT_TRUE((at >= digests && at < digests + inner.digest_algorithms().size()) ||
                  issuer_rewritten(inner.signers()[0], again.signers()[0]))
          << "octet " << at - begin << " of the token";
      EXPECT_EQ(v.signers[0].judged_at, test_now - 48h);
    }
}

}  // namespace
}  // namespace shep::cms
