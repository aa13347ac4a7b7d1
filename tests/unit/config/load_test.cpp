#include "config/load.hpp"

#include "unit/config/config_files.hpp"

#include <gtest/gtest.h>

namespace shep::config {
namespace {

using namespace test;

TEST(Load, EmptyFileGivesTheDefaults) {
  const auto outcome = load_text("");
  EXPECT_EQ(told(outcome), "");
  const settings& s = outcome.value.settings;
  EXPECT_EQ(s.listen.port, 8080);
  EXPECT_EQ(s.listen.body_limit, 10u << 20);
  EXPECT_EQ(s.gateway.zone, std::chrono::minutes(300));
  EXPECT_EQ(s.gateway.mode, "lenient");
  EXPECT_TRUE(s.senders.empty());
  EXPECT_EQ(find_origin(outcome, "listen.port")->value, "8080");
  EXPECT_EQ(find_origin(outcome, "listen.port")->source, "default");
}

TEST(Load, EverySectionReachesItsMember) {
  const auto outcome = load_text(valid_file);
  ASSERT_EQ(told(outcome), "");
  const settings& s = outcome.value.settings;
  EXPECT_EQ(s.listen.address, "0.0.0.0");
  EXPECT_EQ(s.listen.port, 9080);
  EXPECT_EQ(s.listen.admin_port, 0);
  EXPECT_EQ(s.listen.threads, 2u);
  EXPECT_EQ(s.listen.body_limit, 1u << 20);
  EXPECT_EQ(s.listen.drain, std::chrono::seconds(5));
  EXPECT_EQ(s.gateway.mode, "strict");
  EXPECT_EQ(s.gateway.zone, std::chrono::minutes(360));
  EXPECT_EQ(s.gateway.success_message, "Тест");
  EXPECT_EQ(s.gateway.adapter_timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(s.signing.key, "pki/gateway.p12");
  EXPECT_EQ(s.trust.anchors, (std::vector<std::string>{"pki/root.pem", "pki/more"}));
  EXPECT_TRUE(s.trust.compat);
  EXPECT_EQ(s.journal.queue_records, 16u);
  EXPECT_EQ(s.population.seed, 42u);
  EXPECT_EQ(s.log.level, "debug");
  ASSERT_EQ(s.senders.size(), 2u);
  EXPECT_EQ(s.senders[0].id, "demo-sender");
  EXPECT_EQ(s.senders[0].password, "canary-password");
  EXPECT_EQ(s.senders[0].services, std::vector<std::string>{"*"});
  EXPECT_EQ(s.senders[1].password_file, "second.password");
  ASSERT_EQ(s.routes.size(), 2u);
  EXPECT_EQ(s.routes[0].adapter, "mock");
  EXPECT_EQ(s.routes[1].route_id, "north");
  EXPECT_EQ(s.routes[1].signature, "optional");
  ASSERT_EQ(s.faults.size(), 1u);
  EXPECT_EQ(s.faults[0].event, "unknown_sender");
  EXPECT_EQ(s.faults[0].code, "SCE900");
  EXPECT_EQ(s.faults[0].message, "Отправитель неизвестен");
}

TEST(Load, FileOfTheRootIsRead) {
  temporary_folder folder;
  std::ofstream(folder.path() + "/shepsim.toml") << "[listen]\nport = 7\n";
  const auto outcome = load(folder.path(), {});
  EXPECT_EQ(told(outcome), "");
  EXPECT_EQ(outcome.value.settings.root, folder.path());
  EXPECT_EQ(outcome.value.settings.listen.port, 7);
}

TEST(Load, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
  const std::string file = "[listen]\nport = 1001\n";
  const overrides both{{{"listen.port", "1003"}}, {{"SHEPSIM_LISTEN_PORT", "1002"}}};
  const auto by_flag = load_text(file, both);
  EXPECT_EQ(by_flag.value.settings.listen.port, 1003);
  EXPECT_EQ(find_origin(by_flag, "listen.port")->source, "flag --port");
  const auto by_environment = load_text(file, {{}, both.environment});
  EXPECT_EQ(by_environment.value.settings.listen.port, 1002);
  EXPECT_EQ(find_origin(by_environment, "listen.port")->source, "environment SHEPSIM_LISTEN_PORT");
  const auto by_file = load_text(file);
  EXPECT_EQ(by_file.value.settings.listen.port, 1001);
  EXPECT_EQ(find_origin(by_file, "listen.port")->source, "shepsim.toml:2");
  EXPECT_EQ(find_origin(load_text(""), "listen.port")->source, "default");
}

TEST(Load, TextOfFlagsAndEnvironmentIsUnderstoodByType) {
  const auto outcome =
      load_text("", {{{"trust.compat", "true"}, {"trust.anchors", "a.pem,b.pem"}, {"listen.body_limit", "2MiB"}},
                     {{"SHEPSIM_GATEWAY_ZONE", "-03:30"}, {"SHEPSIM_LISTEN_DRAIN", "250ms"}, {"SHEPSIM_TRUST_KNOWN", ""}}});
  EXPECT_EQ(told(outcome), "");
  EXPECT_TRUE(outcome.value.settings.trust.compat);
  EXPECT_EQ(outcome.value.settings.trust.anchors, (std::vector<std::string>{"a.pem", "b.pem"}));
  EXPECT_TRUE(outcome.value.settings.trust.known.empty());
  EXPECT_EQ(outcome.value.settings.listen.body_limit, 2u << 20);
  EXPECT_EQ(outcome.value.settings.gateway.zone, std::chrono::minutes(-210));
  EXPECT_EQ(outcome.value.settings.listen.drain, std::chrono::milliseconds(250));
}

TEST(Load, PasswordsAreHiddenInOrigins) {
  const auto outcome = load_text(valid_file);
  EXPECT_EQ(find_origin(outcome, "sender[1].password")->value, "(hidden)");
  for (const origin& o : outcome.value.origins) EXPECT_EQ(o.value.find("canary-password"), std::string::npos) << o.key;
}

TEST(Load, WrongPasswordValueIsNotRepeatedInTheProblem) {
  const auto outcome = load_text("[[sender]]\nid = \"a\"\npassword = [\"canary-password\"]\n");
  EXPECT_EQ(told(outcome), "shepsim.toml:3:12 | sender[1].password: expected text that is not empty, found something else | \n");
}

TEST(Load, OriginsHaveEveryKeyOnceAndReadAsToml) {
  const auto outcome = load_text(valid_file);
  std::map<std::string, int> times;
  for (const origin& o : outcome.value.origins) ++times[o.key];
  for (const auto& [key, count] : times) EXPECT_EQ(count, 1) << key;
  EXPECT_EQ(find_origin(outcome, "listen.body_limit")->value, "\"1MiB\"");
  EXPECT_EQ(find_origin(outcome, "gateway.zone")->value, "\"+06:00\"");
  EXPECT_EQ(find_origin(outcome, "gateway.adapter_timeout")->value, "\"1500ms\"");
  EXPECT_EQ(find_origin(outcome, "trust.anchors")->value, "[\"pki/root.pem\", \"pki/more\"]");
  EXPECT_EQ(find_origin(outcome, "route[2].route_id")->value, "\"north\"");
  EXPECT_EQ(find_origin(outcome, "faults.unknown_sender.code")->value, "\"SCE900\"");
}

TEST(Load, DottedKeysAndInlineTablesMeanTheSame) {
  const auto outcome =
      load_text("listen.port = 7\nlog = { level = \"error\" }\nsender = [{ id = \"a\" }]\nfaults.no_match = { code = \"X\" }\n");
  EXPECT_EQ(told(outcome), "");
  EXPECT_EQ(outcome.value.settings.listen.port, 7);
  EXPECT_EQ(outcome.value.settings.log.level, "error");
  EXPECT_EQ(outcome.value.settings.senders.at(0).id, "a");
  EXPECT_EQ(outcome.value.settings.faults.at(0).event, "no_match");
}

TEST(Load, ByteOrderMarkIsNoMistake) { EXPECT_EQ(told(load_text("\xEF\xBB\xBF[listen]\nport = 1\n")), ""); }

}  // namespace
}  // namespace shep::config
