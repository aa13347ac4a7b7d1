#include "unit/eds/abuse.hpp"

#include <set>

namespace shep::eds {
namespace {

using namespace test;

TEST(Abuse, S42_KeysWithoutACertificateAreRefused) {
  const std::string spki = to_base64(signer().key.public_key().spki());
  for (const std::string& inside :
       {std::string(
            "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"),
        "<k:DEREncodedKeyValue xmlns:k=\"http://www.w3.org/2009/xmldsig11#\">" + spki + "</k:DEREncodedKeyValue>",
        std::string("<ds:KeyName>signer</ds:KeyName>"),
        "<ds:X509Data><ds:X509SKI>" + to_base64(signer().certificate.info().subject_key_id) + "</ds:X509SKI></ds:X509Data>",
        "<ds:X509Data><ds:X509SubjectName>" + signer().certificate.info().subject + "</ds:X509SubjectName></ds:X509Data>"}) {
    expect_refused(check(with_key_info(key_info(inside)).text()), s::sig_constraints_failure, constraints);
    EXPECT_FALSE(check(with_key_info(token_reference(inside)).text()).passed());
  }
}

TEST(Abuse, S42_BareKeyBesideACertificateIsNeverUsed) {
  const std::string evil_key = "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + to_base64(std::string(256, 'x')) +
                               "</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>";
  const std::string genuine = x509_certificate(signer().certificate);
  for (const std::string& inside : {evil_key + genuine, genuine + evil_key, "<ds:KeyName>anybody</ds:KeyName>" + genuine}) {
    expect_passed(check(with_key_info(key_info(inside)).text()));
    // Signed by a stranger whose key stands beside: only the certificate counts.
    const auto stranger = make_identity({.key = key_name::other, .by = &foreign_root()});
    expect_refused(check(with_key_info(key_info(inside)).text({.who = &stranger, .find = {}})), s::sig_crypto_failure,
                   problems::signature_crypto_failure);
  }
}

TEST(Abuse, S42_SignatureWithoutKeyInfoIsUndecided) {
  expect_refused(check(with_key_info("").text()), s::no_signing_certificate_found, problems::signing_certificate_missing);
}

TEST(Abuse, S42_SelfSignedOrForeignCertificateIsNotBelieved) {
  const auto& key = rsa_key(key_name::other);
  crypto::certificate_request r;
  r.common_name = "TEST SIGNER";
  r.not_before = test_now - 24h;
  r.not_after = test_now + 24h;
  const crypto::identity self{key, crypto::issue(r, key.public_key(), nullptr, key).value(), {}};
  const crypto::identity foreign = make_identity({.key = key_name::other, .by = &foreign_root()});
  for (const crypto::identity& who : {self, foreign}) {
    const auto c = check(with_key_info(key_identifier(who.certificate)).text({.who = &who, .find = {}}));
    expect_refused(c, s::no_certificate_chain_found, problems::signing_certificate_invalid);
    EXPECT_EQ(c.v.report.verdict, indication::indeterminate);
  }
}

TEST(Abuse, S42_KnownCertificatesAreNotTrustedByBeingKnown) {
  const auto foreign = make_identity({.key = key_name::other, .by = &foreign_root()});
  const crypto::trust_store store({{test_root().certificate}, {}, {foreign.certificate}});
  const auto c = check(with_key_info(issuer_serial(foreign.certificate)).text({.who = &foreign, .find = {}}), store);
  expect_refused(c, s::no_certificate_chain_found, problems::signing_certificate_invalid);
}

TEST(Abuse, S43_TheSignerIsFoundAmongTheCertificatesOfItsChain) {
  const std::string leaf = to_base64(signer().certificate.der()), root = to_base64(test_root().certificate.der());
  const auto data = [](const std::vector<std::string>& list) {
    std::string out = "<ds:X509Data>";
    for (const std::string& c : list) out += "<ds:X509Certificate>" + c + "</ds:X509Certificate>";
    return key_info(out + "</ds:X509Data>");
  };
  expect_passed(check(with_key_info(data({leaf})).text()));
  for (const auto& list : {std::vector<std::string>{leaf, root}, {root, leaf}, {leaf, leaf}, std::vector<std::string>(8, leaf)})
    expect_passed(check(with_key_info(data(list)).text()));
  const std::string other = to_base64(make_identity({.common_name = "TEST OTHER", .key = key_name::other}).certificate.der());
  expect_refused(check(with_key_info(data({other, leaf})).text()), s::sig_crypto_failure, problems::signature_crypto_failure);
  for (const std::size_t many : {9U, 100U})
    expect_refused(check(with_key_info(data(std::vector<std::string>(many, leaf))).text()), s::sig_constraints_failure, constraints);
  expect_refused(check(with_key_info(key_info(x509_certificate(signer().certificate) + x509_certificate(signer().certificate))).text()),
                 s::sig_constraints_failure, constraints);
}

TEST(Abuse, S43_CertificateThatIsNoneIsRefused) {
  const auto with_certificate = [](const std::string& octets) {
    return with_key_info(key_info("<ds:X509Data><ds:X509Certificate>" + to_base64(octets) + "</ds:X509Certificate></ds:X509Data>")).text();
  };
  const std::string der = signer().certificate.der();
  for (const std::string& octets : {std::string("not a certificate"), der.substr(0, der.size() - 1), der + "x", der.substr(0, 40)})
    expect_refused(check(with_certificate(octets)), s::format_failure, format);
  expect_refused(check(with_certificate(std::string(1 << 20, '\0'))), s::sig_constraints_failure, constraints, "16 KiB");
  message_a m;
  m.beside = replaced(binary_token(signer().certificate), "#X509v3", "#X509PKIPathv1");
  m.signature.key_info = token_uri();
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "PKIPath");
  m.beside = replaced(binary_token(signer().certificate), "#X509v3", "#PKCS7");
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "PKCS7");
}

