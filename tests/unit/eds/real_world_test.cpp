#include "unit/eds/checked.hpp"

/// Messages composed to the letter of shep-protocol.md sections 1.5 to 1.9 and 4.1, as different clients write them. All must be believed.
namespace shep::eds {
namespace {

using namespace test;

const std::string soap(ns::soap11), wsse(ns::wsse), wsu(ns::wsu);

/// Profile A inside an Envelope of the client's own making: `{sig}` is where the finished header goes.
std::string with_signature(std::string text, signature_parts s = {}, const std::string& header_prefix = "soap") {
  if (s.key_info.empty()) s.key_info = key_identifier(signer().certificate);
  replace_first(text, "{sig}",
                "<wsse:Security xmlns:wsse=\"" + wsse + "\" " + header_prefix + ":mustUnderstand=\"1\">" + s.text() + "</wsse:Security>");
  return signed_by_hand(text);
}

std::string believed_service(const checked& c) {
  for (xml::element e = c.v.message->body(); e; e = e.next_in_document(c.v.message->body()))
    if (e.local_name() == "serviceId") return xml::text_of(e);
  return "";
}

void expect_believed(const std::string& text) {
  const auto c = check(text);
  expect_passed(c);
  ASSERT_TRUE(c.v.message);
  EXPECT_EQ(believed_service(c), "DEMO_SERVICE");
  expect_refused(check(replaced(text, "DEMO_SERVICE", "EVIL_SERVICE")), sub_indication::hash_failure, problems::hash_failure);
}

/// The official Java sample: two prefixes for the SOAP namespace, a byte order mark, wsu on the Body, an empty SOAP-ENV:Header filled.
TEST(RealWorld, JavaSampleWithTwoPrefixesForTheSoapNamespace) {
  expect_believed(with_signature("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?><S:Envelope xmlns:S=\"" + soap +
                                     "\" xmlns:SOAP-ENV=\"" + soap + "\"><SOAP-ENV:Header>{sig}</SOAP-ENV:Header><S:Body xmlns:wsu=\"" +
                                     wsu + "\" wsu:Id=\"id-1\"><ns2:SendMessage xmlns:ns2=\"" + types_ns + "\">" +
                                     request_parts{}.request() + "</ns2:SendMessage></S:Body></S:Envelope>",
                                 {}, "SOAP-ENV"));
}

TEST(RealWorld, PrefixVariations) {
  for (const std::string p : {"soap", "soapenv", "S", "SOAP-ENV", "s", "env"})
    expect_believed(with_signature("<" + p + ":Envelope xmlns:" + p + "=\"" + soap + "\"><" + p + ":Header>{sig}</" + p + ":Header><" + p +
                                       ":Body xmlns:wsu=\"" + wsu + "\" wsu:Id=\"id-1\">" + request_parts{}.wrapper() + "</" + p +
                                       ":Body></" + p + ":Envelope>",
                                   {}, p));
}

TEST(RealWorld, SoapAsTheDefaultNamespace) {
  expect_believed(with_signature("<Envelope xmlns=\"" + soap + "\" xmlns:e=\"" + soap + "\"><Header>{sig}</Header><Body xmlns:wsu=\"" +
                                     wsu + "\" wsu:Id=\"id-1\"><t:SendMessage xmlns:t=\"" + types_ns + "\" xmlns=\"\">" +
                                     request_parts{}.request() + "</t:SendMessage></Body></Envelope>",
                                 {}, "e"));
}

/// .NET: SendMessage takes the default namespace, and `request xmlns=""` leaves it.
TEST(RealWorld, DotNetDefaultNamespaceForTheWrapper) {
  expect_believed(with_signature("<soap:Envelope xmlns:soap=\"" + soap + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
                                 " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Header>{sig}</soap:Header><soap:Body xmlns:wsu=\"" +
                                 wsu + "\" wsu:Id=\"id-1\"><SendMessage xmlns=\"" + types_ns + "\">" +
                                 replaced(request_parts{}.request(), "<request>", "<request xmlns=\"\">") +
                                 "</SendMessage></soap:Body></soap:Envelope>"));
}

TEST(RealWorld, UtilityNamespaceDeclaredOnTheEnvelope) {
  expect_believed(with_signature("<soap:Envelope xmlns:soap=\"" + soap + "\" xmlns:wsu=\"" + wsu +
                                 "\"><soap:Header>{sig}</soap:Header><soap:Body wsu:Id=\"id-1\">" + request_parts{}.wrapper() +
                                 "</soap:Body></soap:Envelope>"));
}

TEST(RealWorld, SecurityWithAndWithoutMustUnderstand) {
  for (const std::string attributes : {"", " soap:mustUnderstand=\"1\"", " soap:mustUnderstand=\"0\""}) {
    message_a m;
    m.security_attributes = attributes;
    expect_believed(m.text());
  }
}

TEST(RealWorld, BodyIdsAsClientsWriteThem) {
  for (const std::string id :
       {"id-1b2c3d4e-0000-4000-8000-000000000001", "id-0123456789abcdef0123456789ABCDEF", "bodyId", "Body", "_1", "1b2c3d4e-0000"}) {
    message_a m;
    m.message.body_attributes = replaced(m.message.body_attributes, "id-1", id);
    m.signature.references[0].uri = "#" + id;
    expect_believed(m.text());
  }
}

TEST(RealWorld, IdAttributeFlavoursOnTheBody) {
  for (const std::string attribute : {"Id", "id", "ID", "wsu:Id", "wsu:id", "xml:id"}) {
    message_a m;
    m.message.envelope_attributes = xmlns("wsu", ns::wsu);
    m.message.body_attributes = " " + attribute + "=\"id-1\"";
    expect_believed(m.text());
  }
}

/// WSS4J writes InclusiveNamespaces under CanonicalizationMethod, under the Transform, or both.
TEST(RealWorld, PrefixListUnderCanonicalizationMethodAndTransform) {
  const std::string soap_list = inclusive_namespaces("soap"), empty_list = inclusive_namespaces("");
  for (const std::string& under_method : {std::string(), soap_list, empty_list})
    for (const std::string& under_transform : {std::string(), soap_list, empty_list}) {
      message_a m;
      m.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, under_method);
      m.signature.references[0].transforms = method("Transform", uri::exc_c14n, under_transform);
      expect_believed(m.text());
    }
}

/// Profile B of a captured gateway answer: ids everywhere, X509IssuerSerial inside the token reference.
TEST(RealWorld, GatewayAnswerWithIdsEverywhere) {
  message_a m;
  m.signature.attributes = " Id=\"SIG-0123456789abcdef0123456789abcdef\"";
  m.signature.key_info = replaced(replaced(issuer_serial(signer().certificate), "<ds:KeyInfo>", "<ds:KeyInfo Id=\"KI-0123456789abcdef\">"),
                                  "<wsse:SecurityTokenReference>",
                                  "<wsse:SecurityTokenReference" + xmlns("wsu", ns::wsu) + " wsu:Id=\"STR-0123456789abcdef\">");
  m.message.body_attributes = xmlns("wsu", ns::wsu) + " wsu:Id=\"id-0123456789ABCDEF0123456789ABCDEF\"";
  m.signature.references[0].uri = "#id-0123456789ABCDEF0123456789ABCDEF";
  expect_believed(m.text());
}

TEST(RealWorld, LineBreaksInsideEveryBase64) {
  const auto folded = [](const std::string& text, const std::string& line_end) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 76) out += text.substr(i, 76) + line_end;
    return out;
  };
  const std::string der = to_base64(signer().certificate.der());
  for (const std::string line_end : {"\n", "\r\n", "&#13;\n", "&#xD;\n", "\n      "}) {
    message_a m;
    m.signature.key_info = replaced(m.signature.key_info, der, line_end + folded(der, line_end));
    std::string text = m.text();
    const std::size_t open = text.find("<ds:SignatureValue>") + 19, end = text.find("</ds:SignatureValue>");
    text = text.substr(0, open) + folded(text.substr(open, end - open), line_end) + text.substr(end);
    expect_believed(text);
  }
}

