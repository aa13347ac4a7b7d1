#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// Security catalogue section 3.1, every variant by its name, on the inner layer: the enveloped signature of the business document.
namespace shep::eds {
namespace {

using namespace test;

/// The inner layer. The Reference is "#p" of the root, the form that wrapping can attack: a Reference of "" covers whatever stands around.
struct inner_pieces {
  std::string signature, original_open, content, evil_content, close = "</r:request>";

  explicit inner_pieces(key_kind kind = key_kind::rsa) {
    const crypto::identity& who = signer_of(kind);
    original_open = "<r:request xmlns:r=\"urn:demo\" Id=\"p\">";
    content = "<uin>000000000000</uin>";
    evil_content = "<uin>999999999999</uin>";
    signature_parts s = with_methods_of(who, business_signature(who.certificate));
    s.c14n = method("CanonicalizationMethod", uri::exc_c14n);
    s.references[0].uri = "#p";
    s.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::exc_c14n);
    const std::string text = signed_by_hand(original_open + content + s.text() + close, {.who = &who, .find = {}});
    signature = cut_out(text, "<ds:Signature ", "</ds:Signature>");
  }
  std::string original() const { return original_open + content + signature + close; }
  std::string original_without_signature() const { return original_open + content + close; }
  std::string evil(const std::string& inside, const std::string& id = "q") const {
    return "<r:request xmlns:r=\"urn:demo\"" + (id.empty() ? "" : " Id=\"" + id + "\"") + ">" + evil_content + inside + close;
  }
  std::string signature_with(const std::string& inside) const { return replaced(signature, "</ds:Signature>", inside + "</ds:Signature>"); }
};

checked_business check_inner(const std::string& text) {
  return check_business(text, trust_of_every_kind(), {.compat = true, .gost2015_256 = true});
}

void expect_inner_refused(const std::string& text) {
  const auto alone = check_inner(text);
  EXPECT_FALSE(alone.v.passed) << alone.told();
  // The same payload inline in an envelope.
  const auto d = admitted(unsigned_message("<data>" + text + "</data>"));
  const auto inline_payload = d.root().first_child().next_sibling().first_child().first_child();
  const auto in_place = verify_business(inline_payload, trust_of_every_kind(), {.compat = true, .gost2015_256 = true}, test_now);
  EXPECT_FALSE(in_place.passed) << to_text(in_place.report);
}

class Inner : public ::testing::TestWithParam<key_kind> {};
INSTANTIATE_TEST_SUITE_P(Wrapping, Inner, ::testing::ValuesIn(every_kind), [](const auto& p) { return word_of(p.param); });

TEST_P(Inner, TheOriginalItselfPasses) { expect_passed(check_inner(inner_pieces(GetParam()).original())); }

TEST_P(Inner, XSW1_OriginalInsideTheSignatureOfTheEvilRoot) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil(p.signature_with(p.original_without_signature())));
}
TEST_P(Inner, XSW2_OriginalJustBeforeTheSignature) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil(p.original_without_signature() + p.signature));
}
TEST_P(Inner, XSW3_EvilSiblingBeforeTheOriginal) {
  const inner_pieces p(GetParam());
  expect_inner_refused("<all>" + p.evil("") + p.original() + "</all>");
}
TEST_P(Inner, XSW4_OriginalNestedInTheEvilRoot) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil(p.original()));
  expect_inner_refused(p.evil(p.original(), ""));
}
TEST_P(Inner, XSW5_EvilKeepsTheSignatureOriginalAppended) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil(p.signature + p.original_without_signature()));
}
TEST_P(Inner, XSW6_OriginalInsideTheSignatureThatEvilKeeps) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil(replaced(p.signature, "</ds:KeyInfo>", p.original_without_signature() + "</ds:KeyInfo>")));
}
TEST_P(Inner, XSW7_OriginalWithTheSameIdInsideExtensions) {
  const inner_pieces p(GetParam());
  expect_inner_refused(p.evil("<Extensions>" + p.original_without_signature() + "</Extensions>" + p.signature, "p"));
  expect_inner_refused(p.evil("<Extensions>" + p.original_without_signature() + "</Extensions>" + p.signature, "q"));
}
TEST_P(Inner, XSW8_OriginalInsideAnObjectOfTheSignature) {
  const inner_pieces p(GetParam());
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
    expect_refused(check_inner(p.original_open + "<uin " + flavour + "=\"p\">000000000000</uin>" + p.signature + p.close),
                   sub_indication::signed_data_not_found, problems::signed_data_not_found);
}

}  // namespace
}  // namespace shep::eds
