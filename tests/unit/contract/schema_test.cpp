#include "contract/schema.hpp"

#include "contract/service_contracts.hpp"
#include "core/embedded.hpp"
#include "protocol/read_message.hpp"
#include "xml/escape.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace shep::contract {
namespace {

constexpr std::string_view small = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:element name="Request" type="t:Request"/>
  <xs:complexType name="Request">
    <xs:sequence>
      <xs:element name="iin"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]{12}"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="date" type="xs:date" minOccurs="0"/>
      <xs:element name="kind" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="A"/></xs:restriction></xs:simpleType></xs:element>
    </xs:sequence>
    <xs:attribute name="number" type="xs:int"/>
  </xs:complexType>
</xs:schema>)";

schema_files files_with(std::string_view name, std::string_view content) {
  schema_files files = schema_files::shipped();
  files.put(std::string(name), std::string(content));
  return files;
}

schema small_schema() { return schema::compile(files_with("t/v1/t.xsd", small), "t/v1/t.xsd").value(); }

findings checked(const schema& s, const std::string& text) {
  const auto document = xml::admit(share(text)).value();
  return s.check({document.root(), &document});
}

struct mistake {
  const char* name;
  const char* document;
  const char* where;
  std::size_t line;
  const char* rule;
  const char* value;
};
void PrintTo(const mistake& m, std::ostream* out) { *out << m.name; }

class Violations : public testing::TestWithParam<mistake> {};

TEST_P(Violations, AreNamedWithPathLineRuleAndValue) {
  const auto found = checked(small_schema(), GetParam().document);
  EXPECT_EQ(found.unchecked, "");
  ASSERT_EQ(found.violations.size(), found.total);
  ASSERT_GE(found.total, 1U);
  const violation& v = found.violations.front();
  EXPECT_EQ(v.where, GetParam().where);
  EXPECT_EQ(v.line, GetParam().line);
  EXPECT_EQ(v.rule, GetParam().rule) << v.detail;
  EXPECT_EQ(v.value, GetParam().value);
  if (*GetParam().value != 0) {
    EXPECT_EQ(v.detail.find(GetParam().value), std::string::npos) << "fit for logs: " << v.detail;
  }
}

const mistake mistakes[] = {
    {"Pattern", "<r:Request xmlns:r='urn:t'>\n<iin>85031509001X</iin></r:Request>", "/r:Request[1]/iin[1]", 2, "cvc-pattern-valid",
     "85031509001X"},
    {"Date", "<r:Request xmlns:r='urn:t'>\n<iin>850315090015</iin>\n\n<date>15.03.1985</date></r:Request>", "/r:Request[1]/date[1]", 4,
     "cvc-datatype-valid.1.2.1", "15.03.1985"},
    {"Enumeration", "<r:Request xmlns:r='urn:t'><iin>850315090015</iin><kind>secret' is B</kind></r:Request>", "/r:Request[1]/kind[1]", 1,
     "cvc-enumeration-valid", "secret' is B"},
    {"Unexpected", "<r:Request xmlns:r='urn:t'><iin>850315090015</iin><other>7</other></r:Request>", "/r:Request[1]/other[1]", 1,
     "cvc-complex-type.2.4", "7"},
    {"Missing", "<r:Request xmlns:r='urn:t'/>", "/r:Request[1]", 1, "cvc-complex-type.2.4", ""},
    {"Attribute", "<r:Request xmlns:r='urn:t' number='seven'><iin>850315090015</iin></r:Request>", "/r:Request[1]/@number", 1,
     "cvc-datatype-valid.1.2.1", "seven"},
    {"Namespace", "<r:Request xmlns:r='urn:other'><iin>850315090015</iin></r:Request>", "/r:Request[1]", 1, "cvc-elt.1", ""},
};
INSTANTIATE_TEST_SUITE_P(Each, Violations, testing::ValuesIn(mistakes), [](const auto& i) { return std::string(i.param.name); });

TEST(Schema, AGoodDocumentHasNoViolations) {
  EXPECT_TRUE(checked(small_schema(), "<r:Request xmlns:r='urn:t' number='7'><iin>850315090015</iin><kind>A</kind></r:Request>").clean());
}

