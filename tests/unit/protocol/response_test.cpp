#include "protocol/response.hpp"

#include "eds/sign.hpp"
#include "eds/verify.hpp"
#include "protocol/fault.hpp"
#include "unit/protocol/answers.hpp"
#include "unit/protocol/reading.hpp"
#include "xml/c14n.hpp"

/// shep-protocol.md sections 1.4 and 1.5, the answering side.
namespace shep::protocol {
namespace {

using namespace test;

TEST(Response, HasTheLiteralShapeOfTheWire) {
  EXPECT_EQ(
      rendered(answer({carrier::escaped_text, "<a>1</a>", {}})),
      "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header></soap:Header>"
      "<soap:Body xmlns:wsu=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\" wsu:Id=\"id-1\">"
      "<ns2:SendMessageResponse xmlns:ns2=\"http://bip.bee.kz/SyncChannel/v10/Types\"><response><responseInfo>"
      "<messageId>00000000-0000-4000-8000-000000000002</messageId><correlationId>00000000-0000-4000-8000-000000000001</correlationId>"
      "<responseDate>2030-01-02T08:04:05.678+05:00</responseDate><status><code>SCSS001</code>"
      "<message>Сообщение успешно обработано</message></status><sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId>"
      "</responseInfo><responseData><data xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">&lt;a&gt;1&lt;/a&gt;</data></responseData></response>"
      "</ns2:SendMessageResponse></soap:Body></soap:Envelope>");
}

TEST(Response, MessageIsCutAtTwoHundredAndFiftyCharacters) {
  const auto message_of = [](const std::string& text) {
    sync_response r = answer();
    r.status_message = text;
    const auto d = admitted(rendered(r));
    xml::element e = d.root();
    while (e.local_name() != "message") e = e.next_in_document(d.root());
    return xml::text_of(e);
  };
  for (const std::string letter : {"x", "\xD0\x9F", "\xF0\x9F\x98\x80", "&"}) {
    std::string most;
    for (int i = 0; i < 250; ++i) most += letter;
    EXPECT_EQ(message_of(most), most);
    EXPECT_EQ(message_of(most + letter), most);
    EXPECT_EQ(message_of(most + most), most);
  }
}

TEST(Response, WhatIsAbsentIsLeftOut) {
  sync_response r = answer();
  r.correlation_id.clear();
  r.session_id.clear();
  EXPECT_EQ(rendered(r).find("sessionId"), std::string::npos) << "an empty one is no GUID";
  EXPECT_EQ(rendered(r).find("correlationId"), std::string::npos);
  EXPECT_NE(rendered(r).find("<responseData></responseData>"), std::string::npos);
}

TEST(Response, SpecialCharactersArriveAsTheyWere) {
  sync_response r = answer({carrier::escaped_text, "<a b=\"&lt;&#xD;\">]]&gt; \t\n</a>", {}});
  r.message_id = "<&\">'\r\n";
  r.status_message = "]]>&amp;";
  const auto d = admitted(rendered(r));
  std::map<std::string, std::string> texts;
  for (xml::element e = d.root(); e; e = e.next_in_document(d.root())) texts[std::string(e.local_name())] = xml::text_of(e);
  EXPECT_EQ(texts["messageId"], r.message_id);
  EXPECT_EQ(texts["message"], r.status_message);
  EXPECT_EQ(texts["data"], r.data.document);
}

const std::string documents[] = {
    "<a/>",
    "<r:response xmlns:r=\"urn:demo\"><uin>000000000000</uin></r:response>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- b --><a xmlns=\"urn:d\" b='1' c=\"&lt;&gt;&quot;'&#13;&#10;&#9;\"><b "
    "xmlns=\"\"/>&#13;\r\n<![CDATA[]]]]>&gt;</a><!-- e -->",
    "<q:a xmlns:q=\"urn:q\" xmlns:unused=\"urn:unused\" xml:lang=\"kk\"><q:b unused:c=\"1\"/><!-- kept --><?pi x?></q:a>",
    "<soap:a xmlns:soap=\"urn:not-soap\" xmlns:ns2=\"urn:not-types\" xmlns:wsu=\"urn:not-wsu\" wsu:Id=\"x\"><ns2:b/></soap:a>",
    "<a xmlns:xsi=\"urn:not-xsi\" xmlns:xs=\"urn:not-xs\" xmlns:t=\"urn:not-t\" xsi:x=\"1\" xs:y=\"2\" t:z=\"3\"><data/></a>",
    "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:g=\"urn:g\" xsi:type=\"g:Own\"><b xsi:nil=\"true\"/></a>",
    "<a xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" soap:encodingStyle=\"\"><soap:x/></a>",
    "<a>\xD0\x9F\xD1\x80\xD0\xB8 \xF0\x9F\x98\x80 ]]&gt;</a>",
    "<t:a xmlns:t=\"urn:type\"/>",
};

constexpr carrier forms[] = {carrier::escaped_text, carrier::cdata, carrier::child_element, carrier::typed_element, carrier::fields};

/// Whatever the writer knows about his own message must be what a reader finds in it.
TEST(Response, CanonicalFormOfTheWriterIsThatOfTheReader) {
  for (const style& s : {style{}, other_style()})
    for (const std::string& document : documents)
      for (const carrier form : forms)
        for (const data_type& type :
             {data_type{}, data_type{"ServiceType", "urn:type"}, data_type{"ns3:ServiceType", "urn:type"}, data_type{"Bare", ""}}) {
          SCOPED_TRACE(std::string(name_of(form)) + " " + type.name + " " + document);
          auto shaped = shape_document(document, form, type, s);
          ASSERT_TRUE(shaped) << describe(shaped.error());
          const auto complete = canonicalize(*shaped, s);
          ASSERT_TRUE(complete) << describe(complete.error());
          const auto m = render_response(answer(*shaped), s, "id-1");
          const auto d = admitted(m.text);
          const auto parts = eds::read_envelope(d).value();
          EXPECT_EQ(canonical_octets(d, parts.body, std::string(eds::uri::exc_c14n), false, {}), m.canonical_body);
          EXPECT_TRUE(m.text.substr(m.header_content).starts_with("</" + s.soap_prefix + ":Header>"));
          EXPECT_EQ(m.soap_prefix, s.soap_prefix);
        }
}

TEST(Response, SignedWithoutReadingItAgainVerifies) {
  ids fresh(3);
  for (const std::string& document : documents)
    for (const carrier form : forms)
      for (const auto profile : {eds::transport_profile::issuer_serial, eds::transport_profile::key_identifier}) {
        auto shaped = shape_document(document, form, {"ServiceType", "urn:type"}, {}).value();
        ASSERT_TRUE(canonicalize(shaped, {}));
        const auto text = eds::sign_rendered(render_response(answer(shaped), {}, "id-1"), signer(), profile, fresh);
        ASSERT_TRUE(text) << describe(text.error());
        const auto d = admitted(*text);
        const auto v = eds::verify_message(d, trust(), {}, test_now);
        EXPECT_TRUE(v.message) << to_text(v.report) << document;
      }
}

/// The business document signed, then put into each carrier, then read back: both signatures hold.
TEST(Response, SignedBusinessDocumentSurvivesEveryCarrier) {
  ids fresh(4);
  for (const std::string& document : documents)
    for (const carrier form : forms) {
      SCOPED_TRACE(std::string(name_of(form)) + " " + document);
      auto shaped = shape_document(document, form, {"ServiceType", "urn:type"}, {}).value();
      const auto signed_document = eds::sign_business(share(shaped.document), signer());
      ASSERT_TRUE(signed_document) << describe(signed_document.error());
      shaped.document = *signed_document;
      shaped.canonical.clear();
      ASSERT_TRUE(canonicalize(shaped, {}));
      const auto text =
          eds::sign_rendered(render_response(answer(shaped), {}, "id-1"), signer(), eds::transport_profile::key_identifier, fresh).value();
      const auto d = admitted(text);
      ASSERT_TRUE(eds::verify_message(d, trust(), {}, test_now).message);
      xml::element data;
      for (xml::element e = d.root(); e; e = e.next_in_document(d.root()))
        if (e.local_name() == "responseData") data = e.first_child();
      if (form == carrier::escaped_text || form == carrier::cdata) {
        const auto inner = admitted(xml::text_of(data));
        const auto v = eds::verify_business(inner, trust(), {}, test_now);
        EXPECT_TRUE(v.passed) << to_text(v.report);
      } else {
        const auto v = eds::verify_business(form == carrier::child_element ? data.first_child() : data, trust(), {}, test_now);
        EXPECT_TRUE(v.passed) << to_text(v.report);
      }
    }
}

TEST(ShapeDocument, TypedElementBecomesDataWithItsType) {
  const auto shaped = shape_document("<q:response xmlns:q=\"urn:q\" a=\"1\"><iin>1</iin></q:response>", carrier::typed_element,
                                     {"ServiceType", "urn:type"}, {})
                          .value();
  const auto d = admitted(shaped.document);
  EXPECT_TRUE(d.root().is({"", "data"}));
  EXPECT_EQ(d.root().attribute_value({"", "a"}), "1");
  const std::string type(d.root().attribute_value({ns::xsi, "type"}).value());
  EXPECT_EQ(d.root().resolve_prefix(type.substr(0, type.find(':'))), "urn:type");
  EXPECT_EQ(type.substr(type.find(':') + 1), "ServiceType");
}

TEST(ShapeDocument, TypePrefixAsAskedForAndNeverBoundTwice) {
  const auto type_of = [](const std::string& text, const data_type& type) {
    const auto shaped = shape_document(text, carrier::typed_element, type, {});
    if (!shaped) return std::string(shaped.error().code.name);
    const auto d = xml::admit(share(shaped->document));
    if (!d) return "not XML: " + shaped->document;
    const std::string value(d->root().attribute_value({ns::xsi, "type"}).value_or(""));
    return value + " in " + std::string(d->root().resolve_prefix(value.substr(0, value.find(':'))));
  };
  EXPECT_EQ(type_of("<a/>", {"ns3:ServiceType", "urn:type"}), "ns3:ServiceType in urn:type");
  EXPECT_TRUE(type_of("<a/>", {"Bare", ""}).starts_with("Bare in"));
  EXPECT_EQ(type_of("<a xmlns:ns3=\"urn:type\"/>", {"ns3:ServiceType", "urn:type"}), "ns3:ServiceType in urn:type");
  EXPECT_TRUE(type_of("<a xmlns:t=\"urn:other\"/>", {"ServiceType", "urn:type"}).ends_with(":ServiceType in urn:type"));
  EXPECT_TRUE(type_of("<a xmlns:xsi=\"urn:other\"/>", {"ServiceType", "urn:type"}).ends_with(":ServiceType in urn:type"));
  EXPECT_EQ(type_of("<a xmlns:ns3=\"urn:other\"/>", {"ns3:ServiceType", "urn:type"}), "protocol.answer_document")
      << "the prefix was insisted on, and the document needs it for something else";
  EXPECT_EQ(type_of("<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:g=\"urn:g\" xsi:type=\"g:Own\"/>",
                    {"ServiceType", "urn:type"}),
            "g:Own in urn:g");
}

TEST(ShapeDocument, DeclarationAndWhatStandsAroundTheRootIsLeftOut) {
  const auto shaped = shape_document("<?xml version=\"1.0\"?><!-- b --><a>1</a>\n<!-- e -->", carrier::escaped_text, {}, {}).value();
  EXPECT_EQ(shaped.document, "<a>1</a>");
}

TEST(ShapeDocument, WhatIsNoDocumentIsOurOwnMistake) {
  for (const std::string& text :
       {std::string(""), std::string("<a>"), std::string("text"), std::string("<!DOCTYPE a><a/>"), std::string("<p:a/>")}) {
    const auto shaped = shape_document(text, carrier::escaped_text, {}, {});
    ASSERT_FALSE(shaped) << text;
    EXPECT_EQ(shaped.error().code, problems::answer_document);
    EXPECT_EQ(event_for(shaped.error(), layer::transport), fault_event::internal_error);
  }
}

TEST(Style, PrefixesMustBeDifferentNames) {
  EXPECT_TRUE(style{}.check());
  EXPECT_TRUE(other_style().check());
  for (const std::string bad : {"", "1a", "a:b", "xml", "xmlns", "XmL", "a b", "\xD0\x9F", "<", "ns2"}) {
    style s;
    s.soap_prefix = bad;
    const auto ok = s.check();
    ASSERT_FALSE(ok) << bad;
    EXPECT_EQ(ok.error().code, problems::usage);
  }
}

/// The Body's own id needs "wsu", and the signature brings "wsse" and "ds".
TEST(Style, PrefixThatTheBodyNeedsIsRefused) {
  style s;
  s.soap_prefix = "wsu";
  EXPECT_FALSE(s.check());
}

}  // namespace
}  // namespace shep::protocol
