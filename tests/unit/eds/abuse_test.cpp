#include "unit/eds/checked.hpp"

#include <set>

/// Security catalogue section 3.2. Every message here is genuinely signed after it was bent, so that only the rule under test can refuse
/// it.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

constexpr const problem_code& constraints = problems::signature_constraints;
constexpr const problem_code& format = problems::signature_format;

message_a with_signature_method(const std::string& algorithm, const std::string& inside = "") {
  message_a m;
  m.signature.signature_method = method("SignatureMethod", algorithm, inside);
  return m;
}
message_a with_digest_method(const std::string& algorithm) {
  message_a m;
  m.signature.references[0].digest_method = method("DigestMethod", algorithm);
  return m;
}
message_a with_transforms(const std::string& transforms) {
  message_a m;
  m.signature.references[0].transforms = transforms;
  return m;
}
message_a with_key_info(const std::string& info) {
  message_a m;
  m.signature.key_info = info;
  return m;
}
const std::string exc = method("Transform", uri::exc_c14n);

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

TEST(Abuse, S36_StructureFollowsTheSchema) {
  const std::string good = message_a().text();
  const auto cut = [&](const std::string& from, const std::string& to) {
    const std::size_t begin = good.find(from), end = good.find(to, begin) + to.size();
    return good.substr(begin, end - begin);
  };
  const std::string info = cut("<ds:SignedInfo>", "</ds:SignedInfo>"), value = cut("<ds:SignatureValue>", "</ds:SignatureValue>"),
                    key = cut("<ds:KeyInfo>", "</ds:KeyInfo>"), c14n = cut("<ds:CanonicalizationMethod", "</ds:CanonicalizationMethod>"),
                    algorithm = cut("<ds:SignatureMethod", "</ds:SignatureMethod>"), reference = cut("<ds:Reference", "</ds:Reference>"),
                    digest = cut("<ds:DigestValue>", "</ds:DigestValue>"), digest_method = cut("<ds:DigestMethod", "</ds:DigestMethod>");
  const std::string evil_info = replaced(info, "#id-1", "#id-2");
  const std::pair<std::string, std::string> bent[] = {
      {"two SignedInfo, evil second", replaced(good, info, info + evil_info)},
      {"two SignedInfo, evil first", replaced(good, info, evil_info + info)},
      {"the same SignedInfo twice", replaced(good, info, info + info)},
      {"SignedInfo in no namespace", replaced(replaced(good, "<ds:SignedInfo>", "<SignedInfo>"), "</ds:SignedInfo>", "</SignedInfo>")},
      {"SignedInfo in a foreign namespace",
       replaced(replaced(good, "<ds:SignedInfo>", "<q:SignedInfo xmlns:q=\"urn:q\">"), "</ds:SignedInfo>", "</q:SignedInfo>")},
      {"no SignedInfo", replaced(good, info, "")},
      {"no SignatureValue", replaced(good, value, "")},
      {"two SignatureValue", replaced(good, value, value + value)},
      {"SignatureValue first", replaced(replaced(good, value, ""), info, value + info)},
      {"KeyInfo before SignatureValue", replaced(good, value + key, key + value)},
      {"two KeyInfo", replaced(good, key, key + key)},
      {"a foreign element first", replaced(good, info, "<x/>" + info)},
      {"a foreign element last", replaced(good, key, key + "<x/>")},
      {"a foreign element in SignedInfo", replaced(good, algorithm, algorithm + "<x/>")},
      {"no CanonicalizationMethod", replaced(good, c14n, "")},
      {"no SignatureMethod", replaced(good, algorithm, "")},
      {"two SignatureMethod", replaced(good, algorithm, algorithm + algorithm)},
      {"SignatureMethod first", replaced(good, c14n + algorithm, algorithm + c14n)},
      {"Reference before the methods", replaced(replaced(good, reference, ""), c14n, reference + c14n)},
      {"no DigestMethod", replaced(good, digest_method, "")},
      {"no DigestValue", replaced(good, digest, "")},
      {"two DigestValue", replaced(good, digest, digest + digest)},
      {"DigestValue before DigestMethod", replaced(good, digest_method + digest, digest + digest_method)},
      {"a foreign element in Reference", replaced(good, digest, digest + "<x/>")},
      {"an empty Signature", replaced(replaced(replaced(good, info, ""), value, ""), key, "")},
  };
  for (const auto& [name, text] : bent) {
    SCOPED_TRACE(name);
    expect_refused(check(text), s::format_failure, format);
  }
}

