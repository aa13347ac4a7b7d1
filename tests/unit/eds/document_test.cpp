#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// verify_document: whatever is signed in a document, with a report of what is covered.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

const std::string two_parts = "<all xmlns=\"urn:all\"><part Id=\"p1\"><v>1</v></part><part Id=\"p2\"><v>2</v></part></all>";

checked_business look(const std::string& text) {
  checked_business c;
  c.document = std::make_unique<xml::document>(admitted(text));
  c.v = verify_document(*c.document, trust_of_every_kind(), everything, test_now);
  return c;
}

std::string signed_part(const std::string& text, const std::string& id, const crypto::identity& who) {
  return sign_business(share(text), who, {.earlier = earlier_signatures::keep, .id = id}).value();
}

TEST(Document, ASoapMessageIsJudgedByItsTransportSignature) {
  const auto c = look(signed_message(unsigned_message(), transport_profile::key_identifier, signer_of(key_kind::gost2015_512)));
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures.at(0).layer, "transport");
  EXPECT_EQ(c.v.signers.at(0).chain.size(), 2u);
  expect_refused(look(unsigned_message()), s::no_signature_found, problems::signature_missing);
}

TEST(Document, AnEnvelopedSignatureCoversTheRoot) {
  const auto c = look(sign_business(share(two_parts), signer_of(key_kind::gost2015_512)).value());
  expect_passed(c);
  EXPECT_EQ(c.v.report.covered, std::vector<std::string>{"/all[1]"});
  EXPECT_TRUE(c.v.report.uncovered.empty());
}

TEST(Document, SeveralEnvelopedSignaturesAreJudgedLastFirst) {
  std::string text = two_parts;
  for (const key_kind kind : {key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004}) text = signed_part(text, "", signer_of(kind));
  const auto c = look(text);
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures.size(), 3u);
}

TEST(Document, ASignatureByIdCoversItsElementAndSaysWhatItDoesNot) {
  for (const key_kind kind : every_kind) {
    const std::string text = signed_part(two_parts, "p1", signer_of(kind));
    const auto c = look(text);
    expect_passed(c);
    EXPECT_EQ(c.v.report.signatures.at(0).profile, "by id");
    EXPECT_EQ(c.v.report.covered, std::vector<std::string>{"/all[1]/part[1]"});
    EXPECT_EQ(c.v.report.uncovered, std::vector<std::string>{"/all[1]/part[2]"});
    expect_refused(look(replaced(text, "<v>1</v>", "<v>9</v>")), s::hash_failure, problems::hash_failure);
    EXPECT_TRUE(look(replaced(text, "<v>2</v>", "<v>9</v>")).v.passed) << "it says nothing about the rest, and the report shows that";
  }
}

TEST(Document, ASignatureByIdHasTheShapeOfTheWire) {
  const auto d = admitted(signed_part(two_parts, "p1", signer_of(key_kind::gost2015_512)));
  const auto info = d.root().children().back().first_child();
  EXPECT_EQ(algorithm_in(info.child({ns::ds, "CanonicalizationMethod"})), "http://www.w3.org/2001/10/xml-exc-c14n#");
  const auto reference = info.child({ns::ds, "Reference"});
  EXPECT_EQ(reference.attribute_value({"", "URI"}), "#p1");
  const auto transforms = reference.child({ns::ds, "Transforms"}).children();
  ASSERT_EQ(transforms.size(), 1u);
  EXPECT_EQ(algorithm_in(transforms[0]), "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments");
}

TEST(Document, TwoPartsSignedByTwo) {
  const auto c = look(signed_part(signed_part(two_parts, "p1", signer_of(key_kind::gost2004)), "p2", signer_of(key_kind::gost2015_512)));
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures.size(), 2u);
  EXPECT_TRUE(c.v.report.uncovered.empty());
}

TEST(Document, TheRootByItsIdIsEnveloped) {
  const auto c = look(signed_part("<all Id=\"root\"><v>1</v></all>", "root", signer_of(key_kind::gost2015_512)));
  expect_passed(c);
  EXPECT_EQ(c.v.report.covered, std::vector<std::string>{"/all[1]"});
}

