#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// Security catalogue section 3.1, every variant by its name, on the outer layer. "Original" is the signed element, "evil" the copy that
/// the attacker wants read. Each test first makes sure that the original's digest still holds where it was moved to: otherwise the test
/// would prove nothing about wrapping.
namespace shep::eds {
namespace {

using namespace test;

/// A signed message taken apart.
struct outer_pieces {
  std::string signature;  ///< <ds:Signature>…</ds:Signature>
  std::string original;   ///< the signed <soap:Body>
  std::string evil;       ///< the same with another service, same id unless a test changes it

  static std::string cut(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from), end = text.find(to, begin) + to.size();
    return text.substr(begin, end - begin);
  }
  explicit outer_pieces(key_kind kind = key_kind::rsa) {
    const crypto::identity& who = signer_of(kind);
    message_a m;
    m.signature = with_methods_of(who, m.signature);
    m.signature.key_info = key_identifier(who.certificate);
    const std::string text = m.text({.who = &who, .find = {}});
    signature = cut(text, "<ds:Signature ", "</ds:Signature>");
    original = cut(text, "<soap:Body", "</soap:Body>");
    evil = replaced(original, "DEMO_SERVICE", "EVIL_SERVICE");
  }
  std::string evil_without_id() const { return replaced(evil, " wsu:Id=\"id-1\"", ""); }
  /// The Security header with something inside the Signature, before its end.
  std::string signature_with(const std::string& inside) const { return replaced(signature, "</ds:Signature>", inside + "</ds:Signature>"); }
};

std::string envelope(const std::string& header, const std::string& rest, const std::string& attributes = "") {
  return "<soap:Envelope" + xmlns("soap", ns::soap11) + xmlns("wsse", ns::wsse) + xmlns("wsu", ns::wsu) + xmlns("ds", ns::ds) + attributes +
         "><soap:Header>" + header + "</soap:Header>" + rest + "</soap:Envelope>";
}

checked check_all(const std::string& text) { return check(text, trust_of_every_kind(), {.compat = true, .gost2015_256 = true}); }

/// The attack stands only where the original still has the digest that was signed.
void expect_original_intact(const std::string& text) {
  const auto d = admitted(text);
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root())) {
    if (!e.is({ns::soap11, "Body"})) continue;
    const std::string octets = canonical_octets(d, e, std::string(uri::exc_c14n), false, {});
    for (const key_kind kind : every_kind)
      if (text.find(to_base64(crypto::digest(methods_for(kind)->digest.algorithm, octets))) != std::string::npos) return;
  }
  ADD_FAILURE() << "no Body of this message has the signed digest: the test attacks nothing\n" << text;
}

void expect_wrapping_refused(const std::string& text) {
  expect_original_intact(text);
  const auto c = check_all(text);
  EXPECT_FALSE(c.v.message.has_value()) << c.told();
  EXPECT_NE(c.v.report.verdict, indication::total_passed);
  EXPECT_FALSE(c.v.failure.detail.empty());
}

class Outer : public ::testing::TestWithParam<key_kind> {};
INSTANTIATE_TEST_SUITE_P(Wrapping, Outer, ::testing::ValuesIn(every_kind), [](const auto& p) { return word_of(p.param); });

TEST_P(Outer, TheOriginalItselfPasses) {
  const outer_pieces p(GetParam());
  expect_passed(check_all(envelope(security(p.signature), p.original)));
}

TEST_P(Outer, XSW1_OriginalEnvelopeUnderTheSignature) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature_with("<soap:Envelope>" + p.original + "</soap:Envelope>")), p.evil_without_id()));
}
TEST_P(Outer, XSW2_OriginalBesideTheSignatureInSecurity) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.original + p.signature), p.evil_without_id()));
  expect_wrapping_refused(envelope(security(p.signature + p.original), p.evil_without_id()));
}
TEST_P(Outer, XSW3_EvilBodyFirstOriginalSecond) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature), p.evil_without_id() + p.original));
  expect_wrapping_refused(envelope(security(p.signature), p.evil + p.original));
}
TEST_P(Outer, XSW4_OriginalNestedInTheEvilBody) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature), replaced(p.evil_without_id(), "</soap:Body>", p.original + "</soap:Body>")));
}
TEST_P(Outer, XSW5_EvilBodyInPlaceOriginalAfterIt) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature), p.evil_without_id() + "<x>" + p.original + "</x>"));
}
TEST_P(Outer, XSW6_OriginalInsideTheSignature) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature_with(p.original)), p.evil_without_id()));
  expect_wrapping_refused(envelope(
      security(replaced(p.signature, "</ds:KeyInfo>", "<ds:KeyName>" + p.original + "</ds:KeyName></ds:KeyInfo>")), p.evil_without_id()));
}
TEST_P(Outer, XSW7_EvilBodyWithTheSameIdOriginalInAnUnknownHeader) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature) + "<h:Extensions xmlns:h=\"urn:h\">" + p.original + "</h:Extensions>", p.evil));
}
TEST_P(Outer, XSW8_OriginalInsideAnObjectOfTheSignature) {
  const outer_pieces p(GetParam());
  expect_wrapping_refused(envelope(security(p.signature_with("<ds:Object>" + p.original + "</ds:Object>")), p.evil_without_id()));
}

