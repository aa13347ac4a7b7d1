#include "adapters/forwarding/normal_form.hpp"

#include "protocol/read_message.hpp"

#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

protocol::business_data data_of(const std::string& data, std::optional<xml::document>& keeps) {
  keeps = xml::admit(share("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessage "
                           "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestData>" +
                           data + "</requestData></request></t:SendMessage></s:Body></s:Envelope>"))
              .value();
  return protocol::find_business_data(*keeps).value();
}

std::string form(const std::string& data) {
  std::optional<xml::document> keeps;
  return normal_form(data_of(data, keeps));
}

TEST(NormalForm, PrefixesWhiteSpaceCommentsAndTheCarrierDoNotCount) {
  const std::string one = form("<data><a:q xmlns:a='urn:q' x='1' y='2'><a:n>5</a:n></a:q></data>");
  EXPECT_EQ(one, form("<data>\n <q xmlns='urn:q' y='2' x='1'>\n<!-- c --><n> 5 </n>\n</q></data>"));
  EXPECT_EQ(one, form("<data>&lt;q xmlns='urn:q' x='1' y='2'>&lt;n>5&lt;/n>&lt;/q></data>"));
  EXPECT_EQ(one, form("<data><![CDATA[<q xmlns='urn:q' x='1' y='2'><n>5</n></q>]]></data>"));
}

TEST(NormalForm, EverythingElseDoes) {
  const std::string one = form("<data><q><n>5</n><m/></q></data>");
  for (const char* other : {"<data><q><n>6</n><m/></q></data>", "<data><q><n>5</n></q></data>", "<data><q><m/><n>5</n></q></data>",
                            "<data><q><n>5<m/></n></q></data>", "<data><q xmlns='urn:q'><n>5</n><m/></q></data>",
                            "<data><q a='1'><n>5</n><m/></q></data>", "<data><q><n/><m>5</m></q></data>", "<data/>", "<data>5</data>"})
    EXPECT_NE(one, form(other)) << other;
  EXPECT_NE(form("<data><q a='1' b='2'/></data>"), form("<data><q a='12' b=''/></data>"));
}

TEST(NormalForm, ASignatureInsideDoesNotCount) {
  const std::string signature =
      "<d:Signature xmlns:d='http://www.w3.org/2000/09/xmldsig#'><d:SignedInfo><d:x/></d:SignedInfo></d:Signature>";
  EXPECT_EQ(form("<data><q><n>5</n>" + signature + "</q></data>"), form("<data><q><n>5</n></q></data>"));
  EXPECT_EQ(form("<data><q>" + signature + "<n>5</n></q></data>"), form("<data><q><n>5</n></q></data>"));
}

TEST(Leaves, ArePathsThatAMappingUnderstands) {
  std::optional<xml::document> keeps;
  const auto data = data_of("<data><a:q xmlns:a='urn:q'><a:p><a:n>5</a:n></a:p><a:m/><k>x</k></a:q></data>", keeps);
  const std::vector<std::pair<std::string, std::string>> expected{{"//q/p/n", "5"}, {"//q/k", "x"}};
  EXPECT_EQ(leaves(data, 10), expected);
  EXPECT_EQ(leaves(data, 1).size(), 1U);
}

TEST(Leaves, OfFieldsBeginAtTheField) {
  std::optional<xml::document> keeps;
  const auto data = data_of("<data><n>5</n><m>6</m></data>", keeps);
  const std::vector<std::pair<std::string, std::string>> expected{{"//n", "5"}, {"//m", "6"}};
  EXPECT_EQ(leaves(data, 10), expected);
}

}  // namespace
}  // namespace shep::forwarding