TEST(Document, ASignatureBesideItsElementDeepInTheDocumentIsFound) {
  signature_parts p = with_methods_of(signer_of(key_kind::gost2015_512), business_signature(signer_of(key_kind::gost2015_512).certificate));
  p.c14n = method("CanonicalizationMethod", uri::exc_c14n);
  p.references[0].uri = "#p";
  p.references[0].transforms = method("Transform", uri::c14n_with_comments);
  const auto c = look(signed_by_hand("<a><b><part Id=\"p\">1</part><signatures>" + p.text() + "</signatures></b></a>",
                                     {.who = &signer_of(key_kind::gost2015_512), .find = {}}));
  expect_passed(c);
}

TEST(Document, S13_AnIdThatTwoElementsCarryProvesNothing) {
  const std::string text = signed_part(two_parts, "p1", signer_of(key_kind::gost2015_512));
  for (const std::string flavour : {"Id", "ID", "id", "xml:id", "AssertionID"}) {
    const auto c = look(replaced(text, "<part Id=\"p2\">", "<part " + flavour + "=\"p1\">"));
    expect_refused(c, s::signed_data_not_found, problems::signed_data_not_found);
  }
}

TEST(Document, S40_PartsOfASignatureAreNoSignedData) {
  signature_parts p = business_signature(signer().certificate);
  p.references[0].uri = "#k";
  p.references[0].transforms = method("Transform", uri::c14n);
  p.key_info = "<ds:KeyInfo Id=\"k\">" + x509_certificate(signer().certificate) + "</ds:KeyInfo>";
  expect_refused(look(signed_by_hand("<a>" + p.text() + "</a>")), s::signed_data_not_found, problems::signed_data_not_found,
                 "a part of a signature");
}

TEST(Document, S40_TheSameElementTwiceIsRefused) {
  signature_parts p = business_signature(signer().certificate);
  p.references.push_back(p.references[0]);
  p.references[0].uri = "#x";
  p.references[1].uri = "#y";
  for (auto& r : p.references) r.transforms = method("Transform", uri::c14n);
  const auto c = look(signed_by_hand("<a><b Id=\"x\" xml:id=\"y\">1</b>" + p.text() + "</a>"));
  expect_refused(c, s::sig_constraints_failure, problems::signature_constraints, "a second Reference");
}

TEST(Document, S34_ReferencesOutsideAreRefused) {
  for (const std::string odd : {"file:///etc/hosts", "http://127.0.0.1:1/", "#xpointer(/)", "cid:x", "#"}) {
    signature_parts p = business_signature(signer().certificate);
    p.references[0].uri = odd;
    const auto c = look(
        signed_by_hand("<a>" + p.text() + "</a>", {.who = nullptr, .find = [](xml::element root, const std::string&) { return root; }}));
    expect_refused(c, s::sig_constraints_failure, problems::signature_constraints);
  }
}

TEST(Document, ASignatureOfTheWholeThatIsNotTheLastChildIsRefusedClearly) {
  const std::string text = sign_business(share(two_parts), signer()).value();
  expect_refused(look(replaced(text, "</all>", "<x/></all>")), s::sig_constraints_failure, problems::signature_constraints, "last child");
  signature_parts p = business_signature(signer().certificate);
  expect_refused(look(signed_by_hand("<a><b>" + p.text() + "</b></a>")), s::sig_constraints_failure, problems::signature_constraints,
                 "last child");
}

TEST(Document, SignaturesInsideSignaturesAreNotLookedFor) {
  const std::string inner = sign_business(share("<a/>"), signer()).value();
  const auto c = look("<all>" +
                      replaced(signed_by_hand("<x>" + business_signature(signer().certificate).text() + "</x>"), "</ds:Signature>",
                               "<ds:Object>" + inner + "</ds:Object></ds:Signature>") +
                      "</all>");
  EXPECT_FALSE(c.v.passed);
  EXPECT_EQ(c.v.report.signatures.size(), 1u);
}

TEST(Document, NineSignaturesAreRefusedUnjudged) {
  std::string many = "<a>";
  for (int i = 0; i < 9; ++i) many += "<ds:Signature" + xmlns("ds", ns::ds) + "/>";
  expect_refused(look(many + "</a>"), s::sig_constraints_failure, problems::signature_constraints, "more than eight");
  expect_refused(look("<a/>"), s::no_signature_found, problems::signature_missing);
}

}  // namespace
}  // namespace shep::eds
