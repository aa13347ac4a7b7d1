#include "config/locate.hpp"

#include "unit/config/config_files.hpp"

#include <gtest/gtest.h>

namespace shep::config {
namespace {

TEST(Located, ASettingGetsItsLine) {
  const auto outcome = test::load_text(
      "[signing]\nkey = \"a.p12\"\n\n[[sender]]\nid = \"pep\"\ncertificates = [\"c\"]\n\n[[route]]\nservice = \"A\"\n\n[[route]]\nservice "
      "= "
      "\"B\"\nkey = \"b.p12\"\n");
  ASSERT_TRUE(outcome.problems.empty());
  EXPECT_EQ(located("signing.key: /srv/a.p12", outcome.value), "shepsim.toml:2 signing.key: /srv/a.p12");
  EXPECT_EQ(located("sender.pep.certificates: c", outcome.value), "shepsim.toml:6 sender.pep.certificates: c");
  EXPECT_EQ(located("route.B.key", outcome.value), "shepsim.toml:13 route.B.key");
  EXPECT_EQ(located("route.B.schema", outcome.value), "shepsim.toml:12 route.B.schema") << "not written: where its route begins";
  EXPECT_EQ(located("route.A.adapter", outcome.value), "shepsim.toml:9 route.A.adapter");
}

TEST(Located, WhatNamesNoWrittenSettingStaysAsItIs) {
  const auto outcome = test::load_text("[[route]]\nservice = \"A\"\n");
  for (const char* where :
       {"", "mappings/a.json:3:4 /request", "route.C.key", "signing.key", "sender.x.password", "shepsim.toml:2:1", "..", "route."})
    EXPECT_EQ(located(where, outcome.value), where);
}

}  // namespace
}  // namespace shep::config
