#include "eds/sign.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/workers.hpp"
#include "tests/support/pki.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

/// /xml/verify of a message that carries signed business data: `valid` stands for every signature in it.
namespace shep::ncanode {
namespace {

namespace json = boost::json;
using test::test_now;

class EnvelopeVerify : public ::testing::Test {
 protected:
  EnvelopeVerify() {
    world_.trust = std::make_shared<crypto::trust_store>(
        crypto::trust_store::contents{{test::test_root().certificate}, {}, {test::signer().certificate}});
  }

  static std::string signed_document() {
    const std::string plain = "<doc><iin>000000000000</iin><sum>100</sum></doc>";
    return eds::sign_business(share(std::string(plain)), test::signer()).value();
  }

  /// The transport signature is made last, over whatever stands in the data.
  std::string message_with(const std::string& data, const std::string& beside = {}) {
    const std::string text =
        R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>)"
        R"(<m:SendMessage xmlns:m="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo/><requestData><data>)" +
        data + "</data></requestData>" + beside + "</request></m:SendMessage></s:Body></s:Envelope>";
    const eds::message_signing how{eds::transport_profile::key_identifier, {}};
    return eds::sign_message(share(std::string(text)), test::signer(), how, ids_).value();
  }

  json::object verify(const std::string& xml) {
    manual_clock clock(test_now);
    const parts p{{}, clock, ids_, pool_, {}, false, {}};
    const json::object body{{"xml", xml}};
    const outcome done = xml_verify({p, world_, test_now, body});
    return json::parse(*std::get<http::response>(done).body).as_object();
  }

  static bool tells(const json::object& told, std::string_view code) {
    for (const json::value& f : told.at("shepsim").at("findings").as_array())
      if (f.at("code").as_string() == code) return true;
    return false;
  }

  static std::string changed(std::string text) { return text.replace(text.find("<sum>100<"), 9, "<sum>900<"); }

  static std::string as_text(const std::string& xml) { return "<![CDATA[" + xml + "]]>"; }

  grounds world_;
  ids ids_{3};
  workers pool_{1};
};

TEST_F(EnvelopeVerify, S15_JudgesTheBusinessDataWithTheMessage) {
  const auto inline_data = verify(message_with(signed_document()));
  EXPECT_EQ(inline_data.at("valid"), true) << json::serialize(inline_data.at("shepsim"));
  EXPECT_EQ(inline_data.at("signers").as_array().size(), 2U);
  const auto text = verify(message_with(as_text(signed_document())));
  EXPECT_EQ(text.at("valid"), true) << json::serialize(text.at("shepsim"));
  EXPECT_EQ(text.at("signers").as_array().size(), 2U);
}

TEST_F(EnvelopeVerify, S15_IsNotValidWhenTheBusinessSignatureIsBroken) {
  for (const std::string& data : {changed(signed_document()), as_text(changed(signed_document()))}) {
    const auto told = verify(message_with(data));
    EXPECT_EQ(told.at("valid"), false);
    EXPECT_EQ(told.at("shepsim").at("indication"), "TOTAL_FAILED");
    EXPECT_EQ(told.at("shepsim").at("subIndication"), "HASH_FAILURE");
  }
}

TEST_F(EnvelopeVerify, S15_IsNotValidWithASignatureThatNobodyJudged) {
  const auto told = verify(message_with("<doc/>", "<other>" + signed_document() + "</other>"));
  EXPECT_EQ(told.at("valid"), false);
  EXPECT_TRUE(tells(told, "eds.signature_not_judged")) << json::serialize(told.at("shepsim"));
}

}  // namespace
}  // namespace shep::ncanode
