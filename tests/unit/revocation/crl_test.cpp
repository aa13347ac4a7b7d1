#include "revocation/crl.hpp"

#include "unit/revocation/support.hpp"

#include <random>

namespace shep::revocation::test {
namespace {

using namespace crypto::asn1;

TEST(Crl, C07_ReadsEverythingThatAListSays) {
  crl_content c = content();
  c.covers = crl::scope::users;
  c.distribution_points = {"http://crl.example/a.crl", "http://crl.example/b.crl"};
  c.entries.push_back({"\x0C", test_now - 2h, reason::certificate_hold, test_now - 3h});
  const crl list = list_of(c);
  const auto& f = list.info();
  EXPECT_EQ(f.version, 2U);
  EXPECT_EQ(f.issuer, authority().certificate.info().subject);
  EXPECT_EQ(f.issuer_der, authority().certificate.info().subject_der);
  EXPECT_EQ(f.this_update, test_now - 1h);
  EXPECT_EQ(f.next_update, test_now + 24h);
  EXPECT_EQ(f.number, "\x07");
  EXPECT_FALSE(f.is_delta);
  EXPECT_EQ(f.authority_key_id, authority().certificate.info().subject_key_id);
  EXPECT_EQ(f.covers, crl::scope::users);
  EXPECT_EQ(f.distribution_points, c.distribution_points);
  EXPECT_EQ(f.signature_algorithm_oid, "1.2.840.113549.1.1.11");
  EXPECT_EQ(f.entries, 2U);
  EXPECT_TRUE(list.signed_by(authority().certificate));

  const auto held = list.find("\x0C");
  ASSERT_TRUE(held);
  EXPECT_EQ(held->revoked_at, test_now - 2h);
  EXPECT_EQ(held->why, reason::certificate_hold);
  EXPECT_EQ(held->invalid_since, test_now - 3h);
  EXPECT_TRUE(list.find(std::string_view("\0\x0C", 2))) << "leading zeros are free";
  EXPECT_FALSE(list.find("\x0D"));
  EXPECT_FALSE(list.find(""));
  EXPECT_FALSE(list.find(std::string(300, 'x')));
}

TEST(Crl, C07_ADeltaNamesTheListItBuildsOn) {
  crl_content c = content();
  c.base_number = 300;
  const crl list = list_of(c);
  EXPECT_TRUE(list.info().is_delta);
  EXPECT_EQ(list.info().base_number, std::string("\x01\x2C", 2));
  c.number.reset();
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
}

TEST(Crl, C07_VersionOneHasNeitherExtensionsNorReasons) {
  crl_content c = content();
  c.version = 1;
  const crl list = list_of(c);
  EXPECT_EQ(list.info().version, 1U);
  EXPECT_TRUE(list.info().number.empty());
  ASSERT_TRUE(list.find("\x0B"));
  EXPECT_FALSE(list.find("\x0B")->why);
  const std::string extensions = write(tags::context(0, true), write(tags::sequence, write_extension("2.5.29.20", false, write_small(1))));
  const std::string body = algorithm() + authority().certificate.info().subject_der + write_time(test_now);
  EXPECT_TRUE(read(signed_list(body)));
  SHEP_EXPECT_PROBLEM(read(signed_list(body + extensions)), problems::crl_format);
}

TEST(Crl, C07_AListWithoutEntriesIsAList) {
  crl_content c = content();
  c.entries.clear();
  EXPECT_EQ(list_of(c).info().entries, 0U);
  EXPECT_FALSE(list_of(c).find("\x0B"));
}

TEST(Crl, C06_EverySerialNumberOfALongListIsFoundAndNoOther) {
  std::mt19937 random(7);  // NOLINT: the same list in every run
  crl_content c = content();
  c.entries.clear();
  std::map<std::string, time_point> expected;
  while (expected.size() < 3000) {
    std::string serial(1 + random() % 20, '\0');
    for (char& o : serial) o = static_cast<char>(random() % 4 == 0 ? random() % 3 : random() % 256);
    serial[0] = static_cast<char>(1 + random() % 127);
    const time_point when = test_now - std::chrono::seconds(random() % 1'000'000);
    if (expected.emplace(serial, when).second) c.entries.push_back({serial, when});
  }
  const crl list = list_of(c);
  ASSERT_EQ(list.info().entries, 3000U);
  for (const auto& [serial, when] : expected) {
    const auto found = list.find(serial);
    ASSERT_TRUE(found) << to_hex(serial);
    EXPECT_EQ(found->revoked_at, when);
    for (const std::string& near : {serial + '\0', serial.substr(0, serial.size() - 1), std::string("\x01") + serial})
      EXPECT_EQ(list.find(near).has_value(), expected.contains(near)) << to_hex(near);
  }
  EXPECT_LT(list.index_octets(), list.der()->size() / 3);
}

TEST(Crl, C06_OfSeveralEntriesTheEarliestRevocationCounts) {
  crl_content c = content();
  c.entries = {{"\x0B", test_now - 1h}, {"\x0B", test_now - 9h, reason::remove_from_crl}, {"\x0B", test_now - 3h, reason::superseded}};
  EXPECT_EQ(list_of(c).find("\x0B")->why, reason::superseded);
  c.entries = {{"\x0B", test_now - 9h, reason::remove_from_crl}};
  EXPECT_EQ(list_of(c).find("\x0B")->why, reason::remove_from_crl);
}

TEST(Crl, C07_AListCutAfterAnyOctetIsRefused) {
  const std::string whole = write_crl(content(), authority()).value();
  for (std::size_t n = 0; n < whole.size(); ++n) SHEP_EXPECT_PROBLEM(read(whole.substr(0, n)), problems::crl_format);
  SHEP_EXPECT_PROBLEM(read(whole + "x"), problems::crl_format);
  SHEP_EXPECT_PROBLEM(crl::from_der(nullptr), problems::crl_format);
}

TEST(Crl, C07_NoChangedOctetGoesUnnoticed) {
  const std::string whole = write_crl(content(), authority()).value();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string bent = whole;
    bent[i] = static_cast<char>(bent[i] ^ 0x15);
    const auto list = read(bent);
    EXPECT_FALSE(list && list->signed_by(authority().certificate)) << i;
  }
}

TEST(Crl, C07_SizesAreCapped) {
  const std::string whole = write_crl(content(), authority()).value();
  crl_limits limits;
  limits.octets = whole.size();
  EXPECT_TRUE(read(whole, limits));
  limits.octets = whole.size() - 1;
  SHEP_EXPECT_PROBLEM(read(whole, limits), problems::crl_format);
  limits = {};
  limits.entries = 1;
  EXPECT_TRUE(read(whole, limits));
  limits.entries = 0;
  SHEP_EXPECT_PROBLEM(read(whole, limits), problems::crl_format);
  crl_content c = content();
  c.entries[0].serial = std::string(65, '\x01');
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
  c = content();
  c.more_extensions = write_extension("1.2.3", false, std::string(70'000, 'x'));
  EXPECT_TRUE(read(write_crl(c, authority()).value()));
  for (int i = 0; i < 70; ++i) c.more_extensions += write_extension("1.2.4." + std::to_string(i), false, "");
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
}

TEST(Crl, C07_WhatIsNotUnderstoodIsRefusedByName) {
  crl_content c = content();
  c.indirect = true;
  const auto indirect = read(write_crl(c, authority()).value());
  SHEP_EXPECT_PROBLEM(indirect, problems::crl_unsupported);
  EXPECT_NE(indirect.error().detail.find("indirect"), std::string::npos);

  c = content();
  c.more_extensions = write_extension("2.5.29.28", true, write(tags::sequence, write(tags::context(3, false), "\x06\x40")));
  const auto some_reasons = read(write_crl(c, authority()).value());
  SHEP_EXPECT_PROBLEM(some_reasons, problems::crl_unsupported);
  EXPECT_NE(some_reasons.error().detail.find("some reasons"), std::string::npos);

  c = content();
  c.more_extensions = write_extension("1.2.3.4", true, "");
  const auto critical = read(write_crl(c, authority()).value());
  SHEP_EXPECT_PROBLEM(critical, problems::crl_unsupported);
  EXPECT_NE(critical.error().detail.find("1.2.3.4"), std::string::npos);
  c.more_extensions = write_extension("1.2.3.4", false, "");
  EXPECT_TRUE(read(write_crl(c, authority()).value()));

  const auto with_entry = [](const std::string& extension) {
    const std::string entry = write(tags::sequence, write_small(1) + write_time(test_now) + write(tags::sequence, extension));
    return read(signed_list(write_small(1) + algorithm() + authority().certificate.info().subject_der + write_time(test_now) +
                            write(tags::sequence, entry)));
  };
  EXPECT_TRUE(with_entry(write_extension("1.2.3.4", false, "")));
  SHEP_EXPECT_PROBLEM(with_entry(write_extension("1.2.3.4", true, "")), problems::crl_unsupported);
  SHEP_EXPECT_PROBLEM(with_entry(write_extension("2.5.29.29", true, "")), problems::crl_unsupported);
  SHEP_EXPECT_PROBLEM(with_entry(write_extension("2.5.29.21", false, write(tags::enumerated, "\x07"))), problems::crl_format);
  SHEP_EXPECT_PROBLEM(with_entry(write_extension("2.5.29.21", false, write(tags::enumerated, "\x0B"))), problems::crl_format);
}

TEST(Crl, C07_StructuresThatContradictThemselvesAreRefused) {
  const auto& name = authority().certificate.info().subject_der;
  crl_content c = content();
  c.next_update = c.this_update - 1s;
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
  c = content();
  c.more_extensions = write_extension("2.5.29.20", false, write_small(7));
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
  const std::string two_kinds = write(tags::sequence, write(tags::context(1, false), "\xFF") + write(tags::context(2, false), "\xFF"));
  c.more_extensions = write_extension("2.5.29.28", true, two_kinds);
  SHEP_EXPECT_PROBLEM(read(write_crl(c, authority()).value()), problems::crl_format);
  SHEP_EXPECT_PROBLEM(read(signed_list(algorithm() + name + write_time(test_now), algorithm("1.2.840.113549.1.1.13"))),
                      problems::crl_format);
  SHEP_EXPECT_PROBLEM(read(signed_list(write_small(0) + algorithm() + name + write_time(test_now))), problems::crl_format);
  SHEP_EXPECT_PROBLEM(read(signed_list(write_small(2) + algorithm() + name + write_time(test_now))), problems::crl_format);
  SHEP_EXPECT_PROBLEM(read(signed_list(algorithm() + name)), problems::crl_format);
  SHEP_EXPECT_PROBLEM(read("-----BEGIN X509 CRL-----"), problems::crl_format);
}

TEST(Crl, C07_OnlyTheAuthorityItselfSignsItsList) {
  const crl list = list_of(content());
  SHEP_EXPECT_PROBLEM(list.signed_by(stranger().certificate), problems::crl_issuer);
  SHEP_EXPECT_PROBLEM(list.signed_by(impostor().certificate), problems::crl_issuer);
  crl_content without_key_id = content();
  without_key_id.version = 1;
  const crypto::identity renamed = make_authority("TEST RENAMED", key_name::root);
  EXPECT_TRUE(list_of(without_key_id).signed_by(authority().certificate));
  SHEP_EXPECT_PROBLEM(list_of(without_key_id).signed_by(renamed.certificate), problems::crl_issuer);
  const crl forged = list_of(content(), crypto::identity{impostor().key, authority().certificate, {}});
  SHEP_EXPECT_PROBLEM(forged.signed_by(authority().certificate), problems::crl_signature);

  auto r = request_for("TEST AUTHORITY");
  r.role = crypto::key_usage_role::sign;
  const crypto::identity no_crl_sign{rsa_key(key_name::root), issued(r, key_name::root), {}};
  const auto refused = list_of(content(), no_crl_sign).signed_by(no_crl_sign.certificate);
  SHEP_EXPECT_PROBLEM(refused, problems::crl_signature);
  EXPECT_NE(refused.error().detail.find("cRLSign"), std::string::npos);
}

TEST(Crl, C05_C07_WeakAndUnknownSignaturesAreRefused) {
  const auto& name = authority().certificate.info().subject_der;
  const std::string sha1 = algorithm("1.2.840.113549.1.1.5");
  const auto weak = read(signed_list(sha1 + name + write_time(test_now), sha1, crypto::signature_algorithm::rsa_sha1));
  ASSERT_TRUE(weak);
  SHEP_EXPECT_PROBLEM(weak->signed_by(authority().certificate), problems::crl_signature);
  EXPECT_TRUE(weak->signed_by(authority().certificate, true));
  const std::string unknown = algorithm("1.2.3.4");
  SHEP_EXPECT_PROBLEM(read(signed_list(unknown + name + write_time(test_now), unknown))->signed_by(authority().certificate),
                      problems::crl_signature);
}

TEST(Crl, C07_AMillionEntriesAreReadAndACutListOfThemIsNot) {
  constexpr std::uint64_t count = 1'000'000;
  const std::string date = write_time(test_now);
  std::string entries;
  entries.reserve(30 * count);
  for (std::uint64_t i = 1; i <= count; ++i) entries += write(tags::sequence, write_small(i * 7919 % 1'000'003) + date);
  const std::string whole =
      signed_list(write_small(1) + algorithm() + authority().certificate.info().subject_der + date + write(tags::sequence, entries));
  const auto list = read(whole);
  ASSERT_TRUE(list) << describe(list.error());
  EXPECT_TRUE(list->signed_by(authority().certificate));
  EXPECT_EQ(list->info().entries, count);
  for (const std::uint64_t i : {1U, 77U, 500'000U, 1'000'000U}) EXPECT_TRUE(list->find(write_small(i * 7919 % 1'000'003).substr(2))) << i;
  EXPECT_FALSE(list->find("\x7F\xFF\xFF\xFF"));
  SHEP_EXPECT_PROBLEM(read(whole.substr(0, whole.size() / 2)), problems::crl_format);
  crl_limits limits;
  limits.entries = count - 1;
  SHEP_EXPECT_PROBLEM(read(whole, limits), problems::crl_format);
}

TEST(Crl, C07_TheReceivedOctetsAreSharedAndNotCopied) {
  const shared_bytes octets = share(write_crl(content(), authority()).value());
  const crl list = crl::from_der(octets).value();
  EXPECT_EQ(list.der().get(), octets.get());
}

}  // namespace
}  // namespace shep::revocation::test
