// Kazakh keys, and the published lists of the test authority, which stand outside the repository (SHEPSIM_CA).
#include "crypto/trust.hpp"
#include "unit/revocation/ocsp_answers.hpp"

#include <cstdlib>
#include <filesystem>

namespace shep::revocation {
namespace {

using namespace test;

struct published {
  const char* list;
  const char* authority;
  std::size_t entries;
  time_point inside;
};
constexpr time_point in_august_2022{std::chrono::seconds(1'660'000'000)};
constexpr published lists[] = {
    {"nca_gost2022_test.crl", "nca_gost_2022_test.cer", 6, in_august_2022},
    {"nca_gost_test.crl", "nca_gost_2019_test.crt", 31, in_august_2022},
};

struct PublishedLists : ::testing::TestWithParam<published> {
  void SetUp() override {
    const char* named = std::getenv("SHEPSIM_CA");
    folder = named != nullptr ? std::filesystem::path(named) : std::filesystem::path(SHEPSIM_SOURCE_DIR) / ".." / "shared" / "ca";
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "skipped: no folder of authority certificates (SHEPSIM_CA)";
  }
  std::filesystem::path folder;
};

/// A certificate of that authority with the given serial number: its contents, under a key of ours.
crypto::certificate holder_of(const std::string& serial, const crypto::certificate& issuer) {
  auto r = request_for("TEST HOLDER");
  r.serial = serial;
  r.not_before = from_2020;
  const crypto::issuer under_its_name{issuer, rsa_key(key_name::root)};
  return crypto::issue(r, rsa_key(key_name::signer).public_key(), &under_its_name, rsa_key(key_name::root)).value();
}

TEST_P(PublishedLists, C07_TheyAreReadVerifiedAndLookedUp) {
  const published& p = GetParam();
  const crypto::certificate issuer = crypto::load_certificates((folder / p.authority).string()).value().at(0);
  const auto list = read(shep::test::file_text((folder / p.list).string()));
  ASSERT_TRUE(list) << describe(list.error());
  EXPECT_EQ(list->info().entries, p.entries);
  EXPECT_EQ(list->info().issuer, issuer.info().subject);
  EXPECT_FALSE(list->info().is_delta);
  const auto signature = list->signed_by(issuer);
  ASSERT_TRUE(signature) << describe(signature.error());
  std::string bent = *list->der();
  bent.back() = static_cast<char>(bent.back() ^ 1);
  SHEP_EXPECT_PROBLEM(read(bent)->signed_by(issuer), problems::crl_signature);

  const crl_set set = crl_set().with(*list, issuer, p.list).value();
  const auto absent = set.look_up(holder_of("\x0A", issuer), issuer, p.inside);
  ASSERT_TRUE(absent) << describe(absent.error());
  EXPECT_EQ(absent->what, state::good);
  std::size_t seen = 0;
  crypto::asn1::failure f;
  crypto::asn1::reader outer(*list->der(), f);
  crypto::asn1::reader tbs = outer.enter(0x30, "list").enter(0x30, "tbs");
  for (const char* skipped : {"version", "algorithm", "issuer", "thisUpdate", "nextUpdate"}) tbs.any(skipped);
  for (crypto::asn1::reader entries = tbs.enter(0x30, "entries"); entries.more(); ++seen) {
    const std::string serial(entries.enter(0x30, "entry").integer("serial"));
    const auto found = set.look_up(holder_of(serial, issuer), issuer, p.inside);
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_NE(found->what, state::good) << to_hex(serial);
    EXPECT_LT(found->revoked_at, p.inside);
  }
  EXPECT_EQ(seen, p.entries);
  SHEP_EXPECT_PROBLEM(set.look_up(holder_of("\x0A", issuer), issuer, test_now), problems::crl_stale);
}

INSTANTIATE_TEST_SUITE_P(Authority, PublishedLists, ::testing::ValuesIn(lists));

struct KazakhKeys : ::testing::TestWithParam<crypto::key_kind> {};

TEST_P(KazakhKeys, C07_C08_ListsAndAnswersAreSignedAndVerified) {
  const auto key = crypto::private_key::generate(GetParam()).value();
  auto r = request_for("TEST KAZAKH AUTHORITY");
  r.is_ca = true;
  const crypto::identity ca{key, crypto::issue(r, key.public_key(), nullptr, key).value(), {}};
  const crypto::issuer by{ca.certificate, ca.key};
  const auto responder_key = crypto::private_key::generate(GetParam()).value();
  r = request_for("TEST KAZAKH RESPONDER");
  r.role = crypto::key_usage_role::unknown;
  r.extended_key_usage = {"1.3.6.1.5.5.7.3.9"};
  const crypto::identity answering{responder_key, crypto::issue(r, responder_key.public_key(), &by, key).value(), {}};
  r = request_for("TEST HOLDER");
  r.serial = "\x0B";
  const crypto::certificate holder = crypto::issue(r, responder_key.public_key(), &by, key).value();

  const crl list = list_of(content(), ca);
  ASSERT_TRUE(list.signed_by(ca.certificate));
  EXPECT_EQ(crl_set().with(list, ca.certificate, "")->look_up(holder, ca.certificate, test_now)->what, state::revoked);
  SHEP_EXPECT_PROBLEM(list_of(content(), {responder_key, ca.certificate, {}}).signed_by(ca.certificate), problems::crl_signature);

  ocsp::response_content c;
  c.produced_at = test_now;
  ocsp::response_content::answer a;
  a.id = ocsp::id_of(holder, ca.certificate, crypto::digest_algorithm::sha256);
  a.what = state::revoked;
  a.revoked_at = test_now - 1h;
  a.this_update = test_now;
  c.answers = {a};
  for (const bool by_key : {false, true}) {
    c.responder_by_key = by_key;
    for (const auto* who : {&ca, &answering}) {
      const auto found = ocsp::read_response(ocsp::write_response(c, *who).value(), holder, ca.certificate, {}, test_now);
      ASSERT_TRUE(found) << describe(found.error());
      EXPECT_EQ(found->what, state::revoked);
    }
    const auto forged =
        ocsp::read_response(ocsp::write_response(c, {key, answering.certificate, {}}).value(), holder, ca.certificate, {}, test_now);
    SHEP_EXPECT_PROBLEM(forged, problems::ocsp_signature);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, KazakhKeys, ::testing::Values(crypto::key_kind::gost2015_512, crypto::key_kind::gost2004));

}  // namespace
}  // namespace shep::revocation
