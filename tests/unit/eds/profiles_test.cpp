#include "unit/eds/checked.hpp"

#include <regex>

namespace shep::eds {
namespace {

using namespace test;

class ProducedProfiles : public testing::TestWithParam<transport_profile> {};
INSTANTIATE_TEST_SUITE_P(Both, ProducedProfiles, testing::Values(transport_profile::key_identifier, transport_profile::issuer_serial),
                         [](const auto& row) { return row.param == transport_profile::key_identifier ? "A" : "B"; });

TEST_P(ProducedProfiles, VerifyAndNameTheSigner) {
  const auto c = check(signed_message(unsigned_message(), GetParam()));
  expect_passed(c);
  EXPECT_EQ(c.v.message->signer()->der(), signer().certificate.der());
  ASSERT_EQ(c.v.report.signatures.size(), 1u);
  const signature_report& s = c.v.report.signatures[0];
  EXPECT_EQ(s.layer, "transport");
  EXPECT_EQ(s.profile, GetParam() == transport_profile::key_identifier ? "wsse KeyIdentifier X509v3" : "wsse X509IssuerSerial");
  EXPECT_EQ(s.algorithm, uri::rsa_sha256);
  ASSERT_EQ(s.references.size(), 1u);
  EXPECT_TRUE(s.references[0].matches);
  EXPECT_EQ(s.references[0].declared, s.references[0].computed);
  ASSERT_EQ(s.chain.size(), 1u);
  EXPECT_EQ(s.chain[0].subject, test_root().certificate.info().subject);
}

/// shep-protocol.md section 4.1: the shape that profile B shows on the wire, and section 4.2 for RSA.
TEST_P(ProducedProfiles, HaveTheShapeOfTheWire) {
  const auto d = admitted(signed_message(unsigned_message(), GetParam()));
  const xml::element header = d.root().first_child();
  ASSERT_EQ(header.children().size(), 1u);
  const xml::element sec = header.first_child();
  ASSERT_TRUE(sec.is({ns::wsse, "Security"}));
  EXPECT_EQ(sec.attribute_value({ns::soap11, "mustUnderstand"}), "1");
  EXPECT_FALSE(sec.attribute_value({ns::soap11, "actor"}));
  const xml::element signature = sec.first_child();
  ASSERT_TRUE(signature.is({ns::ds, "Signature"}));
  EXPECT_FALSE(signature.next_sibling());
  const xml::element info = signature.first_child();
  EXPECT_EQ(algorithm_in(info.child({ns::ds, "CanonicalizationMethod"})), uri::exc_c14n);
  ASSERT_EQ(info.children({ns::ds, "Reference"}).size(), 1u);
  const xml::element reference = info.child({ns::ds, "Reference"});
  EXPECT_EQ(reference.attribute_value({"", "URI"}), "#id-1");
  ASSERT_EQ(reference.child({ns::ds, "Transforms"}).children().size(), 1u);
  EXPECT_EQ(algorithm_in(reference.child({ns::ds, "Transforms"}).first_child()), uri::exc_c14n);
  const xml::element str = signature.child({ns::ds, "KeyInfo"}).first_child();
  ASSERT_TRUE(str.is({ns::wsse, "SecurityTokenReference"}));
  if (GetParam() == transport_profile::key_identifier) {
    EXPECT_EQ(xml::text_of(str.first_child()), to_base64(signer().certificate.der()));
    return;
  }
  EXPECT_TRUE(signature.attribute_value({"", "Id"})->starts_with("SIG-"));
  EXPECT_TRUE(signature.child({ns::ds, "KeyInfo"}).attribute_value({"", "Id"})->starts_with("KI-"));
  EXPECT_TRUE(str.attribute_value({ns::wsu, "Id"})->starts_with("STR-"));
  const xml::element serial = str.first_child().first_child();
  ASSERT_TRUE(serial.is({ns::ds, "X509IssuerSerial"}));
  EXPECT_EQ(xml::text_of(serial.child({ns::ds, "X509SerialNumber"})), signer().certificate.info().serial_decimal);
  EXPECT_EQ(signed_message(unsigned_message(), GetParam()).find(to_base64(signer().certificate.der())), std::string::npos)
      << "the certificate is not in the message";
}

TEST_P(ProducedProfiles, LeaveEveryOtherOctetAlone) {
  const std::string before = unsigned_message();
  const std::string after = signed_message(before, GetParam());
  const std::size_t begin = after.find("<wsse:Security"), end = after.find("</wsse:Security>") + 16;
  EXPECT_EQ(after.substr(0, begin) + after.substr(end), before);
}

TEST_P(ProducedProfiles, GiveTheBodyAnIdWhereItHasNone) {
  message_parts parts;
  parts.body_attributes = "";
  const std::string text = signed_message(parts.text(), GetParam());
  expect_passed(check(text));
  EXPECT_TRUE(std::regex_search(text, std::regex("wsu:Id=\"id-[0-9a-f]{32}\""))) << text;
}

TEST_P(ProducedProfiles, GiveTheBodyTheIdThatWasAskedFor) {
  message_parts parts;
  parts.body_attributes = "";
  const auto text = sign_message(share(parts.text()), signer(), as(GetParam(), "bodyId"), test_ids()).value();
  expect_passed(check(text));
  EXPECT_NE(text.find("URI=\"#bodyId\""), std::string::npos);
}

TEST_P(ProducedProfiles, ReplaceAnEarlierSecurityHeader) {
  const std::string once =
      signed_message(unsigned_message(), GetParam(), make_identity({.common_name = "TEST FIRST", .key = key_name::other}));
  const auto c = check(signed_message(once, GetParam()));
  expect_passed(c);
  EXPECT_EQ(c.v.message->signer()->der(), signer().certificate.der());
}

TEST_P(ProducedProfiles, SignWhateverTheEnvelopeLooksLike) {
  const std::string soap(ns::soap11);
  const std::string body = "<q:x xmlns:q=\"urn:q\" b=\"2\" a=\"1\"> &#13; &amp; <!-- c --> <![CDATA[<]]></q:x>";
  const std::string envelopes[] = {
      "<Envelope xmlns=\"" + soap + "\"><Body>" + body + "</Body></Envelope>",
      "<Envelope xmlns=\"" + soap + "\"><Header/><Body>" + body + "</Body></Envelope>",
      "<S:Envelope xmlns:S=\"" + soap + "\" xmlns:SOAP-ENV=\"" + soap + "\"><SOAP-ENV:Header/><S:Body>" + body + "</S:Body></S:Envelope>",
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<S:Envelope xmlns:S=\"" + soap + "\">\r\n  <S:Body\r\n >\r\n" + body +
          "\r\n</S:Body>\r\n</S:Envelope>\r\n",
      "<S:Envelope xmlns:S=\"" + soap + "\"><S:Body/></S:Envelope>",
      "<!-- a --><?pi?><S:Envelope xmlns:S=\"" + soap +
          "\"><!-- b --><S:Header><x xmlns=\"urn:x\"/></S:Header><!-- c --><S:Body wsu:Id='one' xmlns:wsu='" + std::string(ns::wsu) + "'>" +
          body + "</S:Body><!-- d --></S:Envelope><!-- e -->",
      "<S:Envelope xmlns:S=\"" + soap + "\"><S:Body Id=\"plain\">текст \xF0\x9F\x98\x80</S:Body></S:Envelope>"};
  for (const std::string& envelope : envelopes) {
    SCOPED_TRACE(envelope);
    expect_passed(check(signed_message(envelope, GetParam())));
  }
}

TEST_P(ProducedProfiles, BelongToTheirMessageOnly) {
  std::string text = signed_message(unsigned_message(), GetParam());
  replace_first(text, "DEMO_SERVICE", "EVIL_SERVICE");
  expect_refused(check(text), sub_indication::hash_failure, problems::hash_failure);
}

// What sign_message cannot sign so that a strict reader believes it, it refuses.
TEST(SignMessage, RefusesABodyWhoseIdProvesNothing) {
  const auto with_body = [](const std::string& attributes, const std::string& header = "") {
    message_parts parts;
    parts.body_attributes = attributes;
    parts.header = header;
    return sign_message(share(parts.text()), signer(), as(transport_profile::key_identifier), test_ids());
  };
  const std::string wsu = xmlns("wsu", ns::wsu);
  EXPECT_EQ(with_body(wsu + " wsu:Id=\"\"").error().code, problems::signing_failed);
  EXPECT_EQ(with_body(wsu + " wsu:Id=\"a b\"").error().code, problems::signing_failed);
  EXPECT_EQ(with_body(wsu + " wsu:Id=\"" + std::string(300, 'x') + "\"").error().code, problems::signing_failed);
  EXPECT_EQ(with_body(wsu + " wsu:Id=\"twice\"", "<h Id=\"twice\"/>").error().code, problems::signing_failed);
  message_parts parts;
  parts.body_attributes = "";
  for (const std::string bad : {"a b", "1'", "a#b", "x%20", "\""})
    EXPECT_EQ(sign_message(share(parts.text()), signer(), as(transport_profile::key_identifier, bad), test_ids()).error().code,
              problems::signing_failed)
        << bad;
}

TEST(SignMessage, RefusesWhatIsNoEnvelope) {
  const auto sign = [](const std::string& text) { return sign_message(share(text), signer(), {}, test_ids()); };
  EXPECT_EQ(sign("<a/>").error().code, problems::soap_structure);
  EXPECT_FALSE(sign("<a>"));
  EXPECT_FALSE(sign(""));
  EXPECT_FALSE(sign(replaced(unsigned_message(), "</soap:Body>", "</soap:Body><soap:Body/>")));
}

TEST(SignMessage, SignsAgainWhatCarriedALegacySignature) {
  message_parts parts;
  signature_parts legacy;
  legacy.references[0].uri = "";
  legacy.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::c14n_with_comments);
  legacy.key_info = key_info(x509_certificate(signer().certificate));
  parts.header = legacy.text();
  expect_passed(check(signed_message(signed_by_hand(parts.text()), transport_profile::key_identifier)));
}

TEST(ProfileC, VerifiesOverTheWholeDocument) {
  for (const std::string& transform : {std::string(uri::c14n_with_comments), std::string(uri::c14n), std::string(uri::exc_c14n)}) {
    message_parts parts;
    signature_parts s;
    s.attributes = " Id=\"ptpsign\"";
    s.c14n = method("CanonicalizationMethod", uri::c14n);
    s.references[0].uri = "";
    s.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", transform);
    s.key_info = key_info(x509_certificate(signer().certificate));
    parts.header = s.text();
    const std::string text = signed_by_hand(parts.text());
    const auto c = check(text);
    expect_passed(c);
    EXPECT_EQ(c.v.report.signatures[0].profile, "legacy header");
    expect_refused(check(replaced(text, "DEMO_SERVICE", "EVIL_SERVICE")), sub_indication::hash_failure, problems::hash_failure);
    expect_refused(check(replaced(text, "<soap:Header>", "<soap:Header><x/>")), sub_indication::hash_failure, problems::hash_failure);
  }
}

TEST(ProfileC, VerifiesOverABodyWithAnIdOfAnyFlavour) {
  for (const std::string attribute : {"Id", "id", "ID"}) {
    message_parts parts;
    parts.body_attributes = " " + attribute + "=\"body\"";
    signature_parts s;
    s.c14n = method("CanonicalizationMethod", uri::c14n);
    s.references[0].uri = "#body";
    s.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::c14n_with_comments);
    s.key_info = key_info(x509_certificate(signer().certificate));
    parts.header = s.text();
    const std::string text = signed_by_hand(parts.text());
    expect_passed(check(text));
    expect_refused(check(replaced(text, "DEMO_SERVICE", "EVIL_SERVICE")), sub_indication::hash_failure, problems::hash_failure);
  }
}

