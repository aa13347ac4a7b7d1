#include "mocks/engine/mapping_keys.hpp"
#include "support.hpp"

#include <set>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shep::mocks::testing {
namespace {

namespace json = boost::json;

json::object definitions() {
  std::ifstream file(SHEPSIM_SOURCE_DIR "/schemas/shepsim/mapping.schema.json");
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).at("$defs").as_object();
}

TEST(MappingSchema, HasEveryKeyOfTheLoaderAndNoOther) {
  const auto defs = definitions();
  std::set<std::string> described;
  for (const auto& [name, definition] : defs)
    if (definition.as_object().contains("properties")) described.insert(std::string(name));
  for (const auto* table : keys::all()) {
    ASSERT_EQ(described.erase(std::string(table->name)), 1u) << "no definition of " << table->name;
    const auto& definition = defs.at(table->name).as_object();
    EXPECT_FALSE(definition.at("additionalProperties").as_bool()) << table->name;
    std::set<std::string> in_schema;
    for (const auto& property : definition.at("properties").as_object()) in_schema.insert(std::string(property.key()));
    const std::set<std::string> in_loader(table->keys.begin(), table->keys.end());
    EXPECT_EQ(in_schema, in_loader) << table->name;
    for (const auto key : table->later) EXPECT_EQ(in_schema.count(std::string(key)), 0u) << table->name << " " << key;
  }
  EXPECT_TRUE(described.empty()) << "the loader does not know " << *described.begin();
}

TEST(MappingSchema, OffersOnlyWordsTheLoaderTakes) {
  const auto defs = definitions();
  const auto takes = [](const std::string& text) {
    const auto loaded = load(text);
    for (const auto& p : loaded.problems) ADD_FAILURE() << describe(p);
  };
  const auto words = [&](const char* definition, const char* property) {
    return defs.at(definition).at("properties").at(property).at("enum").as_array();
  };
  for (const auto& word : words("responseShep", "sign"))
    takes(R"({"request": {}, "response": {"shep": {"sign": )" + json::serialize(word) + "}}}");
  for (const auto& word : words("responseShep", "carrier"))
    takes(R"({"request": {}, "response": {"shep": {"carrier": )" + json::serialize(word) + "}}}");
  for (const auto& word : defs.at("faultName").at("enum").as_array())
    takes(R"({"request": {}, "response": {"shep": {"fault": {"name": )" + json::serialize(word) + "}}}}");
  EXPECT_EQ(defs.at("faultName").at("enum").as_array().size(), faults::kinds);
  for (const auto& word : words("consent", "verdict"))
    takes(R"({"request": {"shep": {"consent": {"token": "//t", "verdict": )" + json::serialize(word) + R"(}}}, "response": {}})");
  for (const auto& word : words("bodyPattern", "in"))
    takes(R"({"request": {"bodyPatterns": [{"matchesXPath": "//a", "in": )" + json::serialize(word) + R"(}]}, "response": {}})");
  for (const auto& word : defs.at("indication").at("oneOf").at(0).at("enum").as_array())
    takes(R"({"request": {"shep": {"signature": {"indication": )" + json::serialize(word) + R"(}}}, "response": {}})");
}

TEST(Readme, ShowsMappingsThatLoad) {
  std::ifstream file(SHEPSIM_SOURCE_DIR "/mocks/engine/README.md");
  std::stringstream whole;
  whole << file.rdbuf();
  const std::string text = whole.str();
  int shown = 0;
  for (std::size_t at = text.find("```json\n"); at != std::string::npos; at = text.find("```json\n", at + 1)) {
    const auto start = at + 8;
    const auto loaded =
        load(text.substr(start, text.find("```", start) - start),
             {{"gbdfl/person.xml", "<persons>{{#with (person iin=(xPath '//iin'))}}<iin>{{iin}}</iin>{{/with}}</persons>"}});
    for (const auto& p : loaded.problems) ADD_FAILURE() << describe(p);
    ++shown;
  }
  EXPECT_GE(shown, 2);
}

}  // namespace
}  // namespace shep::mocks::testing
