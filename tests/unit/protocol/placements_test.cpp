#include "eds/sign.hpp"
#include "eds/verify.hpp"
#include "protocol/read_request.hpp"
#include "support/gost_pki.hpp"
#include "support/messages.hpp"
#include "support/print.hpp"
#include "support/template_signer.hpp"

#include <gtest/gtest.h>

/// The signature inside the business data in every placement of shep-protocol.md sections 1.5 and 4.4, through the whole way that a message
/// takes: transport signature, reading, inner signature.
namespace shep::protocol {
namespace {

using namespace test;

const eds::policy everything{.compat = true, .gost2015_256 = true};
const std::string xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

struct placed {
  std::unique_ptr<xml::document> envelope;
  std::optional<sync_request> request;
  eds::document_verification inner;
};

/// What becomes of a message with this `data`.
placed through(const std::string& data, const crypto::identity& who) {
  request_parts parts;
  parts.data = data;
  static ids fresh(3);
  eds::message_signing how;
  how.profile = eds::transport_profile::key_identifier;
  const std::string text = eds::sign_message(share(unsigned_message(parts.wrapper())), who, how, fresh).value();
  placed out;
  out.envelope = std::make_unique<xml::document>(admitted(text));
  const auto v = eds::verify_message(*out.envelope, trust_of_every_kind(), everything, test_now);
  EXPECT_TRUE(v.message.has_value()) << eds::to_text(v.report);
  if (!v.message) return out;
  auto request = read_request(*v.message, reading_mode::lenient, {});
  EXPECT_TRUE(request.has_value());
  if (!request) return out;
  out.request = std::move(*request);
  const auto& d = out.request->data;
  const xml::element part = eds::signed_business_element(d.payload());
  EXPECT_TRUE(part) << "no signature was found in the business data";
  if (!part) return out;
  out.inner = d.inner ? eds::verify_business(*d.inner, trust_of_every_kind(), everything, test_now)
                      : eds::verify_business(part, trust_of_every_kind(), everything, test_now);
  return out;
}

void expect_placed(const std::string& data, const crypto::identity& who, carrier form, std::string_view profile) {
  SCOPED_TRACE(data.substr(0, 120));
  const placed p = through(data, who);
  ASSERT_TRUE(p.request);
  EXPECT_EQ(name_of(p.request->data.form), name_of(form));
  EXPECT_TRUE(p.inner.passed) << eds::to_text(p.inner.report);
  ASSERT_FALSE(p.inner.report.signatures.empty());
  EXPECT_EQ(p.inner.report.signatures[0].profile, profile);
  const placed changed = through(replaced(data, "000000000000", "000000000001"), who);
  EXPECT_FALSE(changed.inner.passed);
  EXPECT_EQ(eds::name_of(changed.inner.report.reason), "HASH_FAILURE");
}

class Placement : public ::testing::TestWithParam<key_kind> {
 protected:
  const crypto::identity& who() const { return signer_of(GetParam()); }
  std::string document() const {
    return eds::sign_business(share("<r:request xmlns:r=\"urn:demo\"><uin>000000000000</uin></r:request>"), who()).value();
  }
  std::string document_of(const std::string& text) const { return eds::sign_business(share(text), who()).value(); }
  signature_parts by_id() const {
    signature_parts s = with_methods_of(who(), business_signature(who().certificate));
    s.references[0].uri = "#d";
    return s;
  }
};
INSTANTIATE_TEST_SUITE_P(Business, Placement, ::testing::ValuesIn(every_kind), [](const auto& p) { return word_of(p.param); });

TEST_P(Placement, ChildElementSignedAsADocument) {
  expect_placed("<data>" + document() + "</data>", who(), carrier::child_element, "enveloped, verified detached");
}

TEST_P(Placement, ChildElementSignedWhereItStands) {
  request_parts parts;
  parts.data = "<data><r:request xmlns:r=\"urn:demo\" Id=\"d\"><uin>000000000000</uin>" + by_id().text() + "</r:request></data>";
  const std::string whole = signed_by_hand(unsigned_message(parts.wrapper()), {.who = &who(), .find = {}});
  expect_placed(whole.substr(whole.find("<data>"), whole.find("</data>") + 7 - whole.find("<data>")), who(), carrier::child_element,
                "enveloped, verified in place");
}

TEST_P(Placement, Cdata) { expect_placed("<data><![CDATA[" + document() + "]]></data>", who(), carrier::cdata, "enveloped"); }

TEST_P(Placement, EscapedText) {
  std::string escaped = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document();
  for (std::size_t at = 0; (at = escaped.find('<', at)) != std::string::npos;) escaped.replace(at, 1, "&lt;");
  expect_placed("<data" + xsi + xmlns("xs", "http://www.w3.org/2001/XMLSchema") + " xsi:type=\"xs:string\">" + escaped + "</data>", who(),
                carrier::escaped_text, "enveloped");
}

TEST_P(Placement, TypedDataWithTheSignatureAsItsChild) {
  const std::string fields = "<messageId>1</messageId><iin>000000000000</iin>";
  expect_placed(document_of("<data" + xsi + xmlns("q", "urn:gbd") + " xsi:type=\"q:Response\">" + fields + "</data>"), who(),
                carrier::typed_element, "enveloped, verified detached");
}

TEST_P(Placement, TypedDataAroundOneSignedElement) {
  expect_placed("<data" + xsi + xmlns("q", "urn:gbd") + " xsi:type=\"q:Request\">" + document() + "</data>", who(), carrier::typed_element,
                "enveloped, verified detached");
}

TEST_P(Placement, UnqualifiedFieldsUnderData) {
  expect_placed(document_of("<data><code>0</code><iin>000000000000</iin></data>"), who(), carrier::fields, "enveloped, verified detached");
}

TEST_P(Placement, ASignatureDeeperInsideIsNotTakenForOneOfTheWhole) {
  EXPECT_FALSE(eds::signed_business_element(admitted("<data><a/><b>" + document() + "</b></data>").root()));
  EXPECT_FALSE(eds::signed_business_element(admitted("<data><a>" + document() + "</a></data>").root()));
}

}  // namespace
}  // namespace shep::protocol
