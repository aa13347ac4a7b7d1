#include "unit/cms/world.hpp"
#include "unit/crypto/oracle.hpp"

/// The openssl command as a second opinion, both ways: `openssl cms` and `openssl ts`.
namespace shep::cms {
namespace {

using crypto::oracle::workbench;

std::string pem_key(const crypto::private_key& key) {
  std::string base64 = to_base64(key.pkcs8());
  for (std::size_t at = 64; at < base64.size(); at += 65) base64.insert(at, "\n");
  return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
}

class OpensslCms : public testing::Test {
 protected:
  void SetUp() override {
    SHEP_NEEDS_OPENSSL_COMMAND();
    bench_.put("root.pem", test_root().certificate.pem());
    bench_.put("signer.pem", signer().certificate.pem());
    bench_.put("signer.key", pem_key(signer().key));
    bench_.put("second.pem", second().certificate.pem());
    bench_.put("second.key", pem_key(second().key));
    bench_.put("content", content);
  }
  static const crypto::identity& second() {
    static const crypto::identity who = make_identity({.common_name = "TEST SECOND", .key = key_name::other});
    return who;
  }
  static constexpr const char* moment = " -attime 1893553445 ";

  bool openssl_believes(const std::string& cms, const std::string& options = "") {
    bench_.put("in", cms);
    return bench_.openssl("cms -verify -binary -inform DER -in in -CAfile root.pem -out opened" + std::string(moment) + options);
  }
  std::string signed_by_openssl(const std::string& options) {
    EXPECT_TRUE(bench_.openssl("cms -sign -binary -outform DER -in content -out out -signer signer.pem -inkey signer.key " + options))
        << bench_.get("output");
    return bench_.get("out");
  }

