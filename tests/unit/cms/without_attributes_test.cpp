#include "cms/check_signer.hpp"
#include "unit/cms/crafted.hpp"

/// Signatures straight over the content: nothing in them tells what the octets were signed as.
namespace shep::cms {
namespace {

TEST(CmsWithoutAttributes, OnlyDataIsSigned) {
  crafted bare;
  bare.no_attributes = true;
  const verification v = judged(bare.der());
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_TRUE(v.report.signatures[0].references[0].matches);
  bare.content_type = oid::tst_info;
  EXPECT_REFUSED(judged(bare.der()), sig_constraints_failure, cms_attributes);
  bare.content_type = oid::data;
  bare.inside = content + "!";
  EXPECT_REFUSED(judged(bare.der()), sig_crypto_failure, signature_crypto_failure);
}

TEST(CmsWithoutAttributes, C12_ManySignersDigestTheContentOnce) {
  for (const bool bare : {true, false}) {
    crafted c;
    c.no_attributes = bare;
    const std::string der = c.der();
    const auto cms = signed_data::read(der).value();
    shared_work work(cms, *cms.content(), everybody());
    const eds::policy rules;
    for (int i = 0; i < 3; ++i) {
      eds::report whole;
      eds::judgement j(whole);
      eds::signature_report out;
      check_signer(cms.signers().at(0), cms.content_type(), work, {everybody(), rules, test_now}, "signerInfos[0]", j, out);
      EXPECT_TRUE(j.passed()) << eds::to_text(whole);
    }
    EXPECT_EQ(work.times_digested(), 1U);
  }
}

TEST(CmsWithoutAttributes, SignedAttributesCannotBePassedOffAsContent) {
  // A signature with attributes over one content, taken apart: its attributes become the content of a signature without attributes.
  const crafted honest;
  const std::string attributes = write(tags::set, honest.attributes());
  crafted moved;
  moved.no_attributes = true;
  moved.inside = moved.signed_content = attributes;
  const verification v = judged(moved.der());
  EXPECT_REFUSED(v, sig_constraints_failure, cms_attributes);
  EXPECT_TRUE(has_finding(v.report, problems::cms_attributes, "itself a set of signed attributes"));
}

TEST(CmsWithoutAttributes, S46_AnXmlSignatureCannotBePassedOffAsOneOverAFile) {
  const std::string rest = " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:Reference/></";
  for (const std::string& name : {std::string("SignedInfo"), std::string("ds:SignedInfo"), std::string("a:SignedInfo")}) {
    crafted moved;
    moved.no_attributes = true;
    moved.signed_content = "<" + name + rest + name + ">";
    moved.inside = moved.signed_content;
    EXPECT_REFUSED(judged(moved.der()), sig_constraints_failure, cms_attributes);
    moved.no_attributes = false;
    EXPECT_TRUE(judged(moved.der()).passed) << "signed attributes bind it to this protocol";
  }
  for (const std::string& other : {std::string("<"), std::string("<SignedInformation/>"), std::string("<x SignedInfo=\"\"/>")}) {
    crafted plain;
    plain.no_attributes = true;
    plain.inside = plain.signed_content = other;
    const verification v = judged(plain.der());
    EXPECT_TRUE(v.passed) << other;
    EXPECT_TRUE(has_finding(v.report, problems::cms_attributes, "no signed attributes")) << other;
  }
  EXPECT_FALSE(has_finding(judged(crafted().der()).report, problems::cms_attributes, "no signed attributes"));
}

}  // namespace
}  // namespace shep::cms