TEST(BinarySecurityToken, VerifiesByItsReference) {
  message_a m;
  m.beside = binary_token(signer().certificate);
  m.signature.key_info = token_uri();
  const auto c = check(m.text());
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures[0].profile, "wsse BinarySecurityToken");
}

TEST(BinarySecurityToken, IsRefusedWhereTheReferenceNamesSomethingElse) {
  message_a m;
  m.beside = binary_token(signer().certificate);
  m.signature.key_info = token_uri("#nobody");
  expect_refused(check(m.text()), sub_indication::no_signing_certificate_found, problems::signing_certificate_missing);
  m.signature.key_info = token_uri("#id-1");
  expect_refused(check(m.text()), sub_indication::sig_constraints_failure, problems::signature_constraints);
  m.signature.key_info = token_uri("http://127.0.0.1/cert");
  expect_refused(check(m.text()), sub_indication::sig_constraints_failure, problems::signature_constraints);
  m.signature.key_info = token_uri();
  m.beside = binary_token(signer().certificate) + binary_token(signer().certificate);
  EXPECT_FALSE(check(m.text()).passed());
  m.beside = "";
  m.message.envelope_attributes = xmlns("wsse", ns::wsse);
  m.message.header = binary_token(signer().certificate);
  expect_refused(check(m.text()), sub_indication::sig_constraints_failure, problems::signature_constraints);
}

