#include "mocks/engine/json_reader.hpp"

#include "mocks/engine/problems.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace shep::mocks {
namespace {

std::string read(std::string_view text) {
  const auto value = read_json({"f.json", text});
  if (value) return boost::json::serialize(*value);
  return std::string(value.error().code.name) + " at " + value.error().where;
}

TEST(ReadJson, TakesCommentsAndAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF// heading\n{\"a\": [1, /* two */ 2]} // end"), R"({"a":[1,2]})");
}

TEST(ReadJson, A10_NamesLineAndColumnOfASyntaxError) {
  EXPECT_EQ(read("{\n  \"ә\": tru\n}"), "mocks.json at f.json:2:8");
  EXPECT_EQ(read("{\"a\": 1"), "mocks.json at f.json:1:8");
  EXPECT_EQ(read("{} {}"), "mocks.json at f.json:1:4");
  EXPECT_EQ(read(""), "mocks.json at f.json:1:1");
}

TEST(ReadJson, A10_RefusesDeepNestingWithoutRecursion) {
  EXPECT_TRUE(read_json({"f", std::string(63, '[') + std::string(63, ']')}));
  const auto value = read_json({"f", std::string(100'000, '[')});
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().code, problems::json_syntax);
  EXPECT_EQ(value.error().hint, "at most 64 levels are allowed");
}

TEST(ReadJson, A10_RefusesDuplicateKeysHoweverTheyAreWritten) {
  EXPECT_EQ(read("{\"a\": 1,\n \"b\": 2, \"a\": 3}"), "mocks.json_duplicate_key at f.json:2:10 /a");
  EXPECT_EQ(read(R"({"x": [{}, {"a": 1, "\u0061": 2}]})"), "mocks.json_duplicate_key at f.json:1:21 /x/1/a");
  EXPECT_EQ(read(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]})"), R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})");
}

TEST(ReadJson, A10_LooksForDuplicateKeysInManyWithoutQuadraticWork) {
  std::string text = "{";
  for (int i = 0; i < 200'000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(read(text + "\"k77\":1}").substr(0, 24), "mocks.json_duplicate_key");
}

TEST(ReadJson, A10_RefusesNumbersAndTextsThatCannotBeRepresented) {
  for (const char* text : {"1e999", "[-1e999]", "NaN", "[Infinity]", R"("\ud800")", R"("\udc00\ud800")", "\"\xff\"", "\"a\nb\"", "'a'",
                           "[1,]", "01", "+1", "\xFE\xFF", R"("\x")", "{\"a\" 1}", "/* open"})
    EXPECT_EQ(read(text).substr(0, 10), "mocks.json") << text;
  EXPECT_EQ(read(std::string("{\0}", 3)).substr(0, 10), "mocks.json");
}

TEST(PlaceOf, FindsValuesAndKeysThroughCommentsAndEscapes) {
  const json_text json{"f", "{ // {\"b\": 0}\n \"a/~\": [10, {\"b\\\"}\": \"}\"}],\n\n  \"c\": null}"};
  EXPECT_EQ(place_of(json, ""), "f:1:1 /");
  EXPECT_EQ(place_of({"f", "\xEF\xBB\xBF{\"a\":\n {\"b\": 1}}"}, "/a/b"), "f:2:8 /a/b");
  EXPECT_EQ(place_of(json, "/a~1~0/1/b\"}"), "f:2:23 /a~1~0/1/b\"}");
  EXPECT_EQ(place_of(json, "/a~1~0/1/b\"}", pointed::key), "f:2:15 /a~1~0/1/b\"}");
  EXPECT_EQ(place_of(json, "/a~1~0/0"), "f:2:10 /a~1~0/0");
  EXPECT_EQ(place_of(json, "/c"), "f:4:8 /c");
  EXPECT_EQ(place_of(json, "/c", pointed::key), "f:4:3 /c");
}

}  // namespace
}  // namespace shep::mocks