TEST(Wrapping, S09_BodyMovedToAHeaderForNobody) {
  const outer_pieces p;
  for (const std::string block :
       {"<h:x xmlns:h=\"urn:h\" soap:mustUnderstand=\"0\">", "<h:x xmlns:h=\"urn:h\" soap:actor=\"urn:somebody\">",
        "<h:x xmlns:h=\"urn:h\" soap:mustUnderstand=\"0\" soap:actor=\"http://schemas.xmlsoap.org/soap/actor/none\">"}) {
    expect_wrapping_refused(envelope(security(p.signature) + block + p.original + "</h:x>", p.evil_without_id()));
    expect_wrapping_refused(envelope(block + p.original + "</h:x>" + security(p.signature), p.evil));
  }
}

std::string timestamp(const std::string& id, const std::string& created) {
  return "<wsu:Timestamp wsu:Id=\"" + id + "\"><wsu:Created>" + created + "</wsu:Created></wsu:Timestamp>";
}

message_a message_with_timestamp() {
  message_a m;
  m.message.envelope_attributes = xmlns("wsu", ns::wsu);
  m.message.body_attributes = " wsu:Id=\"id-1\"";
  m.beside = timestamp("ts", "2030-01-02T03:04:05Z");
  m.signature.references.push_back(m.signature.references[0]);
  m.signature.references[1].uri = "#ts";
  return m;
}

TEST(Wrapping, S10_SignedTimestampInItsPlacePasses) { expect_passed(check(message_with_timestamp().text())); }

TEST(Wrapping, S10_TimestampWrappedAndANewOneUnsigned) {
  const std::string text = message_with_timestamp().text();
  const std::string original = timestamp("ts", "2030-01-02T03:04:05Z"), fresh = timestamp("new", "2031-01-02T03:04:05Z");
  expect_refused(check(replaced(text, original, fresh + "<x>" + original + "</x>")), sub_indication::signed_data_not_found,
                 problems::signed_data_not_found);
  const std::string moved = replaced(replaced(text, original, fresh), "<soap:Header>", "<soap:Header>" + original);
  expect_refused(check(moved), sub_indication::signed_data_not_found, problems::signed_data_not_found);
  const std::string twin = replaced(text, original, timestamp("ts", "2031-01-02T03:04:05Z"));
  expect_refused(check(replaced(twin, "<soap:Header>", "<soap:Header>" + original)), sub_indication::signed_data_not_found,
                 problems::signed_data_not_found);
}

TEST(Wrapping, S10_TwoTimestampsInSecurityAreRefused) {
  const std::string text = message_with_timestamp().text();
  const std::string original = timestamp("ts", "2030-01-02T03:04:05Z"), fresh = timestamp("new", "2031-01-02T03:04:05Z");
  for (const std::string& both : {fresh + original, original + fresh})
    expect_refused(check(replaced(text, original, both)), sub_indication::sig_constraints_failure, problems::signature_constraints,
                   "a second wsu:Timestamp");
}

TEST(Wrapping, S11_TwoSecurityHeadersAreRefused) {
  const outer_pieces p;
  expect_wrapping_refused(envelope(security(p.signature) + security(""), p.original));
  expect_wrapping_refused(envelope(security("") + security(p.signature), p.original));
  expect_wrapping_refused(envelope(security(p.signature) + security(p.signature), p.original));
  expect_wrapping_refused(envelope(security(p.signature) + security(p.signature, " soap:actor=\"urn:somebody\""), p.original));
}

TEST(Wrapping, S13_IdFlavoursWithEqualValuesAreAmbiguous) {
  const outer_pieces p;
  expect_passed(check_all(envelope(security(p.signature), p.original)));
  for (const std::string flavour : {"wsu:Id", "Id", "ID", "id", "xml:id", "AssertionID", "wsu:id", "q:Id"}) {
    const std::string decoy = "<h:x xmlns:h=\"urn:h\" xmlns:q=\"urn:q\" " + flavour + "=\"id-1\"/>";
    SCOPED_TRACE(decoy);
    const auto c = check_all(envelope(decoy + security(p.signature), p.original));
    expect_refused(c, sub_indication::signed_data_not_found, problems::signed_data_not_found, "id-1");
    EXPECT_FALSE(check_all(envelope(security(p.signature + decoy), p.original)).passed());
  }
}

