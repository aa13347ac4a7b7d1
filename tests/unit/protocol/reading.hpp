#pragma once

#include "eds/envelope.hpp"
#include "eds/verified.hpp"
#include "protocol/deviations.hpp"
#include "protocol/problems.hpp"
#include "protocol/read_request.hpp"
#include "support/messages.hpp"
#include "support/print.hpp"
#include "support/template_signer.hpp"
#include "xml/problems.hpp"

#include <gtest/gtest.h>

namespace shep::protocol::test {

using namespace shep::test;

/// A request with the document that it looks into.
struct read_result {
  std::unique_ptr<xml::document> document;
  result<sync_request> request = problem();

  sync_request& operator*() { return *request; }
  sync_request* operator->() { return &*request; }
  explicit operator bool() const { return static_cast<bool>(request); }
  std::string told() const { return request ? std::string("read") : describe(request.error()); }
};

/// Through the door for unsigned messages: what read_request makes of this Body.
inline read_result read_body(const std::string& body, reading_mode mode, const xml::limits& limits = {}) {
  read_result r;
  r.document = std::make_unique<xml::document>(admitted(unsigned_message(body)));
  const auto taken = eds::accept_without_signature(*r.document);
  if (!taken) r.request = taken.error();
  else r.request = read_request(*taken, mode, limits);
  return r;
}

inline read_result read_parts(const request_parts& parts, reading_mode mode) { return read_body(parts.wrapper(), mode); }

/// The departure passes in lenient mode under exactly this code, and strict mode refuses it, naming the element.
inline read_result expect_departure(const std::string& body, const deviation_kind& kind, const std::string& element) {
  read_result lenient = read_body(body, reading_mode::lenient);
  EXPECT_TRUE(lenient) << lenient.told();
  if (lenient) {
    std::vector<std::string_view> codes;
    for (const deviation& d : lenient->deviations) codes.push_back(d.code);
    EXPECT_EQ(codes, std::vector<std::string_view>{kind.code});
    for (const deviation& d : lenient->deviations) {
      EXPECT_FALSE(d.detail.empty());
      EXPECT_TRUE(d.where.ends_with(element + "[1]")) << d.where;
    }
  }
  const read_result strict = read_body(body, reading_mode::strict);
  EXPECT_FALSE(strict) << "strict mode must refuse: " << kind.meaning;
  if (!strict) {
    const problem why = strict.request.error();
    EXPECT_EQ(why.code, problems::message_format);
    EXPECT_TRUE(why.where.ends_with(element + "[1]")) << describe(why);
    EXPECT_NE((why.detail + why.hint).find(kind.code), std::string::npos) << describe(why);
  }
  return lenient;
}

inline void expect_refused_in_both(const std::string& body, const problem_code& code, const std::string& part_of_detail,
                                   const std::string& part_of_place = "") {
  for (const auto mode : {reading_mode::lenient, reading_mode::strict}) {
    const auto r = read_body(body, mode);
    ASSERT_FALSE(r) << body;
    const problem why = r.request.error();
    EXPECT_EQ(why.code, code) << describe(why);
    EXPECT_NE(why.detail.find(part_of_detail), std::string::npos) << describe(why);
    EXPECT_NE(why.where.find(part_of_place), std::string::npos) << describe(why);
  }
}

}  // namespace shep::protocol::test
