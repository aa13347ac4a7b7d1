#include "unit/eds/abuse.hpp"

namespace shep::eds {
namespace {

using namespace test;

TEST(Abuse, UnbentMessagePasses) { expect_passed(check(message_a().text())); }

TEST(Abuse, S30_HmacIsNotKnownAtAll) {
  for (const std::string algorithm :
       {"http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"}) {
    EXPECT_FALSE(find_signature_method(algorithm));
    expect_refused(check(with_signature_method(algorithm).text()), s::sig_constraints_failure, constraints, algorithm);
    for (const std::string length : {"0", "1", "8"})
      expect_refused(check(with_signature_method(algorithm, "<ds:HMACOutputLength>" + length + "</ds:HMACOutputLength>").text()),
                     s::sig_constraints_failure, constraints);
  }
  // Nor is the length accepted beside an algorithm that we know.
  expect_refused(check(with_signature_method(std::string(uri::rsa_sha256), "<ds:HMACOutputLength>1</ds:HMACOutputLength>").text()),
                 s::sig_constraints_failure, constraints, "HMACOutputLength");
}

TEST(Abuse, S30_HmacOverTheCertificateIsRefused) {
  // The attacker needs no private key: what he "signs" with stands in the message.
  message_a m = with_signature_method("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256");
  m.signature.value = "<ds:SignatureValue>" + to_base64(crypto::digest(crypto::digest_algorithm::sha256, signer().certificate.der())) +
                      "</ds:SignatureValue>";
  m.signature.references[0].digest_value = "<ds:DigestValue>" + to_base64(std::string(32, 'x')) + "</ds:DigestValue>";
  expect_refused(check(m.unfinished()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S31_UnknownSignatureAlgorithmsAreRefusedByExactString) {
  for (const std::string algorithm :
       {"http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "http://www.w3.org/2000/09/xmldsig#dsa-sha1", "none", "", "urn:unknown",
        "http://www.w3.org/2001/04/xmldsig-more#RSA-SHA256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 ",
        " http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "HTTP://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256/", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"})
    expect_refused(check(with_signature_method(algorithm).text()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S31_UnknownDigestsAreRefusedByExactString) {
  for (const std::string algorithm : {"http://www.w3.org/2001/04/xmldsig-more#md5", "none", "", "http://www.w3.org/2001/04/xmlenc#SHA256",
                                      "http://www.w3.org/2001/04/xmlenc#sha256 ", "http://www.w3.org/2000/09/xmldsig#sha256"})
    expect_refused(check(with_digest_method(algorithm).text()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S31_MissingAlgorithmAttributeIsAFormatFailure) {
  message_a m;
  m.signature.signature_method = "<ds:SignatureMethod/>";
  expect_refused(check(m.text()), s::format_failure, format, "Algorithm");
  m = {};
  m.signature.references[0].digest_method = "<ds:DigestMethod/>";
  expect_refused(check(m.text()), s::format_failure, format, "Algorithm");
  m = {};
  m.signature.references[0].digest_method = "<ds:DigestMethod ds:Algorithm=\"" + std::string(uri::sha256) + "\"/>";
  expect_refused(check(m.text()), s::format_failure, format, "Algorithm");
}

TEST(Abuse, S31_Sha1IsRefusedWithoutCompatAndReportedAsWeakWithIt) {
  const std::string texts[] = {with_signature_method("http://www.w3.org/2000/09/xmldsig#rsa-sha1").text(),
                               with_digest_method("http://www.w3.org/2000/09/xmldsig#sha1").text(),
                               with_digest_method("http://www.w3.org/2001/04/xmldsig-more#sha1").text()};
  for (const std::string& text : texts) {
    expect_refused(check(text), s::sig_constraints_failure, constraints, "weak");
    const auto compat = check(text, trust(), {.compat = true});
    expect_passed(compat);
    ASSERT_EQ(compat.v.report.findings.size(), 1u);
    EXPECT_EQ(compat.v.report.findings[0].level, finding::severity::warning);
    EXPECT_NE(compat.v.report.findings[0].detail.find("weak"), std::string::npos);
  }
}

TEST(Abuse, S32_KeyOfAnotherKindThanTheAlgorithmIsRefused) {
  for (const std::string algorithm : {"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512",
                                      "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-256"})
    expect_refused(check(with_signature_method(algorithm).text()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S33_CanonicalizationOfSignedInfoIsFromTheAllowList) {
  for (const std::string& algorithm :
       {std::string(uri::c14n_with_comments), std::string(uri::exc_c14n_with_comments), std::string("http://www.w3.org/2006/12/xml-c14n11"),
        std::string("http://www.w3.org/TR/1999/REC-xslt-19991116"), std::string("urn:evil"), std::string(""),
        std::string("http://www.w3.org/2001/10/xml-exc-c14n")}) {
    message_a m;
    m.signature.c14n = method("CanonicalizationMethod", algorithm);
    expect_refused(check(m.text()), s::sig_constraints_failure, constraints);
  }
}

TEST(Abuse, S33_InclusiveCanonicalizationOfSignedInfoPasses) {
  message_a m;
  m.signature.c14n = method("CanonicalizationMethod", uri::c14n);
  expect_passed(check(m.text()));
}

TEST(Abuse, S33_TransformsOutsideTheAllowListAreRefused) {
  for (const std::string algorithm : {"http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116",
                                      "http://www.w3.org/2002/06/xmldsig-filter2", "http://www.w3.org/2000/09/xmldsig#base64",
                                      "http://www.w3.org/2002/07/decrypt#XML", "http://www.w3.org/2006/12/xml-c14n11", "urn:evil", ""})
    for (const std::string& list :
         {method("Transform", algorithm), method("Transform", algorithm) + exc, exc + method("Transform", algorithm)})
      expect_refused(check(with_transforms(list).text()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S33_TransformContentIsRefused) {
  expect_refused(check(with_transforms(method("Transform", uri::exc_c14n, "<ds:XPath>1=1</ds:XPath>")).text()), s::sig_constraints_failure,
                 constraints);
  expect_refused(check(with_transforms(method("Transform", uri::c14n, inclusive_namespaces("soap"))).text()), s::sig_constraints_failure,
                 constraints);
  expect_refused(check(with_transforms(" ").text()), s::format_failure, format);
}

TEST(Abuse, S33_WithoutTransformsCanonicalXmlApplies) {
  message_a m = with_transforms("");
  m.message.envelope_attributes = xmlns("unused", "urn:one");
  expect_passed(check(m.text()));
  expect_refused(check(replaced(m.text(), "urn:one", "urn:two")), s::hash_failure, problems::hash_failure);
}

TEST(Abuse, S33_OrderAndNumberOfTransformsAreFixed) {
  const std::string enveloped = method("Transform", uri::enveloped_signature);
  for (const std::string& list : {exc + exc, exc + enveloped, enveloped + enveloped + exc, enveloped + exc + exc, exc + exc + exc + exc,
                                  exc + exc + exc + exc + exc + exc})
    expect_refused(check(with_transforms(list).text()), s::sig_constraints_failure, constraints);
  // In WS-Security there is nothing to take out.
  expect_refused(check(with_transforms(enveloped + exc).text()), s::sig_constraints_failure, constraints);
}

TEST(Abuse, S34_ReferenceUriIsAPlainIdOrNothing) {
  const std::string odd[] = {"#xpointer(id('id-1'))",
                             "#xpointer(/)",
                             "file:///etc/passwd",
                             "http://127.0.0.1:1/x",
                             "cid:part",
                             "attachment:x",
                             "#%69d-1",
                             "#id-1'",
                             "#'id-1'",
                             "#",
                             "id-1",
                             "#id 1",
                             "##id-1",
                             "#/1/2",
                             "#id-1#",
                             " #id-1",
                             "#id-1 ",
                             "./#id-1",
                             "?#id-1",
                             "#" + std::string(10 << 10, 'x')};
  for (const std::string& reference : odd) {
    SCOPED_TRACE(reference.substr(0, 60));
    message_a m;
    m.signature.references[0].uri = reference;
    const auto c = check(m.text({.who = nullptr, .find = [](xml::element root, const std::string&) { return by_id(root, "#id-1"); }}));
    expect_refused(c, s::sig_constraints_failure, constraints);
  }
}

TEST(Abuse, S34_AbsentOrEmptyUriIsRefused) {
  message_a m;
  std::string text = m.unfinished();
  replace_first(text, " URI=\"#id-1\"", "");
  expect_refused(check(signed_by_hand(text)), s::sig_constraints_failure, constraints, "no URI");
  m.signature.references[0].uri = "";
  expect_refused(check(m.text()), s::signed_data_not_found, problems::signed_data_not_found);
  m.signature.references[0].transforms = method("Transform", uri::enveloped_signature) + exc;
  expect_refused(check(m.text()), s::signed_data_not_found, problems::signed_data_not_found);
}

TEST(Abuse, S34_EmptyUriWithoutEnvelopedIsRefusedInTheLegacyHeaderToo) {
  message_parts parts;
  signature_parts signature;
  signature.references[0].uri = "";
  signature.key_info = key_info(x509_certificate(signer().certificate));
  parts.header = signature.text();
  expect_refused(check(signed_by_hand(parts.text())), s::signed_data_not_found, problems::signed_data_not_found);
}

TEST(Abuse, S35_ManifestRetrievalMethodAndTheirKindAreRefused) {
  message_a m;
  m.signature.references[0].attributes = " Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\"";
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "Type");
  m = {};
  m.signature.after = "<ds:Object><ds:Manifest><ds:Reference URI=\"#id-1\"/></ds:Manifest></ds:Object>";
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "Object");
  for (const std::string inside : {"<ds:RetrievalMethod URI=\"#x\"/>", "<ds:RetrievalMethod URI=\"http://127.0.0.1:1/\"/>",
                                   "<k:KeyInfoReference xmlns:k=\"http://www.w3.org/2009/xmldsig11#\" URI=\"#x\"/>",
                                   "<e:EncryptedKey xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"/>",
                                   "<e:AgreementMethod xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"/>", "<ds:MgmtData>x</ds:MgmtData>"}) {
    expect_refused(check(with_key_info(key_info(inside)).text()), s::sig_constraints_failure, constraints);
    expect_refused(check(with_key_info(key_info(inside + x509_certificate(signer().certificate))).text()), s::sig_constraints_failure,
                   constraints);
    expect_refused(check(with_key_info(key_info(x509_certificate(signer().certificate) + inside)).text()), s::sig_constraints_failure,
                   constraints);
  }
}

}  // namespace
}  // namespace shep::eds
