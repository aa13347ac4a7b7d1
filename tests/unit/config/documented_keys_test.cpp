#include "config/documented_keys.hpp"

#include "unit/config/config_files.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace shep::config {
namespace {

using namespace test;

TEST(DocumentedKeys, EachHasATypeADefaultAndASentence) {
  std::set<std::string> keys, variables, flags;
  for (const key_doc& doc : documented_keys()) {
    EXPECT_TRUE(keys.insert(doc.key).second) << doc.key;
    EXPECT_FALSE(doc.type.empty()) << doc.key;
    EXPECT_FALSE(doc.default_value.empty()) << doc.key;
    ASSERT_FALSE(doc.meaning.empty()) << doc.key;
    EXPECT_EQ(doc.meaning.back(), '.') << doc.key;
    EXPECT_EQ(doc.meaning.find('|'), std::string::npos) << "would break the table: " << doc.key;
    EXPECT_TRUE(doc.environment.empty() || variables.insert(doc.environment).second) << doc.key;
    EXPECT_TRUE(doc.flag.empty() || flags.insert(doc.flag).second) << doc.key;
    EXPECT_EQ(doc.environment.empty(), doc.key.find_first_of("[<") != std::string::npos) << doc.key;
    EXPECT_EQ(doc.flag.empty(), doc.environment.empty()) << doc.key;
  }
  EXPECT_TRUE(keys.contains("sender[].id"));
  EXPECT_TRUE(keys.contains("route[].business_signature"));
  EXPECT_TRUE(keys.contains("faults.<event>.code"));
}

TEST(DocumentedKeys, NamesFollowTheKey) {
  std::map<std::string, std::string> names;
  for (const key_doc& doc : documented_keys()) names[doc.key] = doc.environment + " " + doc.flag + " " + doc.default_value;
  EXPECT_EQ(names["listen.port"], "SHEPSIM_LISTEN_PORT --port 8080");
  EXPECT_EQ(names["gateway.adapter_timeout"], "SHEPSIM_GATEWAY_ADAPTER_TIMEOUT --gateway-adapter-timeout \"1m\"");
}

/// A file made of the reference alone is the default configuration: so no key is undocumented, and no default is a lie.
TEST(DocumentedKeys, DefaultsAsDocumentedLoadToTheDefaults) {
  std::string toml;
  for (const key_doc& doc : documented_keys())
    if (!doc.environment.empty()) toml += doc.key + " = " + doc.default_value + "\n";
  const auto written = load_text(toml);
  EXPECT_EQ(told(written), "");
  const auto silent = load_text("");
  ASSERT_EQ(written.value.origins.size(), silent.value.origins.size());
  for (std::size_t i = 0; i < silent.value.origins.size(); ++i) {
    EXPECT_EQ(written.value.origins[i].key, silent.value.origins[i].key);
    EXPECT_EQ(written.value.origins[i].value, silent.value.origins[i].value);
    EXPECT_NE(written.value.origins[i].source, "default");
  }
}

TEST(DocumentedKeys, EveryKeyThatIsShownIsDocumented) {
  std::set<std::string> keys;
  for (const key_doc& doc : documented_keys()) keys.insert(doc.key);
  for (const origin& o : load_text(valid_file).value.origins) {
    std::string key = o.key;
    if (const auto open = key.find('['); open != std::string::npos) key.replace(open, key.find(']') - open + 1, "[]");
    if (key.starts_with("faults.")) key = "faults.<event>" + key.substr(key.rfind('.'));
    EXPECT_TRUE(keys.contains(key)) << key;
  }
}

/// Each documented key has a member of its own: writing another value changes exactly its line of the origins.
TEST(DocumentedKeys, EachKeyReachesAMemberOfItsOwn) {
  const auto silent = load_text("");
  for (const key_doc& doc : documented_keys()) {
    if (doc.environment.empty()) continue;
    std::string other = "\"other\"";
    if (doc.type.starts_with("integer")) other = "77";
    else if (doc.type.starts_with("size")) other = "\"2KiB\"";
    else if (doc.type.starts_with("duration")) other = "\"77s\"";
    else if (doc.type.starts_with("time zone")) other = "\"+01:00\"";
    else if (doc.type.starts_with("array")) other = "[\"other\"]";
    else if (doc.type == "true or false") other = doc.default_value == "true" ? "false" : "true";
    else if (doc.type.starts_with('"')) {
      const auto first = doc.type.substr(0, doc.type.find(' '));
      other = first == doc.default_value ? doc.type.substr(doc.type.rfind(' ') + 1) : first;
    }
    const auto changed = load_text(doc.key + " = " + other + "\n");
    EXPECT_EQ(told(changed), "") << doc.key;
    std::size_t differences = 0;
    for (std::size_t i = 0; i < silent.value.origins.size(); ++i)
      if (changed.value.origins[i].value != silent.value.origins[i].value) {
        ++differences;
        EXPECT_EQ(changed.value.origins[i].key, doc.key);
      }
    EXPECT_EQ(differences, 1u) << doc.key;
  }
}

}  // namespace
}  // namespace shep::config
