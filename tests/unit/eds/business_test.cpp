#include "unit/eds/checked.hpp"

/// shep-protocol.md section 4.4: the enveloped signature of the business document, wherever the document stands.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

const std::string document =
    "<r:request xmlns:r=\"urn:demo\"><uin>000000000000</uin><!-- kept --><note>\xD0\x9F\xD1\x80</note></r:request>";

std::string business(const std::string& text) { return sign_business(share(text), signer()).value(); }

xml::element find(const xml::document& d, std::string_view local) {
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
    if (e.local_name() == local) return e;
  return {};
}

document_verification inline_verdict(const xml::document& d, std::string_view local) {
  return verify_business(find(d, local), trust(), {}, test_now);
}

TEST(Business, ProducedSignatureVerifies) {
  const auto c = check_business(business(document));
  expect_passed(c);
  EXPECT_EQ(c.v.signers.at(0).certificate->der(), signer().certificate.der());
  EXPECT_EQ(c.v.report.signatures.at(0).layer, "business");
  EXPECT_EQ(c.v.report.signatures.at(0).profile, "enveloped");
}

TEST(Business, ProducedSignatureHasTheShapeOfTheWire) {
  const auto d = admitted(business(document));
  const auto signature = d.root().children().back();
  ASSERT_TRUE(signature.is({ns::ds, "Signature"})) << "last child of the root";
  const auto info = signature.first_child();
  EXPECT_EQ(algorithm_in(info.child({ns::ds, "CanonicalizationMethod"})), "http://www.w3.org/TR/2001/REC-xml-c14n-20010315");
  EXPECT_EQ(algorithm_in(info.child({ns::ds, "SignatureMethod"})), uri::rsa_sha256);
  const auto reference = info.child({ns::ds, "Reference"});
  EXPECT_EQ(reference.attribute_value({"", "URI"}), "");
  const auto transforms = reference.child({ns::ds, "Transforms"}).children();
  ASSERT_EQ(transforms.size(), 2u);
  EXPECT_EQ(algorithm_in(transforms[0]), "http://www.w3.org/2000/09/xmldsig#enveloped-signature");
  EXPECT_EQ(algorithm_in(transforms[1]), "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments");
  EXPECT_EQ(xml::text_of(signature.child({ns::ds, "KeyInfo"}).first_child().child({ns::ds, "X509Certificate"})),
            to_base64(signer().certificate.der()));
}

TEST(Business, ProducedSignatureLeavesEveryOtherOctetAlone) {
  const std::string text = business(document);
  const std::size_t begin = text.find("<ds:Signature "), end = text.find("</ds:Signature>") + 15;
  EXPECT_EQ(text.substr(0, begin) + text.substr(end), document);
}

