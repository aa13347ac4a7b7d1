// The openssl command as a second opinion: it accepts what we write, and we read what it writes. It looks at the real clock, so these
// lists and answers are made for now.
#include "core/clock.hpp"
#include "revocation/ocsp_parts.hpp"
#include "unit/crypto/oracle.hpp"
#include "unit/revocation/support.hpp"

namespace shep::revocation {
namespace {

using namespace test;
using crypto::oracle::workbench;

struct Openssl : ::testing::Test {
  void SetUp() override {
    if (!workbench::available()) GTEST_SKIP() << "skipped: no openssl command";
    bench.put("ca.pem", authority().certificate.pem());
    bench.put("leaf.pem", leaf().pem());
    bench.put("revoked.pem", leaf("\x0B").pem());
    bench.put("responder.pem", responder().certificate.pem());
  }
  void keys() {
    bench.put("ca.der", authority().key.pkcs8());
    bench.put("responder.der", responder().key.pkcs8());
  }
  std::string output() const { return bench.get("output"); }
  bool says(const std::string& sentence) const { return output().find(sentence) != std::string::npos; }
  workbench bench;
  const time_point now = std::chrono::floor<std::chrono::seconds>(shep::system_clock().now());
};

TEST_F(Openssl, C07_ItReadsAndVerifiesOurLists) {
  crl_content c = content(now);
  c.covers = crl::scope::users;
  c.entries.push_back({"\x0C", now - 2h, reason::certificate_hold, now - 3h});
  bench.put("list.crl", write_crl(c, authority()).value());
  ASSERT_TRUE(bench.openssl("crl -inform DER -in list.crl -CAfile ca.pem -noout -text")) << output();
  EXPECT_TRUE(says("verify OK")) << output();
  EXPECT_TRUE(says("Key Compromise") && says("Certificate Hold") && says("Only User Certificates")) << output();
  EXPECT_TRUE(says("X509v3 CRL Number")) << output();
  ASSERT_TRUE(bench.openssl("crl -inform DER -in list.crl -out list.pem"));
  EXPECT_TRUE(bench.openssl("verify -CAfile ca.pem -crl_check -CRLfile list.pem leaf.pem")) << output();
  EXPECT_FALSE(bench.openssl("verify -CAfile ca.pem -crl_check -CRLfile list.pem revoked.pem"));
  EXPECT_TRUE(says("certificate revoked")) << output();
  bench.put("forged.crl", write_crl(c, {impostor().key, authority().certificate, {}}).value());
  bench.openssl("crl -inform DER -in forged.crl -CAfile ca.pem -noout");
  EXPECT_TRUE(says("verify failure")) << output();
}

TEST_F(Openssl, C07_ItCombinesOurDeltaWithOurCompleteList) {
  crl_content complete = content(now);
  complete.more_extensions = write_extension(
      "2.5.29.46", false,
      crypto::asn1::write(
          0x30, crypto::asn1::write(0x30, crypto::asn1::write(0xA0, crypto::asn1::write(0xA0, crypto::asn1::write(0x86, "http://x/"))))));
  crl_content delta = content(now);
  delta.number = 8;
  delta.base_number = 7;
  delta.entries = {{"\x0A", now - 1h, reason::superseded}};
  for (const auto& [name, c] : {std::pair{"complete", complete}, std::pair{"delta", delta}}) {
    bench.put(std::string(name) + ".crl", write_crl(c, authority()).value());
    ASSERT_TRUE(bench.openssl("crl -inform DER -in " + std::string(name) + ".crl -out " + name + ".pem")) << output();
  }
  EXPECT_TRUE(bench.openssl("verify -CAfile ca.pem -crl_check -CRLfile complete.pem leaf.pem")) << output();
  bench.openssl("verify -CAfile ca.pem -crl_check -use_deltas -extended_crl -CRLfile complete.pem -CRLfile delta.pem leaf.pem");
  EXPECT_TRUE(says("certificate revoked")) << output();
}

TEST_F(Openssl, C07_WeReadTheListsThatItWrites) {
  keys();
  ASSERT_TRUE(bench.openssl("pkey -inform DER -in ca.der -out ca.key")) << output();
  bench.put("index.txt",
            "R\t490101000000Z\t200601000000Z,keyCompromise\t0B\tunknown\t/CN=b\n"
            "R\t490101000000Z\t200602000000Z,holdInstruction,holdInstructionReject\t0C\tunknown\t/CN=c\n"
            "V\t490101000000Z\t\t0D\tunknown\t/CN=d\n");
  bench.put("number", "2A\n");
  bench.put("ca.cnf",
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ncrl_extensions=e\n[e]\n"
            "authorityKeyIdentifier=keyid:always\nissuingDistributionPoint=critical,@i\n[i]\nonlyuser=TRUE\n"
            "fullname=URI:http://crl.example/a.crl\n");
  ASSERT_TRUE(bench.openssl("ca -config ca.cnf -gencrl -cert ca.pem -keyfile ca.key -crldays 2 -out list.pem")) << output();
  ASSERT_TRUE(bench.openssl("crl -in list.pem -outform DER -out list.crl")) << output();
  const auto list = read(bench.get("list.crl"));
  ASSERT_TRUE(list) << describe(list.error());
  EXPECT_TRUE(list->signed_by(authority().certificate));
  EXPECT_EQ(list->info().number, "\x2A");
  EXPECT_EQ(list->info().covers, crl::scope::users);
  EXPECT_EQ(list->info().distribution_points, std::vector<std::string>{"http://crl.example/a.crl"});
  ASSERT_TRUE(list->find("\x0B"));
  EXPECT_EQ(list->find("\x0B")->why, reason::key_compromise);
  EXPECT_EQ(list->find("\x0C")->why, reason::certificate_hold);
  EXPECT_FALSE(list->find("\x0D"));
}

std::string ask_openssl(const std::string& more) { return "ocsp -issuer ca.pem -CAfile ca.pem " + more; }

ocsp::response_content good_answer(time_point now, const std::string& serial, state what = state::good) {
  ocsp::response_content c;
  ocsp::response_content::answer a;
  a.id = ocsp::id_of(leaf(serial), authority().certificate, crypto::digest_algorithm::sha256);
  a.what = what;
  a.this_update = now - 1min;
  a.next_update = now + 1h;
  if (what == state::revoked) a.revoked_at = now - 48h;
  c.answers = {a};
  c.produced_at = now - 1min;
  return c;
}

TEST_F(Openssl, C08_ItAcceptsOurAnswers) {
  for (const bool by_key : {false, true}) {
    for (const auto* by : {&responder(), &authority()}) {
      ocsp::response_content c = good_answer(now, "\x0A");
      c.responder_by_key = by_key;
      bench.put("answer", ocsp::write_response(c, *by).value());
      ASSERT_TRUE(bench.openssl(ask_openssl("-sha256 -cert leaf.pem -respin answer -no_nonce"))) << output();
      EXPECT_TRUE(says("Response verify OK") && says("leaf.pem: good")) << output();
    }
  }
  ocsp::response_content c = good_answer(now, "\x0B", state::revoked);
  c.answers[0].why = reason::key_compromise;
  bench.put("answer", ocsp::write_response(c, responder()).value());
  bench.openssl(ask_openssl("-sha256 -cert revoked.pem -respin answer -no_nonce"));
  EXPECT_TRUE(says("Response verify OK") && says("revoked.pem: revoked") && says("keyCompromise")) << output();
  c.with_certificates = false;
  bench.put("answer", ocsp::write_response(c, responder()).value());
  bench.openssl(ask_openssl("-sha256 -cert revoked.pem -respin answer -no_nonce -VAfile responder.pem"));
  EXPECT_TRUE(says("Response verify OK")) << output();
  c = {};
  c.status = ocsp::response_status::try_later;
  bench.put("answer", ocsp::write_response(c, responder()).value());
  bench.openssl(ask_openssl("-sha256 -cert leaf.pem -respin answer -no_nonce"));
  EXPECT_TRUE(says("trylater")) << output();
}

TEST_F(Openssl, C08_ItRefusesWhatWeRefuse) {
  const crypto::identity no_purpose = make_responder([](auto& r) { r.extended_key_usage.clear(); });
  const crypto::identity wrong_key{stranger().key, responder().certificate, {}};
  for (const auto* by : {&no_purpose, &wrong_key}) {
    const std::string answer = ocsp::write_response(good_answer(now, "\x0A"), *by).value();
    bench.put("answer", answer);
    bench.openssl(ask_openssl("-sha256 -cert leaf.pem -respin answer -no_nonce"));
    EXPECT_TRUE(says("Response Verify Failure")) << output();
    EXPECT_FALSE(ocsp::read_response(answer, leaf(), authority().certificate, {}, now));
  }
}

TEST_F(Openssl, C08_ItAnswersOurRequestsAndWeReadItsAnswers) {
  keys();
  ASSERT_TRUE(bench.openssl("pkey -inform DER -in responder.der -out responder.key")) << output();
  bench.put("index.txt", "V\t490101000000Z\t\t0A\tunknown\t/CN=a\nR\t490101000000Z\t200601000000Z,keyCompromise\t0B\tunknown\t/CN=b\n");
  const std::string nonce = "0123456789abcdef";
  for (const auto d : {crypto::digest_algorithm::sha1, crypto::digest_algorithm::sha256}) {
    for (const auto& [serial, expected] :
         {std::pair{"\x0A", state::good}, std::pair{"\x0B", state::revoked}, std::pair{"\x0D", state::unknown}}) {
      const crypto::certificate cert = leaf(serial);
      bench.put("request", ocsp::make_request(cert, authority().certificate, d, nonce));
      ASSERT_TRUE(
          bench.openssl("ocsp -index index.txt -CA ca.pem -rsigner responder.pem -rkey responder.key -reqin request -respout answer "
                        "-ndays 1"))
          << output();
      ocsp::response_rules strict;
      strict.nonce_required = true;
      const auto found = ocsp::read_response(bench.get("answer"), cert, authority().certificate, nonce, shep::system_clock().now(), strict);
      ASSERT_TRUE(found) << describe(found.error());
      EXPECT_EQ(found->what, expected);
      if (expected == state::revoked) {
        EXPECT_EQ(found->why, reason::key_compromise);
      }
      SHEP_EXPECT_PROBLEM(ocsp::read_response(bench.get("answer"), cert, authority().certificate, "another nonce", now, strict),
                          problems::ocsp_nonce);
    }
  }
}

TEST_F(Openssl, C08_WeReadTheRequestsThatItWrites) {
  ASSERT_TRUE(bench.openssl("ocsp -sha256 -issuer ca.pem -cert leaf.pem -cert revoked.pem -reqout request")) << output();
  const auto request = ocsp::read_request(bench.get("request"));
  ASSERT_TRUE(request) << describe(request.error());
  ASSERT_EQ(request->ids.size(), 2U);
  EXPECT_EQ(request->ids[0], ocsp::id_of(leaf(), authority().certificate, crypto::digest_algorithm::sha256));
  EXPECT_EQ(request->ids[1], ocsp::id_of(leaf("\x0B"), authority().certificate, crypto::digest_algorithm::sha256));
  EXPECT_EQ(request->nonce.size(), 16U);
  bench.put("ours", ocsp::make_request(leaf(), authority().certificate, crypto::digest_algorithm::sha1, "0123456789abcdef"));
  ASSERT_TRUE(bench.openssl("ocsp -reqin ours -req_text")) << output();
  EXPECT_TRUE(says("Hash Algorithm: sha1") && says("Serial Number: 0A") && says("OCSP Nonce")) << output();
}

}  // namespace
}  // namespace shep::revocation