TEST(RealWorld, PrettyPrintedBeforeSigning) {
  message_a m;
  std::string text = m.unfinished();
  std::string spaced;
  for (std::size_t i = 0; i < text.size(); ++i) {
    spaced += text[i];
    if (text[i] == '>' && i + 1 < text.size() && text[i + 1] == '<' && text.compare(i + 1, 2, "</") != 0) spaced += "\r\n  ";
  }
  expect_believed(signed_by_hand(spaced));
}

TEST(RealWorld, DeclarationAndCommentsAroundTheEnvelope) {
  message_a m;
  for (const std::string before : {"<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n", "\xEF\xBB\xBF",
                                   "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- made by hand -->\r\n"}) {
    m.message.before = before;
    expect_believed(m.text());
  }
}

TEST(RealWorld, CarriersOfTheBusinessData) {
  const std::string xs = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";
  for (const std::string& data :
       {"<data" + xs + " xsi:type=\"xs:string\">&lt;?xml version=\"1.0\" encoding=\"UTF-8\"?>&#13;\n&lt;a>&amp;amp;&lt;/a></data>",
        std::string("<data><![CDATA[<?xml version=\"1.0\"?><a>]]&gt;</a>]]></data>"),
        "<data" + xs + " xmlns:g=\"urn:g\" xsi:type=\"g:ServiceType\"><iin/></data>",
        std::string("<data><k:getUserDataRequest xmlns:k=\"http://service.2fa-chain.kz/ns/kdp\"><uin/></k:getUserDataRequest></data>"),
        std::string("<ns4:data xmlns:ns4=\"http://bip.bee.kz/SyncChannel/v10/Interfaces\">text</ns4:data>"),
        std::string("<data xmlns=\"http://www.w3.org/2001/XMLSchema-instance\" type=\"xsd:string\">text</data>")}) {
    request_parts parts;
    parts.data = data;
    message_a m;
    m.message.body = parts.wrapper();
    SCOPED_TRACE(data);
    expect_believed(m.text());
  }
}