TEST(Abuse, S37_ValuesInterruptedByAnythingAreRefused) {
  const std::string good = message_a().text();
  for (const std::string element : {"ds:DigestValue", "ds:SignatureValue", "wsse:KeyIdentifier"})
    for (const std::string in : {"<!-- c -->", "<![CDATA[AAAA]]>", "<?p i?>", "<x/>", "<x>AAAA</x>"}) {
      SCOPED_TRACE(element + in);
      std::string text = good;
      const std::size_t open = text.find('>', text.find("<" + element)) + 1;
      text.insert(open + 8, in);
      expect_refused(check(text), s::format_failure, format);
      text = good;
      text.insert(text.find("</" + element), in);
      expect_refused(check(text), s::format_failure, format);
    }
}

TEST(Abuse, S37_WhiteSpaceInsideBase64IsAllowed) {
  std::string text = message_a().text();
  for (const std::string element : {"<ds:SignatureValue>", "<wsse:KeyIdentifier"}) {
    const std::size_t open = text.find('>', text.find(element)) + 1;
    text.insert(open + 40, "\r\n\t ").insert(open, " \n");
  }
  text.insert(text.find("</ds:SignatureValue>"), "&#13;\n");
  expect_passed(check(text));
  // Inside SignedInfo the white space is signed as well.
  message_a m;
  m.signature.references[0].digest_value = "<ds:DigestValue>\n{digest}\n</ds:DigestValue>";
  std::string unfinished = m.unfinished();
  replace_first(unfinished, "\n{digest}\n", "{digest}");
  const auto d = admitted(signed_by_hand(unfinished));
  std::string digest;
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
    if (e.local_name() == "DigestValue") digest = xml::text_of(e);
  m.signature.references[0].digest_value =
      "<ds:DigestValue>\r\n " + digest.substr(0, 10) + "&#13;\n" + digest.substr(10) + "\t</ds:DigestValue>";
  expect_passed(check(m.text()));
}

TEST(Abuse, S37_NonCanonicalBase64IsRefused) {
  const std::string good = message_a().text();
  const std::size_t open = good.find("<ds:DigestValue>") + 16;
  const std::string digest = good.substr(open, good.find("</ds:DigestValue>") - open);
  ASSERT_EQ(digest.back(), '=');
  std::string trailing_bits = digest;  // the last letter before "=" carries two bits that must be zero
  trailing_bits[digest.size() - 2] = static_cast<char>(digest[digest.size() - 2] + 1);
  for (const std::string& bent :
       {trailing_bits, digest.substr(0, digest.size() - 1), digest + "=", digest + "A", digest.substr(0, 4) + "*" + digest.substr(5),
        digest.substr(0, 4) + "=" + digest.substr(5), std::string(), std::string("===="), std::string(" \n")}) {
    SCOPED_TRACE(bent);
    message_a m;
    m.signature.references[0].digest_value = "<ds:DigestValue>" + bent + "</ds:DigestValue>";
    EXPECT_FALSE(check(m.text()).passed());
    expect_refused(check(m.text()), s::format_failure, format);
  }
}

TEST(Abuse, S38_DigestValueElsewhereIsNotTaken) {
  const std::string good = message_a().text();
  const std::size_t begin = good.find("<ds:DigestValue>"), end = good.find("</ds:DigestValue>") + 17;
  const std::string digest = good.substr(begin, end - begin);
  // The right digest of a changed Body, offered first in document order, in a header block and in the Body.
  std::string evil = replaced(good, "DEMO_SERVICE", "EVIL_SERVICE");
  const auto computed = check(evil).v.report.signatures[0].references[0].computed;
  const std::string offered = "<h xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:DigestValue>" + computed + "</ds:DigestValue></h>";
  expect_refused(check(replaced(evil, "<soap:Header>", "<soap:Header>" + offered)), s::hash_failure, problems::hash_failure);
  expect_refused(check(replaced(evil, digest, "<x>" + digest + "</x>")), s::format_failure, format);
}

TEST(Abuse, S39_WhatCannotBeCanonicalizedIsAFailure) {
  message_a m;
  m.message.body = "<q:x xmlns:q=\"relative/namespace\"/>";
  message_a empty_digest = m;
  empty_digest.signature.references[0].digest_value =
      "<ds:DigestValue>" + to_base64(crypto::digest(crypto::digest_algorithm::sha256, "")) + "</ds:DigestValue>";
  const auto c = check(signed_by_hand(empty_digest.unfinished()));
  expect_refused(c, s::format_failure, format);
  ASSERT_EQ(c.v.report.signatures.size(), 1u);
  EXPECT_TRUE(c.v.report.signatures[0].references.empty() || !c.v.report.signatures[0].references[0].matches);
}

TEST(Abuse, S39_DigestOfNothingIsNeverRight) {
  message_a m;
  m.signature.references[0].digest_value =
      "<ds:DigestValue>" + to_base64(crypto::digest(crypto::digest_algorithm::sha256, "")) + "</ds:DigestValue>";
  expect_refused(check(m.text()), s::hash_failure, problems::hash_failure);
}