TEST(Schema, EveryShippedSchemaCompilesAndEveryContractNamesOne) {
  const auto files = schema_files::shipped();
  std::size_t compiled = 0;
  for (const auto& f : embedded::files()) {
    if (!f.path.starts_with("schemas/") || !f.path.ends_with(".xsd")) continue;
    const auto made = schema::compile(files, f.path.substr(8));
    EXPECT_TRUE(made) << f.path << ": " << (made ? "" : describe(made.error()));
    ++compiled;
  }
  EXPECT_GT(compiled, 25U);
  EXPECT_GT(shipped_contract_rows().size(), 30U);
  for (const auto& [service, row] : shipped_contract_rows()) {
    EXPECT_NE(files.find(row.request_schema), nullptr) << service;
    EXPECT_NE(files.find(row.answer_schema), nullptr) << service;
  }
}

TEST(Schema, AMissingFileIsNamedWithTheClosest) {
  const auto r = schema::compile(schema_files::shipped(), "gbdfl/v2/message.xsd");
  ASSERT_FALSE(r);
  EXPECT_NE(r.error().detail.find("gbdfl/v2/message.xsd"), std::string::npos);
  EXPECT_NE(r.error().hint.find("gbdfl/v1/message.xsd"), std::string::npos);
  const auto imported = schema::compile(
      files_with("a/a.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='absent.xsd'/></xs:schema>"),
      "a/a.xsd");
  ASSERT_FALSE(imported);
  EXPECT_NE(imported.error().detail.find("a/absent.xsd"), std::string::npos);
}

