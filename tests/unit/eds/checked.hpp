#pragma once

#include "eds/envelope.hpp"
#include "eds/problems.hpp"
#include "eds/sign.hpp"
#include "eds/verify.hpp"
#include "support/messages.hpp"
#include "support/pki.hpp"
#include "support/print.hpp"
#include "support/template_signer.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace shep::eds::test {

using namespace shep::test;

inline const policy everything{.compat = true, .gost2015_256 = true};

/// From the first `from` to the end of the next `to`.
inline std::string cut_out(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from), end = text.find(to, begin) + to.size();
  if (begin == std::string::npos) throw std::logic_error("no " + from);
  return text.substr(begin, end - begin);
}

/// A verdict together with the document it speaks of.
struct checked {
  std::unique_ptr<xml::document> document;
  verification v;

  bool passed() const { return v.message.has_value() && v.report.verdict == indication::total_passed; }
  std::string told() const { return to_text(v.report); }
};

inline checked check(const std::string& text, const crypto::trust_store& store = trust(), const policy& rules = {},
                     time_point at = test_now) {
  checked c;
  c.document = std::make_unique<xml::document>(admitted(text));
  c.v = verify_message(*c.document, store, rules, at);
  return c;
}

/// Believed, with the Body of the envelope and nothing else.
inline void expect_passed(const checked& c) {
  EXPECT_EQ(name_of(c.v.report.verdict), "TOTAL_PASSED") << c.told();
  EXPECT_EQ(name_of(c.v.report.reason), "") << c.told();
  ASSERT_TRUE(c.v.message.has_value()) << c.told();
  EXPECT_EQ(c.v.message->body().local_name(), "Body");
  EXPECT_EQ(c.v.message->body().parent(), c.document->root());
  EXPECT_EQ(c.v.message->how(), verified::assurance::signature);
  ASSERT_TRUE(c.v.message->signer().has_value());
}

/// Not believed, for exactly this reason; one of the findings says so.
inline void expect_refused(const checked& c, sub_indication reason, const problem_code& code, std::string_view part_of_detail = "") {
  EXPECT_FALSE(c.v.message.has_value()) << c.told();
  EXPECT_NE(c.v.report.verdict, indication::total_passed);
  EXPECT_EQ(c.v.report.verdict, indication_for(reason)) << c.told();
  EXPECT_EQ(name_of(c.v.report.reason), name_of(reason)) << c.told();
  EXPECT_EQ(c.v.failure.code.name, code.name) << c.told();
  EXPECT_NE(c.v.failure.detail.find(part_of_detail), std::string::npos) << c.v.failure.detail;
  const auto& found = c.v.report.findings;
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const finding& f) {
    return f.code == code.name && f.detail == c.v.failure.detail;
  })) << c.told();
}

/// A message of profile A, put together by the test.
struct message_a {
  message_parts message;
  signature_parts signature;
  std::string beside{};  ///< in wsse:Security, before the signature
  std::string security_attributes = " soap:mustUnderstand=\"1\"";

  message_a() { signature.key_info = key_identifier(signer().certificate); }

  std::string unfinished() const {
    message_parts whole = message;
    whole.header = security(beside + signature.text(), security_attributes) + message.header;
    return whole.text();
  }
  std::string text(const signing_by_hand& how = {}) const { return signed_by_hand(unfinished(), how); }
};

inline ids& test_ids() {
  static ids fresh(7);
  return fresh;
}

inline message_signing as(transport_profile profile, const std::string& body_id = "") {
  message_signing how;
  how.profile = profile;
  how.body_id = body_id;
  return how;
}

inline std::string signed_message(const std::string& text, transport_profile profile, const crypto::identity& who = signer()) {
  return sign_message(share(text), who, as(profile), test_ids()).value();
}

/// What stands between two marks, once each.
inline std::string outer_text(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

/// Base64 in lines that end as Java on Windows ends them: a carriage return as a reference, and a line feed.
inline std::string broken(const std::string& base64, std::size_t width) {
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += width) out += base64.substr(at, width) + "&#13;\n";
  return out;
}

/// Verdict on a business document.
struct checked_business {
  std::unique_ptr<xml::document> document;
  document_verification v;
  std::string told() const { return to_text(v.report); }
};

inline checked_business check_business(const std::string& text, const crypto::trust_store& store = trust(), const policy& rules = {},
                                       time_point at = test_now) {
  checked_business c;
  c.document = std::make_unique<xml::document>(admitted(text));
  c.v = verify_business(*c.document, store, rules, at);
  return c;
}

inline void expect_passed(const checked_business& c) {
  EXPECT_TRUE(c.v.passed) << c.told();
  EXPECT_EQ(name_of(c.v.report.verdict), "TOTAL_PASSED") << c.told();
  EXPECT_EQ(c.v.signers.size(), c.v.report.signatures.size());
  ASSERT_FALSE(c.v.signers.empty());
  EXPECT_TRUE(c.v.signers.back().certificate.has_value());
}

inline void expect_refused(const checked_business& c, sub_indication reason, const problem_code& code,
                           std::string_view part_of_detail = "") {
  EXPECT_FALSE(c.v.passed) << c.told();
  EXPECT_EQ(name_of(c.v.report.reason), name_of(reason)) << c.told();
  EXPECT_EQ(c.v.failure.code.name, code.name) << c.told();
  EXPECT_NE(c.v.failure.detail.find(part_of_detail), std::string::npos) << c.v.failure.detail;
}

}  // namespace shep::eds::test
