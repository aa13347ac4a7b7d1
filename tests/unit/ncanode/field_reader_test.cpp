#include "ncanode/field_reader.hpp"

#include "ncanode/problems.hpp"
#include "ncanode/request_json.hpp"

#include <gtest/gtest.h>

namespace shep::ncanode {
namespace {

boost::json::object object_of(std::string_view text) { return read_request_json(text).value(); }

TEST(RequestJson, A10RefusesWhatCanBeReadInTwoWays) {
  for (const char* text : {R"({"a":1,"a":2})", R"({"a":{"b":1,"\u0062":2}})", "[]", "{", "{} {}", "", "\xEF\xBB\xBF{}", "{\"a\":\"\xFF\"}",
                           "{/**/}", R"({"a":1,})", "null"}) {
    const auto read = read_request_json(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, problems::ncanode_json) << text;
  }
}

TEST(RequestJson, RefusesNestingWithoutEnd) {
  const std::string deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  ASSERT_FALSE(read_request_json(deep));
}

TEST(RequestJson, A20RepeatsNothingOfTheBody) {
  const auto read = read_request_json(R"({"password":"canary-7c1","password":"canary-7c1"})");
  ASSERT_FALSE(read);
  EXPECT_EQ(describe(read.error()).find("canary"), std::string::npos);
}

TEST(FieldReader, ReadsWhatIsThere) {
  const auto body = object_of(R"({"xml":"<a/>","key":"AAEC","flag":true,"none":null,"list":["x","y"],"signers":[{"key":"AA=="}]})");
  std::optional<problem> wrong;
  field_reader f(body, wrong);
  EXPECT_EQ(f.text("xml"), "<a/>");
  EXPECT_EQ(f.octets("key"), std::string("\0\1\2", 3));
  EXPECT_TRUE(f.flag("flag"));
  EXPECT_FALSE(f.flag("none"));
  EXPECT_FALSE(f.has("none"));
  EXPECT_EQ(f.text_or_empty("absent"), "");
  EXPECT_EQ(f.texts("list"), (std::vector<std::string>{"x", "y"}));
  auto signers = f.objects("signers");
  ASSERT_EQ(signers.size(), 1U);
  EXPECT_EQ(signers[0].octets("key"), std::string(1, '\0'));
  EXPECT_FALSE(wrong);
}

std::string where_of(void (*reading)(field_reader&), std::string_view json) {
  const auto body = object_of(json);
  std::optional<problem> wrong;
  field_reader f(body, wrong);
  reading(f);
  return wrong ? wrong->where : "";
}

TEST(FieldReader, NamesTheFirstFieldThatIsWrong) {
  const auto text = [](field_reader& f) {
    f.text("a");
    f.text("b");
  };
  EXPECT_EQ(where_of(text, "{}"), "a");
  EXPECT_EQ(where_of(text, R"({"a":"x","b":""})"), "b");
  EXPECT_EQ(where_of(text, R"({"a":1,"b":"x"})"), "a");
  EXPECT_EQ(where_of([](field_reader& f) { f.octets("a"); }, R"({"a":"A"})"), "a");
  EXPECT_EQ(where_of([](field_reader& f) { f.octets("a"); }, R"({"a":"  "})"), "a");
  EXPECT_EQ(where_of([](field_reader& f) { f.flag("a"); }, R"({"a":"true"})"), "a");
  EXPECT_EQ(where_of([](field_reader& f) { f.texts("a"); }, R"({"a":["x",null]})"), "a[1]");
  const auto nested = [](field_reader& f) {
    for (auto& one : f.objects("signers")) one.octets("key");
  };
  EXPECT_EQ(where_of(nested, R"({"signers":[{"key":"AA=="},{"key":"!"}]})"), "signers[1].key");
  EXPECT_EQ(where_of(nested, R"({"signers":[]})"), "signers");
  EXPECT_EQ(where_of(nested, R"({"signers":[[]]})"), "signers[0]");
  EXPECT_EQ(where_of([](field_reader& f) { f.object("signer").text("key"); }, R"({"signer":{}})"), "signer.key");
  EXPECT_EQ(where_of([](field_reader& f) { f.object("signer"); }, R"({"signer":[]})"), "signer");
}

TEST(FieldReader, A20NeverRepeatsAValue) {
  const auto body = object_of(R"({"password":["canary-91"],"key":"canary-91!"})");
  for (const char* field : {"password", "key"}) {
    std::optional<problem> wrong;
    field_reader f(body, wrong);
    f.octets(field);
    ASSERT_TRUE(wrong);
    EXPECT_EQ(describe(*wrong).find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace shep::ncanode