TEST(Wrapping, S14_PrefixesRewrittenUnderTheSignatureFailTheDigest) {
  const std::string text = message_a().text();
  std::string rebound = text;
  replace_first(rebound, "<t:SendMessage xmlns:t=", "<u:SendMessage xmlns:u=");
  replace_first(rebound, "</t:SendMessage>", "</u:SendMessage>");
  expect_refused(check(rebound), sub_indication::hash_failure, problems::hash_failure);
  expect_refused(check(replaced(text, types_ns, "urn:other")), sub_indication::hash_failure, problems::hash_failure);
}

TEST(Wrapping, S14_NamespaceInjectedOutsideChangesNothingThatIsRead) {
  const std::string text = replaced(message_a().text(), "<soap:Envelope", "<soap:Envelope xmlns:t=\"urn:evil\" xmlns=\"urn:evil\"");
  const auto c = check(text);
  // An inherited default namespace would move the unqualified fields into it: the digest must notice.
  expect_refused(c, sub_indication::hash_failure, problems::hash_failure);
  expect_passed(check(replaced(message_a().text(), "<soap:Envelope", "<soap:Envelope xmlns:t=\"urn:evil\"")));
}

TEST(Wrapping, S15_DecoySignatureWithTheSameValueIsRefused) {
  const outer_pieces p;
  const std::string decoy = p.signature_with("<ds:Object>" + p.evil_without_id() + "</ds:Object>");
  expect_wrapping_refused(envelope(security(decoy + p.signature), p.original));
  expect_wrapping_refused(envelope(security(p.signature + decoy), p.original));
  expect_wrapping_refused(envelope(security(p.signature) + decoy, p.original));
  expect_wrapping_refused(envelope(decoy + security(p.signature), p.original));
}

TEST(Wrapping, S16_GenuineSignatureOfAnotherMessageProvesNothingHere) {
  message_a other;
  other.message.body = "<t:SendMessageResponse xmlns:t=\"" + types_ns + "\"/>";
  const std::string donor = other.text();
  const std::string borrowed = outer_pieces::cut(donor, "<ds:Signature ", "</ds:Signature>");
  const outer_pieces p;
  expect_refused(check_all(envelope(security(borrowed), p.original)), sub_indication::hash_failure, problems::hash_failure);
}

TEST(Wrapping, S18_SignatureThatCoversNothingWeReadIsRefused) {
  message_a m = message_with_timestamp();
  m.signature.references.erase(m.signature.references.begin());
  expect_refused(check(m.text()), sub_indication::signed_data_not_found, problems::signed_data_not_found, "/Envelope/Body");
  message_a header;
  header.message.header = "<h:x xmlns:h=\"urn:h\" Id=\"part\"/>";
  header.signature.references[0].uri = "#part";
  expect_refused(check(header.text()), sub_indication::signed_data_not_found, problems::signed_data_not_found);
  message_a nothing;
  nothing.signature.references.clear();
  expect_refused(check(nothing.text()), sub_indication::format_failure, problems::signature_format, "refers to nothing");
  message_a child;
  child.message.body = replaced(child.message.body, "<request>", "<request Id=\"inner\">");
  child.signature.references[0].uri = "#inner";
  expect_refused(check(child.text()), sub_indication::signed_data_not_found, problems::signed_data_not_found);
}

TEST(Wrapping, S18_PartsNoSignatureCoversAreListed) {
  message_a m;
  m.message.header = "<h:x xmlns:h=\"urn:h\"/>";
  const auto c = check(m.text());
  expect_passed(c);
  EXPECT_EQ(c.v.report.covered, std::vector<std::string>{"/soap:Envelope[1]/soap:Body[1]"});
  EXPECT_EQ(c.v.report.uncovered, std::vector<std::string>{"/soap:Envelope[1]/soap:Header[1]/h:x[1]"});
}

TEST(Wrapping, S18_ListOfUnsignedPartsIsBounded) {
  message_a m;
  for (int i = 0; i < 2000; ++i) m.message.header += "<h:x xmlns:h=\"urn:h\"/>";
  const auto c = check(m.text());
  expect_passed(c);
  EXPECT_LE(c.v.report.uncovered.size(), 33u);
  EXPECT_FALSE(c.v.report.uncovered.empty());
}

TEST(Wrapping, S19_WholeSignedEnvelopeReplayedInsideAnother) {
  const outer_pieces p;
  const std::string replayed = "<soap:Envelope><soap:Header>" + security(p.signature) + "</soap:Header>" + p.original + "</soap:Envelope>";
  expect_wrapping_refused(envelope("", "<soap:Body>" + replayed + "</soap:Body>"));
  expect_wrapping_refused(envelope(security(p.signature), "<soap:Body>" + replayed + "</soap:Body>"));
  expect_wrapping_refused(envelope("<h:x xmlns:h=\"urn:h\">" + replayed + "</h:x>", p.evil_without_id()));
}

}  // namespace
}  // namespace shep::eds