TEST(Abuse, S40_SecondReferenceToTheSameIdIsRefused) {
  message_a m;
  m.signature.references.push_back(m.signature.references[0]);
  expect_refused(check(m.text()), s::sig_constraints_failure, constraints, "a second Reference");
}

/// Sixteen digests over one large Body would be paid for a message that nobody has signed.
TEST(Abuse, S40_SecondReferenceToTheSameElementByAnotherIdIsRefused) {
  message_a m;
  m.message.body_attributes += " Id=\"id-2\"";
  m.signature.references.push_back(m.signature.references[0]);
  m.signature.references[1].uri = "#id-2";
  const auto c = check(m.text());
  expect_refused(c, s::sig_constraints_failure, constraints, "a second Reference");
  EXPECT_EQ(c.v.report.signatures[0].references.size(), 1u) << "digested once";
}

TEST(Abuse, S40_SecondReferenceToTheSameBusinessDocumentIsRefused) {
  signature_parts b = business_signature(signer().certificate);
  b.references.push_back(b.references[0]);
  b.references[1].uri = "#p";
  const auto c = check_business(signed_by_hand("<r Id=\"p\"><x/>" + b.text() + "</r>"));
  expect_refused(c, s::sig_constraints_failure, constraints, "a second Reference");
}

TEST(Abuse, S40_MoreThanSixteenReferencesAreRefused) {
  for (const int count : {17, 31, 1000, 20'000}) {
    message_a m;
    for (int i = 1; i < count; ++i) {
      m.signature.references.push_back(m.signature.references[0]);
      m.signature.references.back().uri = "#r" + std::to_string(i);
      m.signature.references.back().digest_value = "<ds:DigestValue>AAAA</ds:DigestValue>";
    }
    expect_refused(check(replaced(replaced(m.unfinished(), "{value}", "AAAA"), "{digest}", "AAAA")), s::sig_constraints_failure,
                   constraints, "16");
  }
}

TEST(Abuse, S40_ReferenceToTheSignatureItselfIsRefused) {
  for (const std::string target : {"sig", "ki"}) {
    message_a m;
    m.signature.attributes = " Id=\"sig\"";
    m.signature.key_info = replaced(m.signature.key_info, "<ds:KeyInfo>", "<ds:KeyInfo Id=\"ki\">");
    m.signature.references.push_back(m.signature.references[0]);
    m.signature.references[1].uri = "#" + target;
    m.signature.references[1].digest_value = "<ds:DigestValue>AAAA</ds:DigestValue>";
    expect_refused(check(m.text()), s::signed_data_not_found, problems::signed_data_not_found);
  }
}

TEST(Abuse, S40_WrongSignatureValueIsFoundWhateverTheDigestsSay) {
  std::string text = message_a().text();
  const std::size_t at = text.find("<ds:SignatureValue>") + 19;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  expect_refused(check(text), s::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST(Abuse, S40_ChangedSignedInfoFailsTheSignatureValue) {
  message_a m;
  m.signature.references[0].attributes = " Id=\"r-1\"";
  expect_refused(check(replaced(m.text(), "Id=\"r-1\"", "Id=\"r-2\"")), s::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST(Abuse, S41_PrefixListsAreReadToTheLetter) {
  const auto with_list = [](const std::string& list) {
    message_a m;
    m.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, inclusive_namespaces(list));
    m.signature.references[0].transforms = method("Transform", uri::exc_c14n, inclusive_namespaces(list));
    return m;
  };
  for (const std::string list : {"soap", "#default", "unknown", "soap soap", "", "soap wsu #default t unknown"}) {
    SCOPED_TRACE(list);
    expect_passed(check(with_list(list).text()));
    EXPECT_FALSE(check(replaced(with_list(list).text(), "DEMO_SERVICE", "EVIL_SERVICE")).passed());
  }
}

TEST(Abuse, S41_PrefixListBindsTheNamespacesItNames) {
  message_a m;
  m.message.envelope_attributes = xmlns("q", "urn:one");
  m.signature.references[0].transforms = method("Transform", uri::exc_c14n, inclusive_namespaces("q"));
  const std::string text = m.text();
  expect_passed(check(text));
  expect_refused(check(replaced(text, "urn:one", "urn:two")), s::hash_failure, problems::hash_failure);
}

TEST(Abuse, S41_EndlessPrefixListsAreRefused) {
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "p" + std::to_string(i) + " ";
  expect_refused(check(with_transforms(method("Transform", uri::exc_c14n, inclusive_namespaces(list))).text()), s::sig_constraints_failure,
                 constraints, "64");
  expect_refused(check(with_transforms(method("Transform", uri::exc_c14n,
                                              "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"))
                           .text()),
                 s::format_failure, format, "PrefixList");
}

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
