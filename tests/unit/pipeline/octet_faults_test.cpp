#include "pipeline/octet_faults.hpp"

#include "core/bytes.hpp"

#include <gtest/gtest.h>

namespace shep::pipeline {
namespace {

using faults::kind;

constexpr std::string_view wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
constexpr std::string_view wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

/// Prefixes that this gateway would never write, a comment and a business signature where a search in the text would stumble.
std::string foreign(const std::string& security) {
  return "<E:Envelope xmlns:E='http://schemas.xmlsoap.org/soap/envelope/'><!-- <SignatureValue>no</SignatureValue> --><E:Header>" +
         security + "</E:Header><E:Body xmlns:u='" + std::string(wsu) +
         "' u:Id='b-1'><q:SendMessageResponse xmlns:q='http://bip.bee.kz/SyncChannel/v10/Types'><q:response><q:responseInfo>"
         "<q:messageId>0f</q:messageId><q:status><q:code>SCSS001</q:code></q:status></q:responseInfo></q:response></q:SendMessageResponse>"
         "</E:Body></E:Envelope>";
}

std::string secured() {
  return foreign("<w:Security xmlns:w='" + std::string(wsse) +
                 "'><d:Signature xmlns:d='http://www.w3.org/2000/09/xmldsig#'><d:SignatureValue>\n0123456789012345678A</d:SignatureValue>"
                 "</d:Signature></w:Security>");
}

std::string after(const std::string& text, kind what) {
  const auto message = xml::admit(share(std::string(text))).value();
  const auto spoilt = spoil_octets(message, what);
  if (!spoilt) return spoilt.error().detail;
  return *spoilt ? **spoilt : "nothing to spoil";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(OctetFaults, ChangeOneCharacterAndNothingElse) {
  EXPECT_EQ(after(secured(), kind::signature_digest_mismatch), replaced(secured(), ">0f<", ">1f<"));
  EXPECT_EQ(after(secured(), kind::signature_value_mismatch), replaced(secured(), "678A<", "678B<"));
}

TEST(OctetFaults, TakeTheWholeSecurityHeaderAway) { EXPECT_EQ(after(secured(), kind::signature_missing), foreign("")); }

TEST(OctetFaults, WrapTheBodyUnderItsOwnPrefixes) {
  const std::string text = after(secured(), kind::signature_wrapped);
  EXPECT_NE(text.find("u:Id='forged-b-1'"), std::string::npos) << text;
  EXPECT_NE(text.find("<q:code>SIMXSW</q:code>"), std::string::npos) << text;
  EXPECT_NE(text.find("u:Id='b-1'"), std::string::npos) << text;
  EXPECT_TRUE(xml::admit(share(std::string(text)))) << text;
}

TEST(OctetFaults, FindNothingToSpoilWhereThereIsNoSignature) {
  for (const kind what :
       {kind::signature_missing, kind::signature_digest_mismatch, kind::signature_value_mismatch, kind::signature_wrapped})
    EXPECT_EQ(after(foreign(""), what), "nothing to spoil") << faults::name_of(what);
  EXPECT_FALSE(carries_signature(xml::admit(share(foreign(""))).value()));
  EXPECT_TRUE(carries_signature(xml::admit(share(secured())).value()));
}

TEST(OctetFaults, LeaveOutNoFaultThatIsMadeInsideAnAnswer) {
  for (const faults::row& row : faults::catalogue()) {
    if (can_be_made_in_octets(row.what)) {
      EXPECT_NE(after(secured(), row.what), "nothing to spoil") << row.name;
    }
  }
}

}  // namespace
}  // namespace shep::pipeline