  workbench bench_;
};

TEST_F(OpensslCms, BelievesWhatWeSign) {
  for (const bool key_identifier : {false, true})
    for (const bool detached : {false, true})
      for (const bool ess : {false, true}) {
        signing how = ordinary();
        how.detached = detached;
        how.key_identifier = key_identifier;
        how.signing_certificate = ess;
        const std::string cms = sign(content, {signer(), second()}, how).value();
        const std::string options = detached ? " -content content " : "";
        EXPECT_TRUE(openssl_believes(cms, options + (ess ? "-cades" : ""))) << bench_.get("output");
        EXPECT_EQ(bench_.get("opened"), content);
        if (detached) {
          bench_.put("other", content + " ");
          EXPECT_FALSE(openssl_believes(cms, " -content other ")) << "the oracle must be able to refuse";
        }
      }
  const std::string added = add_signer(signed_by(signer()), std::nullopt, second(), ordinary()).value();
  EXPECT_TRUE(openssl_believes(added)) << bench_.get("output");
  bench_.put("in", to_pem(added));
  EXPECT_TRUE(bench_.openssl("cms -verify -binary -inform PEM -in in -CAfile root.pem -out opened" + std::string(moment)));
}

TEST_F(OpensslCms, BelievesWhatWeStamped) {
  const std::string cms = stamped(signed_by(signer()), token_at(test_now));
  EXPECT_TRUE(openssl_believes(cms)) << bench_.get("output");
  EXPECT_TRUE(bench_.openssl("cms -cmsout -print -noout -inform DER -in in"));
  EXPECT_NE(bench_.get("output").find("id-smime-aa-timeStampToken"), std::string::npos);
}

TEST_F(OpensslCms, ReadsOurGostSignaturesAsTheSpecificationHasThem) {
  const std::pair<key_kind, std::string> schemes[] = {{key_kind::gost2015_512, "1.2.398.3.10.1.1.2.3.2"},
                                                      {key_kind::gost2004, "1.2.398.3.10.1.1.1.2"}};
  for (const auto& [kind, scheme] : schemes) {
    signing how = ordinary();
    for (const bool old_form : {false, true}) {
      how.key_oid_as_algorithm = old_form;
      bench_.put("in", signed_by(signer_of(kind), how));
      ASSERT_TRUE(bench_.openssl("cms -cmsout -print -noout -inform DER -in in")) << bench_.get("output");
      const std::string said = bench_.get("output");
      const std::string wanted = old_form ? std::string(crypto::key_oid_of(kind)) : scheme;
      const std::size_t at = said.find("signatureAlgorithm:", said.find("signerInfos:"));
      ASSERT_NE(at, std::string::npos) << said;
      EXPECT_NE(said.find("(" + wanted + ")", at), std::string::npos) << said.substr(at, 200);
      EXPECT_NE(said.find("id-smime-aa-signingCertificateV2"), std::string::npos);
      EXPECT_NE(said.find("UTCTIME:Jan  2 03:04:05 2030 GMT"), std::string::npos);
    }
  }
}

TEST_F(OpensslCms, SignsWhatWeBelieve) {
  for (const std::string options : {"-nodetach", "-nodetach -keyid", "-nodetach -noattr", "-nodetach -nosmimecap", "-nodetach -cades",
                                    "-nodetach -stream", "-nodetach -stream -keyid", "-nodetach -md sha512", "-nodetach -indef",
                                    "-nodetach -certfile root.pem", "-nodetach -signer second.pem -inkey second.key"}) {
    const verification v = judged(signed_by_openssl(options));
    EXPECT_TRUE(v.passed) << options << "\n" << eds::to_text(v.report);
    EXPECT_EQ(v.content, content) << options;
    EXPECT_EQ(v.signers.size(), options.find("second") == std::string::npos ? 1U : 2U);
    const std::string changed = content + "!";
    EXPECT_FALSE(judged(signed_by_openssl(options), changed).passed);
  }
  for (const std::string options : {"", "-keyid", "-noattr", "-stream", "-cades"}) {
    const std::string cms = signed_by_openssl(options);
    const verification v = judged(cms, content);
    EXPECT_TRUE(v.passed) << options << "\n" << eds::to_text(v.report);
    EXPECT_FALSE(judged(cms, content + "!").passed);
  }
  EXPECT_FALSE(judged(signed_by_openssl("-nodetach -md sha384")).passed) << "no scheme of ours";
  EXPECT_FALSE(judged(signed_by_openssl("-nodetach -keyopt rsa_padding_mode:pss")).passed) << "no scheme of ours";
  const verification bare = verify(signed_by_openssl("-nodetach -nocerts"), std::nullopt, trust(), {}, test_now);
  EXPECT_TRUE(bare.passed) << eds::to_text(bare.report);
}

TEST_F(OpensslCms, C12_StreamedContentComesInPieces) {
  bench_.put("content", std::string(100'000, 'x'));
  const std::string cms = signed_by_openssl("-nodetach -stream");
  ASSERT_EQ(cms.substr(0, 2), "\x30\x80") << "openssl streams BER";
  const verification v = judged(cms);
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.content, std::string(100'000, 'x'));
}

TEST_F(OpensslCms, ASignerAddedToItsSignatureIsBelievedByBoth) {
  for (const std::string options : {"-nodetach", "-nodetach -stream"}) {
    const std::string cms = add_signer(signed_by_openssl(options), std::nullopt, second(), ordinary()).value();
    EXPECT_TRUE(judged(cms).passed);
    EXPECT_TRUE(openssl_believes(cms)) << bench_.get("output");
  }
}

class OpensslTs : public OpensslCms {
 protected:
  void SetUp() override {
    OpensslCms::SetUp();
    if (IsSkipped()) return;
    bench_.put("tsa.pem", authority().certificate.pem());
    bench_.put("tsa.key", pem_key(authority().key));
    bench_.put("tsa.cnf",
               "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\nsigner_key=tsa.key\n"
               "signer_digest=sha256\ndefault_policy=1.2.398.3.3.2.6.4\nother_policies=1.2.398.3.3.2.6.1\ndigests=sha1,sha256,sha512\n"
               "accuracy=secs:1,millisecs:500,microsecs:100\nclock_precision_digits=3\nordering=yes\ntsa_name=yes\n"
               "ess_cert_id_chain=no\ness_cert_id_alg=sha256\n");
    bench_.put("serial", "0A");
  }
};

TEST_F(OpensslTs, BelievesTheTokensWeWrite) {
  const time_stamp_request q = request_for(content);
  bench_.put("query", write_request(q));
  EXPECT_TRUE(bench_.openssl("ts -query -in query -text")) << bench_.get("output");
  EXPECT_NE(bench_.get("output").find("Certificate required: yes"), std::string::npos) << bench_.get("output");
  token_settings s = token_at(test_now + 125ms);
  s.accuracy = 1s + 20ms + 3us;
  bench_.put("reply", write_granted(write_token(q, authority(), s).value()));
  EXPECT_TRUE(bench_.openssl("ts -verify -queryfile query -in reply -CAfile root.pem" + std::string(moment))) << bench_.get("output");
  EXPECT_TRUE(bench_.openssl("ts -verify -data content -in reply -CAfile root.pem" + std::string(moment))) << bench_.get("output");
  EXPECT_TRUE(bench_.openssl("ts -reply -in reply -text"));
  EXPECT_NE(bench_.get("output").find("03:04:05.125 2030"), std::string::npos) << bench_.get("output");
  EXPECT_NE(bench_.get("output").find("0x01 seconds, 0x14 millis, 0x03 micros"), std::string::npos) << bench_.get("output");

  for (const token_fault fault :
       {token_fault::wrong_imprint, token_fault::wrong_nonce, token_fault::wrong_signature, token_fault::wrong_signer}) {
    s.fault = fault;
    s.other_key = rsa_key(key_name::signer);
    bench_.put("reply", write_granted(write_token(q, authority(), s).value()));
    EXPECT_FALSE(bench_.openssl("ts -verify -queryfile query -in reply -CAfile root.pem" + std::string(moment)));
  }
  bench_.put("reply", write_rejection(time_stamp_failure::unaccepted_policy, "not here"));
  EXPECT_TRUE(bench_.openssl("ts -reply -in reply -text"));
  EXPECT_NE(bench_.get("output").find("Rejected"), std::string::npos) << bench_.get("output");
  EXPECT_NE(bench_.get("output").find("not here"), std::string::npos) << bench_.get("output");
}

TEST_F(OpensslTs, AsksWhatWeRead) {
  ASSERT_TRUE(bench_.openssl("ts -query -data content -sha256 -cert -tspolicy 1.2.398.3.3.2.6.1 -out query")) << bench_.get("output");
  const auto q = read_request(bench_.get("query")).value();
  EXPECT_EQ(q.imprint, crypto::digest(crypto::digest_algorithm::sha256, content));
  EXPECT_EQ(q.policy, tsa_policy_gost2004);
  EXPECT_FALSE(q.nonce.empty());
  EXPECT_TRUE(q.certificates);
  bench_.put("reply", write_granted(write_token(q, authority(), token_at(test_now)).value()));
  EXPECT_TRUE(bench_.openssl("ts -verify -queryfile query -in reply -CAfile root.pem" + std::string(moment))) << bench_.get("output");
}

TEST_F(OpensslTs, AnswersWhatWeBelieve) {
  // openssl stamps with the machine's time, so the authority of this test is valid then too, and judged then.
  const time_point now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  identity_options o = authority_options();
  crypto::certificate_request r;
  r.common_name = "TEST ROOT OF ALL TIMES";
  r.is_ca = true;
  r.not_before = o.not_before = time_point{};
  r.not_after = o.not_after = test_now + 24h * 3650;
  const auto& key = rsa_key(key_name::root);
  const crypto::issuer root{crypto::issue(r, key.public_key(), nullptr, key).value(), key};
  o.by = &root;
  const crypto::identity always = identity_of(o);
  bench_.put("tsa.pem", always.certificate.pem());
  const crypto::trust_store store({{root.certificate}, {}, {}});
  for (const auto digest : {crypto::digest_algorithm::sha1, crypto::digest_algorithm::sha256, crypto::digest_algorithm::sha512}) {
    time_stamp_request q = request_for(content, digest);
    q.policy = tsa_policy_gost2004;
    bench_.put("query", write_request(q));
    ASSERT_TRUE(bench_.openssl("ts -reply -config tsa.cnf -queryfile query -out reply")) << bench_.get("output");
    const auto got = verify_response(bench_.get("reply"), q, store, {}, now + 60s);
    ASSERT_TRUE(got) << describe(got.error());
    EXPECT_EQ(got->says.policy, tsa_policy_gost2004);
    EXPECT_EQ(got->says.accuracy, 1s + 500ms + 100us);
    EXPECT_EQ(got->says.weaknesses.empty(), digest != crypto::digest_algorithm::sha1);
    EXPECT_GT(got->says.gen_time, now - 600s);
    EXPECT_FALSE(verify_token(got->token, content + " ", store, {}, now + 60s));
  }
  time_stamp_request unlisted = request_for(content);
  unlisted.policy = "1.2.3.4";
  bench_.put("query", write_request(unlisted));
  static_cast<void>(bench_.openssl("ts -reply -config tsa.cnf -queryfile query -out reply"));
  const auto refused = read_response(bench_.get("reply"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, problems::time_stamp_refused);
  EXPECT_NE(refused.error().detail.find("unacceptedPolicy"), std::string::npos) << refused.error().detail;
}

}  // namespace
}  // namespace shep::cms
