#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/time_stamp_write.hpp"
#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/workers.hpp"
#include "revocation/problems.hpp"
#include "tests/support/pki.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>

/// Archived signatures: what was valid when a time stamp says it was made stays valid.
namespace shep::ncanode {
namespace {

namespace json = boost::json;
using test::test_now;  // 2030; the certificates of the committed test PKI end in 2045, its roots in 2050

const std::string certs = SHEPSIM_SOURCE_DIR "/certs/";
constexpr auto year = std::chrono::hours(24 * 365);

crypto::identity key_of(const std::string& file) {
  std::string password = test::file_text(certs + "keys/password");
  password.erase(password.find_last_not_of("\r\n") + 1);
  return crypto::read_pkcs12(test::file_text(certs + file), password).value();
}

std::vector<crypto::certificate> both(const std::string& file) {
  std::vector<crypto::certificate> out;
  for (const char* family : {"", "gost2015/"})
    for (auto& c : crypto::load_certificates(certs + family + file).value()) out.push_back(std::move(c));
  return out;
}

class ProvenTime : public ::testing::Test {
 protected:
  ProvenTime() {
    world_.trust =
        std::make_shared<crypto::trust_store>(crypto::trust_store::contents{both("trusted/root.pem"), both("trusted/issuing.pem"), {}});
    cms::signing how;
    how.signing_time = test_now;
    cms_ = cms::sign("data", {key_of("keys/citizen.p12")}, how).value();
  }

  void stamp(time_point at, cms::token_fault fault = cms::token_fault::none) {
    cms::time_stamp_request r;
    r.digest = crypto::digest_algorithm::streebog512;
    r.imprint = crypto::digest(r.digest, cms::signed_data::read(cms_).value().signers().at(0).signature);
    cms::token_settings s;
    s.gen_time = at;
    s.serial = "\x05";
    s.fault = fault;
    const std::string token = cms::write_token(r, key_of("gost2015/keys/tsa.p12"), s).value();
    cms_ = cms::attach_time_stamp(cms_, 0, token).value();
  }

  json::object verify(time_point now) {
    manual_clock clock(now);
    const parts p{{}, clock, ids_, pool_, {}, false, {}};
    const json::object body{{"cms", to_base64(cms_)}};
    const outcome done = cms_verify({p, world_, now, body});
    return json::parse(*std::get<http::response>(done).body).as_object();
  }

  /// The same with a question to every source about everybody; the time-stamping authority is what `authority` says, the others are good.
  json::object verify_asking(time_point now, const result<revocation::finding>& authority) {
    manual_clock clock(now);
    auto world = std::make_shared<grounds>(world_);
    const std::string tsa = key_of("gost2015/keys/tsa.p12").certificate.info().subject;
    world->ask.revocation = [&](std::vector<crypto::certificate> path, revocation::mode, time_point) {
      return answer(std::move(path), tsa, authority);
    };
    const parts p{[&] { return world; }, clock, ids_, pool_, {}, false, {}};
    const json::object body{{"cms", to_base64(cms_)}, {"revocationCheck", {"OCSP", "CRL"}}};
    const outcome done = cms_verify({p, *world, now, body});
    boost::asio::io_context context;
    auto told = boost::asio::co_spawn(context, std::get<continuation>(done)(p), boost::asio::use_future);
    context.run();
    return json::parse(*told.get().body).as_object();
  }

  static boost::asio::awaitable<revocation::chain_status> answer(std::vector<crypto::certificate> path, std::string tsa,
                                                                 result<revocation::finding> authority) {
    revocation::finding good;
    good.what = revocation::state::good;
    revocation::chain_status out;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
      out.push_back(path[i].info().subject == tsa ? authority : result<revocation::finding>(good));
    co_return out;
  }

