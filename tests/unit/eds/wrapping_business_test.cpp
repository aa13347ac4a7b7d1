#include "unit/eds/checked.hpp"

/// Security catalogue section 3.1, every variant by its name, on the inner layer: the enveloped signature of the business document.
namespace shep::eds {
namespace {

using namespace test;

std::string cut(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from), end = text.find(to, begin) + to.size();
  return text.substr(begin, end - begin);
}

/// The inner layer. The Reference is "#p" of the root, the form that wrapping can attack: a Reference of "" covers whatever stands around.
struct inner_pieces {
  std::string signature, original_open, content, evil_content, close = "</r:request>";

  inner_pieces() {
    original_open = "<r:request xmlns:r=\"urn:demo\" Id=\"p\">";
    content = "<uin>000000000000</uin>";
    evil_content = "<uin>999999999999</uin>";
    signature_parts s = business_signature(signer().certificate);
    s.c14n = method("CanonicalizationMethod", uri::exc_c14n);
    s.references[0].uri = "#p";
    s.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::exc_c14n);
    const std::string text = signed_by_hand(original_open + content + s.text() + close);
    signature = cut(text, "<ds:Signature ", "</ds:Signature>");
  }
  std::string original() const { return original_open + content + signature + close; }
  std::string original_without_signature() const { return original_open + content + close; }
  std::string evil(const std::string& inside, const std::string& id = "q") const {
    return "<r:request xmlns:r=\"urn:demo\"" + (id.empty() ? "" : " Id=\"" + id + "\"") + ">" + evil_content + inside + close;
  }
  std::string signature_with(const std::string& inside) const { return replaced(signature, "</ds:Signature>", inside + "</ds:Signature>"); }
};

void expect_inner_refused(const std::string& text) {
  const auto alone = check_business(text);
  EXPECT_FALSE(alone.v.passed) << alone.told();
  // The same payload inline in an envelope.
  const auto d = admitted(unsigned_message("<data>" + text + "</data>"));
  const auto inline_payload = d.root().first_child().next_sibling().first_child().first_child();
  const auto in_place = verify_business(inline_payload, trust(), {}, test_now);
  EXPECT_FALSE(in_place.passed) << to_text(in_place.report);
}

TEST(Wrapping, Inner_TheOriginalItselfPasses) { expect_passed(check_business(inner_pieces().original())); }

TEST(Wrapping, XSW1_Inner_OriginalInsideTheSignatureOfTheEvilRoot) {
  const inner_pieces p;
  expect_inner_refused(p.evil(p.signature_with(p.original_without_signature())));
}
TEST(Wrapping, XSW2_Inner_OriginalJustBeforeTheSignature) {
  const inner_pieces p;
  expect_inner_refused(p.evil(p.original_without_signature() + p.signature));
}
TEST(Wrapping, XSW3_Inner_EvilSiblingBeforeTheOriginal) {
  const inner_pieces p;
  expect_inner_refused("<all>" + p.evil("") + p.original() + "</all>");
}
TEST(Wrapping, XSW4_Inner_OriginalNestedInTheEvilRoot) {
  const inner_pieces p;
  expect_inner_refused(p.evil(p.original()));
  expect_inner_refused(p.evil(p.original(), ""));
}
TEST(Wrapping, XSW5_Inner_EvilKeepsTheSignatureOriginalAppended) {
  const inner_pieces p;
  expect_inner_refused(p.evil(p.signature + p.original_without_signature()));
}
TEST(Wrapping, XSW6_Inner_OriginalInsideTheSignatureThatEvilKeeps) {
  const inner_pieces p;
  expect_inner_refused(p.evil(replaced(p.signature, "</ds:KeyInfo>", p.original_without_signature() + "</ds:KeyInfo>")));
}
TEST(Wrapping, XSW7_Inner_OriginalWithTheSameIdInsideExtensions) {
  const inner_pieces p;
  expect_inner_refused(p.evil("<Extensions>" + p.original_without_signature() + "</Extensions>" + p.signature, "p"));
  expect_inner_refused(p.evil("<Extensions>" + p.original_without_signature() + "</Extensions>" + p.signature, "q"));
}
TEST(Wrapping, XSW8_Inner_OriginalInsideAnObjectOfTheSignature) {
  const inner_pieces p;
  expect_inner_refused(p.evil(p.signature_with("<ds:Object>" + p.original_without_signature() + "</ds:Object>")));
  expect_inner_refused(p.evil(p.signature_with("<ds:Object>" + p.original_without_signature() + "</ds:Object>"), "p"));
}

TEST(Wrapping, S15_Inner_OnlyTheSignatureBeingCheckedIsLeftOut) {
  const inner_pieces p;
  // A second signature element must stay in what is digested, wherever it stands.
  const std::string decoy = p.signature_with("<ds:Object><uin>999999999999</uin></ds:Object>");
  expect_inner_refused(p.original_open + p.content + decoy + p.signature + p.close);
  expect_inner_refused(p.original_open + "<x>" + decoy + "</x>" + p.content + p.signature + p.close);
}

TEST(Wrapping, S13_Inner_IdFlavoursWithEqualValuesAreAmbiguous) {
  const inner_pieces p;
  for (const std::string flavour : {"Id", "ID", "id", "xml:id", "AssertionID"})
    expect_refused(check_business(p.original_open + "<uin " + flavour + "=\"p\">000000000000</uin>" + p.signature + p.close),
                   sub_indication::signed_data_not_found, problems::signed_data_not_found);
}

}  // namespace
}  // namespace shep::eds