TEST(Abuse, S43_CertificateThatDidNotSignFailsTheSignature) {
  const auto other = make_identity({.common_name = "TEST OTHER", .key = key_name::other});
  expect_refused(check(with_key_info(key_identifier(other.certificate)).text()), s::sig_crypto_failure, problems::signature_crypto_failure,
                 "TEST OTHER");
}

TEST(Abuse, S43_KeyIdentifierOfAnotherTypeIsRefused) {
  const std::string good = message_a().unfinished();
  expect_refused(check(signed_by_hand(replaced(good, "#X509v3\"", "#X509SubjectKeyIdentifier\""))), s::sig_constraints_failure,
                 constraints);
  expect_refused(check(signed_by_hand(replaced(good, "#Base64Binary", "#HexBinary"))), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S44_SignatureOfAnotherLengthThanTheModulusIsRefused) {
  const std::string good = message_a().text();
  const std::size_t open = good.find("<ds:SignatureValue>") + 19, end = good.find("</ds:SignatureValue>");
  const std::string value = from_base64(good.substr(open, end - open)).value();
  for (const std::string& bent : {value + std::string(1, '\0'), std::string(1, '\0') + value, value.substr(1), value.substr(0, 255),
                                  std::string(256, '\0'), std::string(256, '\xff'), value + value, std::string("x")})
    expect_refused(check(good.substr(0, open) + to_base64(bent) + good.substr(end)), s::sig_crypto_failure,
                   problems::signature_crypto_failure);
}

TEST(Abuse, S46_WireNeverSaysMoreThanTheCode) {
  for (const problem_code* code :
       {&problems::hash_failure, &problems::signature_crypto_failure, &problems::signed_data_not_found, &problems::signature_format,
        &problems::signature_constraints, &problems::signing_certificate_missing, &problems::signing_certificate_invalid})
    EXPECT_EQ(code->shown, exposure::code_only) << code->name;
}

TEST(Abuse, S46_EverythingWrongIsListedNotTheFirst) {
  const auto expired = make_identity({.common_name = "TEST EXPIRED", .not_before = test_now - 48h, .not_after = test_now - 24h});
  message_a m;
  m.signature.key_info = key_identifier(expired.certificate);
  std::string text = replaced(m.text(), "DEMO_SERVICE", "EVIL_SERVICE");
  const std::size_t at = text.find("<ds:SignatureValue>") + 19;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  const auto c = check(text);
  std::set<std::string> codes;
  for (const finding& f : c.v.report.findings) codes.insert(f.code);
  EXPECT_EQ(codes, (std::set<std::string>{"eds.hash_failure", "eds.signature_crypto_failure", "eds.signing_certificate_invalid"}))
      << c.told();
  EXPECT_EQ(name_of(c.v.report.reason), "HASH_FAILURE");
}

}  // namespace
}  // namespace shep::eds