TEST(BinarySecurityToken, S12_SwappedForAnotherCertificateOfTheSameSubjectFailsTheSignature) {
  message_a m;
  m.beside = binary_token(signer().certificate);
  m.signature.key_info = token_uri();
  const auto twin = make_identity({.key = key_name::other});
  ASSERT_EQ(twin.certificate.info().subject, signer().certificate.info().subject);
  const std::string text = replaced(m.text(), to_base64(signer().certificate.der()), to_base64(twin.certificate.der()));
  expect_refused(check(text), sub_indication::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST(BinarySecurityToken, S12_SwappedForACertificateOfTheSameKeyByAForeignAuthorityFails) {
  message_a m;
  m.beside = binary_token(signer().certificate);
  m.signature.key_info = token_uri();
  const auto twin = make_identity({.by = &foreign_root()});
  const std::string text = replaced(m.text(), to_base64(signer().certificate.der()), to_base64(twin.certificate.der()));
  expect_refused(check(text), sub_indication::no_certificate_chain_found, problems::signing_certificate_invalid);
}

TEST(Unsigned, IsRefusedWithThePlaceWhereASignatureMustStand) {
  const auto c = check(unsigned_message());
  expect_refused(c, sub_indication::no_signature_found, problems::signature_missing, "/Envelope/Header/wsse:Security");
}

/// shep-protocol.md section 4.1: the sign operation of a common tool puts the signature at the end of the Envelope.
TEST(Unsigned, SignatureAtAWrongPlaceIsToldWhereItWasFound) {
  message_a m;
  m.message.envelope_attributes = xmlns("wsse", ns::wsse);
  const std::string signed_text = m.text();
  const std::size_t begin = signed_text.find("<ds:Signature "), end = signed_text.find("</ds:Signature>") + 15;
  const std::string signature = signed_text.substr(begin, end - begin);
  const std::string stripped = signed_text.substr(0, begin) + signed_text.substr(end);
  const auto in_header_block = check(replaced(stripped, "<soap:Header>", "<soap:Header><x>" + signature + "</x>"));
  expect_refused(in_header_block, sub_indication::no_signature_found, problems::signature_missing,
                 "one was found at /soap:Envelope[1]/soap:Header[1]/x[1]");
  const auto at_the_end = check(replaced(stripped, "</soap:Envelope>", signature + "</soap:Envelope>"));
  EXPECT_FALSE(at_the_end.passed());
  EXPECT_NE(at_the_end.v.failure.detail.find("Signature"), std::string::npos) << at_the_end.v.failure.detail;
}

TEST(Unsigned, SecondDoorTakesAMessageWithoutAnySignatureOnly) {
  const auto plain = admitted(unsigned_message());
  const auto taken = accept_without_signature(plain);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->how(), verified::assurance::accepted_unsigned);
  EXPECT_FALSE(taken->signer());
  const auto with_signature = admitted(message_a().text());
  EXPECT_EQ(accept_without_signature(with_signature).error().code, problems::signature_constraints);
  message_parts hidden;
  hidden.header = "<x><y>" + signature_parts().text() + "</y></x>";
  const auto nested = admitted(hidden.text());
  EXPECT_EQ(accept_without_signature(nested).error().code, problems::signature_constraints);
}

}  // namespace
}  // namespace shep::eds