/// shep-protocol.md section 6: re-indented after signing. The report names the reference, both digests, and what to look for.
TEST(RealWorld, ReindentedBodyIsAHashFailureThatNamesTheReference) {
  const std::string text = replaced(message_a().text(), "<request><requestInfo>", "<request>\n  <requestInfo>");
  const auto c = check(text);
  expect_refused(c, sub_indication::hash_failure, problems::hash_failure, "\"#id-1\"");
  EXPECT_NE(c.v.failure.hint.find("re-indented"), std::string::npos);
  const reference_report& r = c.v.report.signatures.at(0).references.at(0);
  EXPECT_EQ(r.uri, "#id-1");
  EXPECT_FALSE(r.matches);
  EXPECT_NE(r.declared, r.computed);
  EXPECT_EQ(r.target.xpath, "/soap:Envelope[1]/soap:Body[1]");
  EXPECT_NE(c.v.failure.detail.find(r.declared), std::string::npos);
  EXPECT_NE(c.v.failure.detail.find(r.computed), std::string::npos);
}

TEST(RealWorld, LineEndsChangedOnTheWayDoNotMatter) {
  message_a m;
  m.message.body = "\n" + m.message.body + "\n";
  std::string text = m.text();
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.replace(at, 1, "\r\n");
  expect_believed(text);
}

/// shep-protocol.md section 4.1: the default envelope of a .NET library. Its signature can be judged; that SOAP 1.2 is refused is
/// protocol's.
TEST(RealWorld, Soap12EnvelopeIsJudgedLikeAnyOther) {
  std::string text = message_a().unfinished();
  replace_first(text, soap, std::string(ns::soap12));
  expect_passed(check(signed_by_hand(text)));
}

}  // namespace
}  // namespace shep::eds
