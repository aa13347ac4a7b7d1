#include "ncanode/java_name.hpp"

#include "ncanode/certificate_info.hpp"
#include "tests/support/pki.hpp"

#include <gtest/gtest.h>

namespace shep::ncanode {
namespace {

crypto::name_part part(std::string_view type, std::string text) {
  crypto::name_part p;
  p.type = type;
  p.readable = true;
  p.text = std::move(text);
  return p;
}

TEST(JavaName, IsWrittenFromTheLastToTheFirst) {
  const crypto::distinguished_name name{{part("2.5.4.3", "ТЕСТОВ ТЕСТ")},     {part("2.5.4.4", "ТЕСТОВ")},
                                        {part("2.5.4.5", "IIN850315090015")}, {part("2.5.4.6", "KZ")},
                                        {part("2.5.4.42", "ТЕСТОВИЧ")},       {part("1.2.840.113549.1.9.1", "a@b.example")}};
  EXPECT_EQ(java_name(name),
            "EMAILADDRESS=a@b.example, GIVENNAME=ТЕСТОВИЧ, C=KZ, SERIALNUMBER=IIN850315090015, SURNAME=ТЕСТОВ, CN=ТЕСТОВ ТЕСТ");
}

TEST(JavaName, QuotesWhatCouldBeTakenForMore) {
  EXPECT_EQ(java_name({{part("2.5.4.10", "ТОО \"РОГА\", \\")}}), "O=\"ТОО \\\"РОГА\\\", \\\\\"");
  EXPECT_EQ(java_name({{part("2.5.4.10", " x")}}), "O=\" x\"");
  EXPECT_EQ(java_name({{part("2.5.4.10", "a  b")}}), "O=\"a  b\"");
  EXPECT_EQ(java_name({{part("2.5.4.10", "a"), part("2.5.4.11", "b")}}), "O=a + OU=b");
  EXPECT_EQ(java_name({{part("1.2.3", "x")}}), "OID.1.2.3=x");
  EXPECT_EQ(java_name({}), "");
}

TEST(JavaName, ShowsWhatIsNoTextInHex) {
  crypto::name_part p;
  p.type = "2.5.4.3";
  p.der = "\x14\x01x";
  EXPECT_EQ(java_name({{p}}), "CN=#140178");
}

TEST(CertificateInfo, WritesDatesAsJacksonDoes) { EXPECT_EQ(java_date(test::test_now), "2030-01-02T03:04:05.000+00:00"); }

TEST(CertificateInfo, NamesAlgorithmsAsNcanodeDoes) {
  EXPECT_EQ(signature_name("1.2.398.3.10.1.1.2.3.2"), "ECGOST3410-2015-512");
  EXPECT_EQ(signature_name("1.2.398.3.10.1.1.1.2"), "ECGOST34310");
  EXPECT_EQ(signature_name("1.2.840.113549.1.1.11"), "SHA256WithRSAEncryption");
  EXPECT_EQ(signature_name("1.2.3"), "1.2.3");
}

TEST(CertificateInfo, FillsTheSubjectAsClientsExpect) {
  crypto::certificate_request r;
  r.common_name = "TEST ТЕСТОВ ТЕСТ";
  r.surname = "ТЕСТОВ";
  r.given_name = "ТЕСТОВИЧ";
  r.organization = "TEST \"РОГА\"";
  r.iin = "850315350019";
  r.bin = "200190990041";
  r.extended_key_usage = {"1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1", "1.2.398.3.3.4.1.2.6"};
  r.not_before = test::test_now - test::test_now.time_since_epoch() % std::chrono::seconds(1);
  r.not_after = r.not_before + std::chrono::hours(24);
  const auto& key = test::rsa_key(test::key_name::signer);
  const auto c = crypto::issue(r, key.public_key(), &test::test_root(), key).value();
  const crypto::trust_store trust({{test::test_root().certificate}, {}, {}});
  const auto info = certificate_info(judge_certificate(c, trust, test::test_now));
  const auto& subject = info.at("subject").as_object();
  EXPECT_EQ(subject.at("surName"), "ТЕСТОВ");
  EXPECT_EQ(subject.at("lastName"), "ТЕСТОВИЧ");
  EXPECT_EQ(subject.at("gender"), "MALE");
  EXPECT_EQ(subject.at("bin"), "200190990041");
  EXPECT_FALSE(subject.contains("locality"));
  EXPECT_EQ(info.at("keyUser"), (boost::json::array{"ORGANIZATION", "CEO"}));
  EXPECT_EQ(info.at("valid"), true);
}

}  // namespace
}  // namespace shep::ncanode