  grounds world_;
  ids ids_{3};
  workers pool_{1};
  std::string cms_;
};

TEST_F(ProvenTime, DecidesWhetherAnExpiredCertificateSigned) {
  const time_point later = test_now + 16 * year;  // 2046: the signer's certificate is over
  EXPECT_EQ(verify(test_now).at("valid"), true);
  const auto without = verify(later);
  EXPECT_EQ(without.at("valid"), false);
  EXPECT_EQ(without.at("shepsim").at("subIndication"), "EXPIRED");
  stamp(test_now);
  const auto with = verify(later);
  EXPECT_EQ(with.at("valid"), true) << json::serialize(with.at("shepsim"));
  EXPECT_EQ(with.at("shepsim").at("provenTimes").at(0), "2030-01-02T03:04:05.000+00:00");
  EXPECT_EQ(with.at("signers").at(0).at("tsp").at("genTime"), "2030-01-02T03:04:05.000+00:00");
  EXPECT_EQ(with.at("signers").at(0).at("certificates").at(0).at("valid"), true);
}

TEST_F(ProvenTime, IsNotTakenFromATokenThatDoesNotHold) {
  for (const auto fault : {cms::token_fault::wrong_imprint, cms::token_fault::wrong_signature, cms::token_fault::wrong_policy}) {
    stamp(test_now, fault);
    for (const time_point now : {test_now + std::chrono::hours(1), test_now + 16 * year}) {
      const auto told = verify(now);
      EXPECT_EQ(told.at("valid"), false);
      EXPECT_FALSE(told.at("signers").at(0).as_object().contains("tsp"));
      EXPECT_TRUE(told.at("shepsim").at("provenTimes").at(0).is_null());
    }
  }
}

TEST_F(ProvenTime, BeforeTheCertificateBeganProvesNothingGood) {
  stamp(test_now - 10 * year);
  EXPECT_EQ(verify(test_now).at("valid"), false);
}

revocation::finding revoked(time_point at, std::optional<revocation::reason> why) {
  revocation::finding f;
  f.what = revocation::state::revoked;
  f.revoked_at = at;
  f.why = why;
  return f;
}

void expect_no_stamp(const json::object& told) {
  EXPECT_FALSE(told.at("signers").at(0).as_object().contains("tsp"));
  EXPECT_TRUE(told.at("shepsim").at("provenTimes").at(0).is_null());
}

TEST_F(ProvenTime, C06_IsNotProvenByAnAuthorityThatWasRevokedWhenItStamped) {
  stamp(test_now);
  const time_point later = test_now + 16 * year;
  revocation::finding good;
  good.what = revocation::state::good;
  const auto held = verify_asking(later, good);
  EXPECT_EQ(held.at("valid"), true) << json::serialize(held.at("shepsim"));
  EXPECT_EQ(held.at("shepsim").at("provenTimes").at(0), "2030-01-02T03:04:05.000+00:00");
  const auto fell = revoked(test_now - std::chrono::hours(1), revocation::reason::superseded);
  for (const time_point now : {test_now + std::chrono::hours(1), later}) {
    const auto told = verify_asking(now, fell);
    EXPECT_EQ(told.at("valid"), false);
    expect_no_stamp(told);
    EXPECT_EQ(told.at("signers").at(0).at("certificates").at(0).at("valid"), now != later);
  }
  EXPECT_EQ(verify_asking(later, revoked(test_now + year, revocation::reason::superseded)).at("valid"), true);
}

TEST_F(ProvenTime, C06_IsNotProvenByAnAuthorityOfWhichNothingIsKnown) {
  stamp(test_now);
  const problem silence(problems::revocation_unavailable, "nobody answers");
  const auto archived = verify_asking(test_now + 16 * year, silence);
  EXPECT_EQ(archived.at("valid"), false);
  expect_no_stamp(archived);
  const auto current = verify_asking(test_now + std::chrono::hours(1), silence);
  EXPECT_EQ(current.at("valid"), true) << "it holds without its stamp";
  expect_no_stamp(current);
}

}  // namespace
}  // namespace shep::ncanode