TEST(Business, EveryWayToWriteADocumentCanBeSigned) {
  for (const std::string& text :
       {std::string("<a/>"), std::string("<a></a>"), std::string("<a b='1'\n/>"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + document + "\r\n<!-- e -->", "\xEF\xBB\xBF" + document,
        std::string("<!-- b --><?p i?><a xmlns=\"urn:a\"><b xmlns=\"\"/></a><?q j?>"),
        std::string("<a xml:lang=\"kk\" xmlns:p=\"urn:p\" p:z=\"1\" b=\"2\"><![CDATA[<x>]]>&#13;\r\n&lt;</a>"), business(document)}) {
    SCOPED_TRACE(text);
    expect_passed(check_business(business(text)));
  }
}

TEST(Business, EarlierSignaturesAreReplaced) {
  const std::string twice =
      replaced(business(document), "</r:request>", "<ds:Signature xmlns:ds=\"" + std::string(ns::ds) + "\"/></r:request>");
  const auto c = check_business(business(twice));
  expect_passed(c);
  EXPECT_EQ(c.document->root().children({ns::ds, "Signature"}).size(), 1u);
}

TEST(Business, WhatIsNoDocumentCannotBeSigned) {
  EXPECT_FALSE(sign_business(share("<a>"), signer()));
  EXPECT_FALSE(sign_business(share(""), signer()));
}

TEST(Business, ChangedContentFailsTheDigest) {
  const std::string text = business(document);
  expect_refused(check_business(replaced(text, "000000000000", "000000000001")), s::hash_failure, problems::hash_failure);
  expect_refused(check_business(replaced(text, "<uin>", "<uin> ")), s::hash_failure, problems::hash_failure);
  expect_refused(check_business(replaced(text, "urn:demo", "urn:other")), s::hash_failure, problems::hash_failure);
}

/// XML Signature section 4.4.3.3: a Reference of "" leaves comments out, whatever canonicalization follows.
TEST(Business, CommentsAreNotCovered) {
  expect_passed(check_business(replaced(business(document), "<!-- kept -->", "<!-- changed -->")));
  expect_passed(check_business(replaced(business(document), "<!-- kept -->", "")));
}

TEST(Business, UnsignedDocumentIsToldSo) { expect_refused(check_business(document), s::no_signature_found, problems::signature_missing); }

TEST(Business, SignatureMustBeTheLastChild) {
  const std::string text = business(document);
  expect_refused(check_business(replaced(text, "</r:request>", "<x/></r:request>")), s::sig_constraints_failure,
                 problems::signature_constraints, "last child");
  const std::size_t begin = text.find("<ds:Signature "), end = text.find("</ds:Signature>") + 15;
  const std::string signature = text.substr(begin, end - begin);
  expect_refused(check_business(replaced(text, signature, signature + "<x/>" + signature)), s::sig_constraints_failure,
                 problems::signature_constraints, "last child");
  expect_refused(check_business("<r:request xmlns:r=\"urn:demo\"><x>" + signature + "</x></r:request>"), s::no_signature_found,
                 problems::signature_missing);
}

TEST(Business, CommentBehindTheSignatureDoesNotMoveIt) {
  expect_passed(check_business(replaced(business(document), "</ds:Signature>", "</ds:Signature><!-- end -->")));
}

TEST(Business, ReferenceMustNameTheWholeDocument) {
  signature_parts b = business_signature(signer().certificate);
  const auto with = [&](const std::string& uri_text, const std::string& transforms) {
    b.references[0].uri = uri_text;
    b.references[0].transforms = transforms;
    return check_business(signed_by_hand(
        "<r Id=\"p\"><x Id=\"q\">1</x>" + b.text() + "</r>",
        {.who = nullptr, .find = [](xml::element root, const std::string& u) { return u == "#q" ? root.first_child() : root; }}));
  };
  const std::string enveloped = method("Transform", uri::enveloped_signature), c14n = method("Transform", uri::c14n);
  expect_passed(with("", enveloped + c14n));
  expect_passed(with("#p", enveloped + c14n));
  expect_passed(with("", enveloped));
  expect_refused(with("#q", enveloped + c14n), s::signed_data_not_found, problems::signed_data_not_found);
  expect_refused(with("#nobody", enveloped + c14n), s::signed_data_not_found, problems::signed_data_not_found);
  expect_refused(with("", c14n), s::sig_constraints_failure, problems::signature_constraints);
  for (const std::string odd : {"#xpointer(/)", "file:///x", "http://127.0.0.1:1/", "#a b", "#"})
    expect_refused(with(odd, enveloped + c14n), s::sig_constraints_failure, problems::signature_constraints);
}

TEST(Business, InlineChildVerifiesInPlaceWhenItWasSignedInPlace) {
  // Signed where it stands: inclusive canonicalization takes the namespaces of the envelope in.
  request_parts parts;
  signature_parts by_id = business_signature(signer().certificate);
  by_id.references[0].uri = "#p";
  parts.data = "<data><r:request xmlns:r=\"urn:demo\" Id=\"p\"><uin>1</uin>" + by_id.text() + "</r:request></data>";
  const auto d = admitted(signed_by_hand(unsigned_message(parts.wrapper())));
  const auto v = verify_business(find(d, "data").first_child(), trust(), {}, test_now);
  EXPECT_TRUE(v.passed) << to_text(v.report);
  EXPECT_EQ(v.report.signatures.at(0).profile, "enveloped, verified in place");
}

TEST(Business, InlineChildVerifiesDetachedWhenItWasSignedAsADocument) {
  request_parts parts;
  parts.data = "<data>" + business(document) + "</data>";
  const auto d = admitted(unsigned_message(parts.wrapper()));
  const auto v = verify_business(find(d, "data").first_child(), trust(), {}, test_now);
  EXPECT_TRUE(v.passed) << to_text(v.report);
  EXPECT_EQ(v.report.signatures.at(0).profile, "enveloped, verified detached");
  EXPECT_EQ(v.report.verdict, indication::total_passed);
}

/// Signed in no namespace, put where a default namespace is in force: what is read is in another namespace than what was signed.
TEST(Business, InlineChildUnderAForeignDefaultNamespaceIsNotBelieved) {
  const std::string payload = business("<request><uin>1</uin></request>");
  const auto moved = admitted(unsigned_message("<data xmlns=\"urn:evil\">" + payload + "</data>"));
  const auto v = verify_business(find(moved, "data").first_child(), trust(), {}, test_now);
  EXPECT_FALSE(v.passed) << to_text(v.report);
  const auto plain = admitted(unsigned_message("<data>" + payload + "</data>"));
  EXPECT_TRUE(verify_business(find(plain, "data").first_child(), trust(), {}, test_now).passed);
}

TEST(Business, InlineChildThatWasChangedFailsInBothReadings) {
  request_parts parts;
  parts.data = "<data>" + replaced(business(document), "000000000000", "000000000001") + "</data>";
  const auto d = admitted(unsigned_message(parts.wrapper()));
  const auto v = verify_business(find(d, "data").first_child(), trust(), {}, test_now);
  EXPECT_FALSE(v.passed);
  EXPECT_EQ(name_of(v.report.reason), "HASH_FAILURE");
  EXPECT_EQ(v.failure.code, problems::hash_failure);
}

TEST(Business, TypedDataVerifiesInPlaceAndDetached) {
  const std::string open = "<data xmlns:q=\"urn:gbd\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"q:Response\">";
  const std::string fields = "<messageId>1</messageId><messageResult><code>00000</code></messageResult>";
  // Detached: `data` signed as a document, then put into the message.
  request_parts parts;
  parts.data = business(open + fields + "</data>");
  const auto detached = admitted(unsigned_message(parts.wrapper()));
  const auto d = inline_verdict(detached, "data");
  EXPECT_TRUE(d.passed) << to_text(d.report);
  EXPECT_EQ(d.report.signatures.at(0).profile, "enveloped, verified detached");
  // In place: `data` signed inside the message, by its id.
  signature_parts by_id = business_signature(signer().certificate);
  by_id.references[0].uri = "#d";
  parts.data = replaced(open, "<data", "<data Id=\"d\"") + fields + by_id.text() + "</data>";
  const auto in_place = admitted(signed_by_hand(unsigned_message(parts.wrapper())));
  const auto p = inline_verdict(in_place, "data");
  EXPECT_TRUE(p.passed) << to_text(p.report);
  EXPECT_EQ(p.report.signatures.at(0).profile, "enveloped, verified in place");
}

TEST(Business, InlineChildOfAnUntrustedSignerIsToldTheReasonOfTheReadingThatGotFurthest) {
  const auto foreign = make_identity({.key = key_name::other, .by = &foreign_root()});
  request_parts parts;
  parts.data = "<data>" + sign_business(share(document), foreign).value() + "</data>";
  const auto d = admitted(unsigned_message(parts.wrapper()));
  const auto v = verify_business(find(d, "data").first_child(), trust(), {}, test_now);
  EXPECT_FALSE(v.passed);
  EXPECT_EQ(name_of(v.report.reason), "NO_CERTIFICATE_CHAIN_FOUND") << to_text(v.report);
  EXPECT_EQ(v.failure.code, problems::signing_certificate_invalid);
}

/// shep-protocol.md section 4.3: a genuine SignatureValue of a common tool has "&#13;" at its line ends.
TEST(Business, CarriageReturnsInsideTheValuesAreSkipped) {
  std::string text = business(document);
  for (const std::string element : {"<ds:SignatureValue>", "<ds:X509Certificate>"})
    text.insert(text.find(element) + element.size() + 76, "&#13;\n");
  expect_passed(check_business(text));
  signature_parts b = business_signature(signer().certificate);
  const std::string first = signed_by_hand("<r>" + b.text() + "</r>");
  const std::size_t at = first.find("<ds:DigestValue>") + 16;
  b.references[0].digest_value =
      "<ds:DigestValue>" + first.substr(at, 20) + "&#13;\n" + first.substr(at + 20, 24) + "&#13;\n</ds:DigestValue>";
  expect_passed(check_business(signed_by_hand("<r>" + b.text() + "</r>")));
}

TEST(Business, S36_StructureIsCheckedHereToo) {
  const std::string text = business(document);
  expect_refused(check_business(replaced(text, "</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>")), s::sig_constraints_failure,
                 problems::signature_constraints);
  expect_refused(check_business(replaced(text, "</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>")), s::format_failure,
                 problems::signature_format);
  expect_refused(check_business("<r><ds:Signature xmlns:ds=\"" + std::string(ns::ds) + "\"/></r>"), s::format_failure,
                 problems::signature_format);
}

TEST(Business, IssuerAndSerialWorkForAKnownCertificate) {
  signature_parts b = business_signature(signer().certificate);
  b.key_info = key_info("<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>" + signer().certificate.info().issuer +
                        "</ds:X509IssuerName><ds:X509SerialNumber>" + signer().certificate.info().serial_decimal +
                        "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>");
  expect_passed(check_business(signed_by_hand("<r>" + b.text() + "</r>")));
}

/// A token reference has nothing to point at in a business document.
TEST(Business, TokenReferenceIsRefusedWithoutACrash) {
  signature_parts b = business_signature(signer().certificate);
  b.key_info =
      key_info("<wsse:SecurityTokenReference" + xmlns("wsse", ns::wsse) + "><wsse:Reference URI=\"#x\"/></wsse:SecurityTokenReference>");
  const auto c = check_business(signed_by_hand("<r>" + b.text() + "</r>"));
  EXPECT_FALSE(c.v.passed);
  EXPECT_NE(name_of(c.v.report.reason), "");
}

}  // namespace
}  // namespace shep::eds