TEST(Schema, ABrokenSchemaIsRefused) {
  for (const char* text :
       {"", "<a/>", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='absent'/></xs:schema>"})
    EXPECT_FALSE(schema::compile(files_with("a/a.xsd", text), "a/a.xsd")) << text;
}

TEST(Schema, X15_NothingIsLoadedFromFilesOrTheNetwork) {
  for (const char* location : {"/etc/hostname", "file:///etc/hostname", "http://127.0.0.1:1/a.xsd", "../../../../etc/hostname"}) {
    const auto r =
        schema::compile(files_with("a/a.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='" +
                                                  std::string(location) + "'/></xs:schema>"),
                        "a/a.xsd");
    EXPECT_FALSE(r) << location;
  }
}

TEST(Schema, X15_LocationsInADocumentAreNotFollowed) {
  // Another schema for the same namespace, which would allow anything: were the hint followed, nothing would be wrong below.
  const auto found = checked(small_schema(),
                             "<r:Request xmlns:r='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                             "xsi:schemaLocation='urn:x shepsim:///xmldsig/xmldsig.xsd urn:t http://127.0.0.1:1/t.xsd' "
                             "xsi:noNamespaceSchemaLocation='/etc/passwd'><iin>x</iin></r:Request>");
  EXPECT_EQ(found.total, 1U);
  EXPECT_EQ(found.violations.at(0).rule, "cvc-pattern-valid");
}

TEST(Schema, X15_ATypeTheSchemaDoesNotKnowIsNotTaken) {
  const auto found = checked(small_schema(),
                             "<r:Request xmlns:r='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                             "xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:type='xs:anyType'><iin>x</iin></r:Request>");
  EXPECT_GT(found.total, 0U);
}

TEST(Schema, X19_IdentityConstraintsAreRefused) {
  for (const char* word : {"key", "unique"}) {
    const std::string text =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a'><xs:complexType/><xs:" + std::string(word) +
        " name='k'><xs:selector xpath='b'/><xs:field xpath='@c'/></xs:" + word + "></xs:element></xs:schema>";
    const auto r = schema::compile(files_with("a/a.xsd", text), "a/a.xsd");
    ASSERT_FALSE(r);
    EXPECT_NE(r.error().detail.find("xs:" + std::string(word)), std::string::npos);
  }
}

TEST(Schema, X19_ManyViolationsAreCountedAndTheFirstAreTold) {
  std::string text = "<r:Request xmlns:r='urn:t'>";
  for (int i = 0; i < 5000; ++i) text += "<iin>x</iin>";
  const auto found = checked(small_schema(), text + "</r:Request>");
  EXPECT_LE(found.violations.size(), findings::most_told);
  EXPECT_GE(found.total, 1U);
}

TEST(Schema, X19_WhatIsTooLargeComesBackUnchecked) {
  const auto found =
      checked(small_schema(), "<r:Request xmlns:r='urn:t'><iin>" + std::string(schema::most_octets, '1') + "</iin></r:Request>");
  EXPECT_NE(found.unchecked.find("larger than"), std::string::npos);
  EXPECT_EQ(found.total, 0U);
}

TEST(Schema, OneSchemaServesManyThreads) {
  const schema s = small_schema();
  std::vector<std::jthread> threads;
  std::atomic<std::size_t> right{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        right += checked(s, i % 2 == 0 ? "<r:Request xmlns:r='urn:t'><iin>850315090015</iin></r:Request>" : "<r:Request xmlns:r='urn:t'/>")
                     .total == static_cast<std::size_t>(i % 2);
    });
  threads.clear();
  EXPECT_EQ(right, 800U);
}

// ---- carriers

std::string envelope(const std::string& data) {
  return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:m='http://message.persistence.interactive.nat' "
         "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xs='http://www.w3.org/2001/XMLSchema'><s:Body>"
         "<t:SendMessage xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestInfo/><requestData>" +
         data + "</requestData></request></t:SendMessage></s:Body></s:Envelope>";
}

findings checked_message(const std::string& data) {
  const auto s = std::make_shared<const schema>(schema::compile(schema_files::shipped(), "gbdfl/v1/message.xsd").value());
  const service_contract contract(s, s, root_name{"http://message.persistence.interactive.nat", "Response"});
  const auto message = xml::admit(share(envelope(data))).value();
  const auto found = protocol::find_business_data(message);
  return contract.check(direction::request, found.value(), message);
}

const std::string fields =
    "<messageId>00000000-0000-4000-9000-000000000007</messageId><messageDate>2026-11-20T09:30:00+05:00</messageDate><senderCode>PEP</"
    "senderCode>";

TEST(ServiceContract, EveryCarrierIsChecked) {
  for (const std::string& iin : {std::string("<iin>850315090015</iin>"), std::string("<nii>850315090015</nii>")}) {
    const bool good = iin.starts_with("<iin>");
    const std::string document = "<m:Request xmlns:m='http://message.persistence.interactive.nat'>" + fields + iin + "</m:Request>";
    for (const std::string& data :
         {"<data>" + document + "</data>", "<data><![CDATA[" + document + "]]></data>",
          "<data xsi:type='xs:string'>" + xml::escaped(document) + "</data>", "<data xsi:type='m:Request'>" + fields + iin + "</data>"}) {
      const auto found = checked_message(data);
      EXPECT_EQ(found.unchecked, "") << data;
      EXPECT_EQ(found.clean(), good) << data;
      if (good) continue;
      ASSERT_FALSE(found.violations.empty()) << data;
      const std::string& where = found.violations.front().where;
      EXPECT_TRUE(where.ends_with("/nii[1]")) << where;
      EXPECT_TRUE(where.starts_with("/s:Envelope[1]/s:Body[1]/t:SendMessage[1]/request[1]/requestData[1]/data[1]")) << where;
    }
  }
}

TEST(ServiceContract, WhatCannotBeCheckedSaysWhy) {
  EXPECT_NE(checked_message("<data>" + fields + "</data>").unchecked.find("directly below data"), std::string::npos);
  EXPECT_NE(checked_message("<data>text</data>").unchecked.find("no XML"), std::string::npos);
  EXPECT_NE(checked_message("<data/>").unchecked.find("no XML"), std::string::npos);
}

TEST(ServiceContract, FieldsOfAnAnswerStandForTheElementOfTheTable) {
  const auto s = std::make_shared<const schema>(schema::compile(schema_files::shipped(), "gbdfl/v1/message.xsd").value());
  const service_contract contract(s, s, root_name{"http://message.persistence.interactive.nat", "Response"});
  const auto document = xml::admit(share(std::string("<data><messageId>short</messageId></data>"))).value();
  const auto found = contract.check(direction::answer, document, protocol::carrier::fields);
  EXPECT_EQ(found.unchecked, "");
  EXPECT_FALSE(found.clean());
}

TEST(ContractRows, ARowWithoutColumnsIsNamed) {
  const auto r = read_contract_rows("# head\nS\ta.xsd\n");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().where, "contracts.tsv:2");
}

}  // namespace
}  // namespace shep::contract
