#include "unit/config/config_files.hpp"

#include <gtest/gtest.h>

namespace shep::config {
namespace {

using namespace test;

/// One mistake, and the whole of what is said about it.
struct mistake {
  const char* name;
  const char* toml;
  const char* told;
};

void PrintTo(const mistake& m, std::ostream* out) { *out << m.name; }

class Mistakes : public testing::TestWithParam<mistake> {};

TEST_P(Mistakes, AreToldWithPlaceKeyAndExpectation) {
  const auto outcome = load_text(GetParam().toml);
  EXPECT_EQ(told(outcome), std::string(GetParam().told) + "\n");
  for (const problem& p : outcome.problems) EXPECT_EQ(p.code, problems::usage);
}

const mistake mistakes[] = {
    {"UnknownKey", "[listen]\n\nprot = 1\n", "shepsim.toml:3:1 | listen.prot: no such key | did you mean 'listen.port'?"},
    {"UnknownKeyFarFromAll", "[listen]\nwallpaper = 1\n", "shepsim.toml:2:1 | listen.wallpaper: no such key | "},
    {"UnknownKeyOutsideOfTables", "port = 1\n", "shepsim.toml:1:1 | port: no such key | "},
    {"UnknownSection", "\n[listne]\nport = 1\n", "shepsim.toml:2:2 | [listne]: no such section | did you mean 'listen'?"},
    {"UnknownEmptySection", "[nonsense]\n", "shepsim.toml:1:2 | [nonsense]: no such section | "},
    {"UnknownRepeatedSection", "[[senders]]\nid = \"a\"\n", "shepsim.toml:1:1 | [[senders]]: no such section | did you mean 'sender'?"},
    {"SectionInsideSection", "[listen.tls]\nport = 1\n", "shepsim.toml:1:9 | listen.tls: no such key | "},
    {"ValueWhereASectionIsExpected", "listen = 8080\n", "shepsim.toml:1:10 | listen: expected a section, found a value | write [listen]"},
    {"OneTableWhereAnArrayIsExpected", "[sender]\nid = \"a\"\n",
     "shepsim.toml:1:2 | sender: expected an array of tables, found one table | write [[sender]]"},
    {"ValueWhereAnArrayOfTablesIsExpected", "route = \"a\"\n",
     "shepsim.toml:1:9 | route: expected a section, found a value | write [[route]]"},
    {"TextForANumber", "[listen]\nport = \"8080\"\n",
     "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found \"8080\" | write the number without quotes"},
    {"NumberTooLarge", "[listen]\nport = 65536\n", "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found 65536 | "},
    {"NumberNegative", "[listen]\nport = -1\n", "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found -1 | "},
    {"NumberWithFraction", "[listen]\nport = 80.5\n",
     "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found a number with a fraction | "},
    {"DateForANumber", "[listen]\nport = 2030-01-02\n",
     "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found a date or time | "},
    {"NumberForText", "[journal]\nfile = 5\n", "shepsim.toml:2:8 | journal.file: expected text that is not empty, found 5 | "},
    {"EmptyText", "[journal]\nfile = \"\"\n", "shepsim.toml:2:8 | journal.file: expected text that is not empty, found \"\" | "},
    {"WordOutsideOfItsList", "[gateway]\nmode = \"strickt\"\n",
     "shepsim.toml:2:8 | gateway.mode: expected \"strict\" or \"lenient\", found \"strickt\" | did you mean 'strict'?"},
    {"TextForTruth", "[trust]\ncompat = \"true\"\n",
     "shepsim.toml:2:10 | trust.compat: expected true or false, found \"true\" | write it without quotes"},
    {"NumberForTruth", "[trust]\ncompat = 1\n", "shepsim.toml:2:10 | trust.compat: expected true or false, found 1 | "},
    {"TextForAnArray", "[trust]\nanchors = \"a.pem\"\n",
     "shepsim.toml:2:11 | trust.anchors: expected array of texts that are not empty, found \"a.pem\" | write [\"a.pem\"]"},
    {"NumbersInAnArray", "[trust]\nanchors = [1]\n",
     "shepsim.toml:2:11 | trust.anchors: expected array of texts that are not empty, found an array that holds other things than texts | "},
    {"EmptyTextInAnArray", "[trust]\nanchors = [\"\"]\n",
     "shepsim.toml:2:11 | trust.anchors: expected array of texts that are not empty, found an array | "},
    {"RevocationOutsideOfItsList", "[trust]\nrevocation = \"best_effort\"\n",
     "shepsim.toml:2:14 | trust.revocation: expected \"none\" or \"crl\" or \"ocsp\" or \"best-effort\", found \"best_effort\" | did you "
     "mean "
     "'best-effort'?"},
    {"RevocationTimeoutOfNothing", "[trust]\nrevocation_timeout = 0\n",
     "shepsim.toml:2:22 | trust.revocation_timeout: expected duration (milliseconds, or with ms, s, m, h) from 1ms to 1h, found 0 | "},
    {"SignerUsageOutsideOfItsList", "[[route]]\nservice = \"a\"\nsigner_usage = \"auth\"\n",
     "shepsim.toml:3:16 | route[1].signer_usage: expected \"sign\" or \"any\", found \"auth\" | "},
    {"SignerRoleAsText", "[[route]]\nservice = \"a\"\nsigner_roles = \"CEO\"\n",
     "shepsim.toml:3:16 | route[1].signer_roles: expected array of texts that are not empty, found \"CEO\" | write [\"CEO\"]"},
    {"SignerKeyThatDoesNotExist", "[[route]]\nservice = \"a\"\nsigner_inn = \"//iin\"\n",
     "shepsim.toml:3:1 | route[1].signer_inn: no such key | did you mean 'signer_iin'?"},
    {"SizeWithAnUnknownUnit", "[listen]\nbody_limit = \"10MB\"\n",
     "shepsim.toml:2:14 | listen.body_limit: expected size (octets, or with KiB, MiB, GiB) from 1KiB to 1GiB, found \"10MB\" | "},
    {"SizeTooSmall", "[listen]\nbody_limit = 10\n",
     "shepsim.toml:2:14 | listen.body_limit: expected size (octets, or with KiB, MiB, GiB) from 1KiB to 1GiB, found 10 | "},
    {"SizePastTheRangeOfNumbers", "[listen]\nbody_limit = \"9999999999999GiB\"\n",
     "shepsim.toml:2:14 | listen.body_limit: expected size (octets, or with KiB, MiB, GiB) from 1KiB to 1GiB, found \"9999999999999GiB\" "
     "| "},
    {"DurationWithAnUnknownUnit", "[listen]\ndrain = \"30 sec\"\n",
     "shepsim.toml:2:9 | listen.drain: expected duration (milliseconds, or with ms, s, m, h) from 0s to 1h, found \"30 sec\" | "},
    {"DurationNegative", "[listen]\ndrain = \"-5s\"\n",
     "shepsim.toml:2:9 | listen.drain: expected duration (milliseconds, or with ms, s, m, h) from 0s to 1h, found \"-5s\" | "},
    {"ZoneByName", "[gateway]\nzone = \"Asia/Almaty\"\n",
     "shepsim.toml:2:8 | gateway.zone: expected time zone like \"+05:00\", found \"Asia/Almaty\" | "},
    {"ControlCharacterInText", "[journal]\nfile = \"a\\u0000b\"\n",
     "shepsim.toml:2:8 | journal.file: expected UTF-8 text without control characters, found other octets | "},
    {"SenderWithoutId", "\n[[sender]]\nservices = [\"*\"]\n",
     "shepsim.toml:2:1 | sender[1].id: expected text that is not empty, found nothing | "},
    {"SenderWithEmptyId", "[[sender]]\nid = \"\"\n", "shepsim.toml:2:6 | sender[1].id: expected text that is not empty, found \"\" | "},
    {"SenderTwice", "[[sender]]\nid = \"a\"\n[[sender]]\nid = \"a\"\n",
     "shepsim.toml:3:1 | sender[2].id: a second sender \"a\" | the first is at shepsim.toml:1:1"},
    {"SenderWithTwoPasswords", "[[sender]]\nid = \"a\"\npassword = \"p\"\npassword_file = \"f\"\n",
     "shepsim.toml:1:1 | sender[1]: password and password_file exclude each other | keep password_file"},
    {"SenderWithUnknownKey", "[[sender]]\nid = \"a\"\npasword = \"p\"\n",
     "shepsim.toml:3:1 | sender[1].pasword: no such key | did you mean 'password'?"},
    {"SenderThatIsNoTable", "sender = [{ id = \"a\" }, 5]\n",
     "shepsim.toml:1:25 | sender: expected a section, found a value | write [[sender]]"},
    {"RouteWithoutService", "[[route]]\nadapter = \"mock\"\n",
     "shepsim.toml:1:1 | route[1].service: expected text that is not empty, found nothing | "},
    {"RouteTwice", "[[route]]\nservice = \"S\"\n[[route]]\nservice = \"S\"\nroute_id = \"\"\n",
     "shepsim.toml:3:1 | route[2]: a second route for the same service, route_id and sender | the first is at shepsim.toml:1:1"},
    {"RouteWithAWrongWord", "[[route]]\nservice = \"S\"\nsignature = \"ignored\"\n",
     "shepsim.toml:3:13 | route[1].signature: expected \"required\" or \"optional\", found \"ignored\" | "},
    {"RouteWithPasswordButNoKey", "[[route]]\nservice = \"S\"\npassword_file = \"f\"\n",
     "shepsim.toml:1:1 | route[1].password_file: there is no key it could open | name the PKCS#12 file in route[1].key"},
    {"RouteWithTargetPasswordButNoKey", "[[route]]\nservice = \"S\"\ntarget = \"http://a/\"\ntarget_password_file = \"f\"\n",
     "shepsim.toml:1:1 | route[1].target_password_file: there is no key it could open | name the PKCS#12 file in route[1].target_key"},
    {"RouteWithTargetKeyButNoTarget", "[[route]]\nservice = \"S\"\ntarget_key = \"k\"\n",
     "shepsim.toml:1:1 | route[1].target_key: there is no target to sign for | name the address in route[1].target"},
    {"RouteThatNamesSignersOfAnswersAndDoesNotLook",
     "[[route]]\nservice = \"S\"\ntarget = \"http://a/\"\ntarget_certificates = [\"c\"]\nanswer_signature = \"ignored\"\n",
     "shepsim.toml:1:1 | route[1].target_certificates: nobody looks at who signed the answer | write answer_signature = \"required\""},
    {"RouteThatNamesSignersOfAnswersAndTakesUnsignedOnes",
     "[[route]]\nservice = \"S\"\ntarget = \"http://a/\"\ntarget_certificates = [\"c\"]\nanswer_signature = \"optional\"\n",
     "shepsim.toml:1:1 | route[1].target_certificates: an answer without any signature would be believed | "
     "write answer_signature = \"required\""},
    {"RouteWithAWrongFormOfAnswer", "[[route]]\nservice = \"S\"\nanswer_form = \"raw\"\n",
     "shepsim.toml:3:15 | route[1].answer_form: expected \"rendered\" or \"as-received\", found \"raw\" | "},
    {"ForwardWithoutPlaces", "[forward]\nconcurrent = 0\n",
     "shepsim.toml:2:14 | forward.concurrent: expected integer from 1 to 10000, found 0 | "},
    {"FaultWithUnknownKey", "[faults.no_match]\ncod = \"X\"\n",
     "shepsim.toml:2:1 | faults.no_match.cod: no such key | did you mean 'code'?"},
    {"FaultThatSaysNothing", "[faults.no_match]\n", "shepsim.toml:1:9 | faults.no_match: expected code or message, found nothing | "},
    {"FaultWithEmptyName", "[faults.\"\"]\ncode = \"X\"\n",
     "shepsim.toml:1:9 | faults: expected the name of an event, found an empty key | "},
    {"FaultThatIsAValue", "[faults]\nno_match = \"X\"\n",
     "shepsim.toml:2:12 | faults.no_match: expected a table, found a value | write [faults.no_match] and below it code and message"},
    {"FaultWithEmptyCode", "[faults.no_match]\ncode = \"\"\n",
     "shepsim.toml:2:8 | faults.no_match.code: expected text that is not empty, found \"\" | "},
};

INSTANTIATE_TEST_SUITE_P(Table, Mistakes, testing::ValuesIn(mistakes), [](const auto& row) { return std::string(row.param.name); });

TEST(Mistakes, AllAreToldAtOnceInTheOrderOfTheFile) {
  const auto outcome =
      load_text("[log]\nlevel = 1\n[listen]\nprot = 1\nport = 70000\n[[sender]]\n[[route]]\nservice = \"\"\n[faults.x]\n[gatway]\n",
                {{{"log.format", "xml"}}, {{"SHEPSIM_LISTEN_PROT", "1"}, {"SHEPSIM_LISTEN_ADMIN_PORT", "no"}}});
  std::vector<std::string> places;
  for (const problem& p : outcome.problems) places.push_back(p.where);
  EXPECT_EQ(places,
            (std::vector<std::string>{"shepsim.toml:2:9", "shepsim.toml:4:1", "shepsim.toml:5:8", "shepsim.toml:6:1", "shepsim.toml:8:11",
                                      "shepsim.toml:9:9", "shepsim.toml:10:2", "environment SHEPSIM_LISTEN_PROT",
                                      "environment SHEPSIM_LISTEN_ADMIN_PORT", "flag --log-format"}))
      << told(outcome);
}

TEST(Mistakes, UnknownEnvironmentVariableIsToldWithTheNearestName) {
  const auto outcome = load_text("", {{}, {{"SHEPSIM_LISTEN_PROT", "1"}}});
  EXPECT_EQ(told(outcome),
            "environment SHEPSIM_LISTEN_PROT | SHEPSIM_LISTEN_PROT: no such environment variable | did you mean 'SHEPSIM_LISTEN_PORT'?\n");
}

TEST(Mistakes, UnknownFlagKeyIsToldWithTheNearestName) {
  EXPECT_EQ(told(load_text("", {{{"listen.prot", "1"}}, {}})),
            "flag listen.prot | listen.prot: no such key | did you mean 'listen.port'?\n");
}

TEST(Mistakes, WrongValueInTheFileIsToldEvenWhereAFlagOverridesIt) {
  const auto outcome = load_text("[listen]\nport = \"x\"\n", {{{"listen.port", "5"}}, {}});
  EXPECT_EQ(outcome.value.settings.listen.port, 5);
  EXPECT_EQ(told(outcome), "shepsim.toml:2:8 | listen.port: expected integer from 0 to 65535, found \"x\" | \n");
}

TEST(Mistakes, EnvironmentTextIsJudgedLikeFileText) {
  EXPECT_EQ(told(load_text("", {{}, {{"SHEPSIM_LISTEN_PORT", "80 "}}})),
            "environment SHEPSIM_LISTEN_PORT | listen.port: expected integer from 0 to 65535, found \"80 \" | \n");
  EXPECT_EQ(told(load_text("", {{}, {{"SHEPSIM_TRUST_COMPAT", "yes"}}})),
            "environment SHEPSIM_TRUST_COMPAT | trust.compat: expected true or false, found \"yes\" | \n");
  EXPECT_EQ(told(load_text("", {{}, {{"SHEPSIM_TRUST_ANCHORS", "a,,b"}}})),
            "environment SHEPSIM_TRUST_ANCHORS | trust.anchors: expected array of texts that are not empty, found \"a,,b\" | \n");
  EXPECT_EQ(told(load_text("", {{}, {{"SHEPSIM_JOURNAL_FILE", "\xff"}}})),
            "environment SHEPSIM_JOURNAL_FILE | journal.file: expected UTF-8 text without control characters, found other octets | \n");
}

TEST(Mistakes, F16_BrokenSyntaxIsToldWithItsPlaceAndTheRestIsStillChecked) {
  const auto outcome = load_text("[listen]\nport = \n", {{{"listen.port", "x"}}, {}});
  ASSERT_EQ(outcome.problems.size(), 2u) << told(outcome);
  EXPECT_EQ(outcome.problems[0].code, problems::usage);
  EXPECT_EQ(outcome.problems[0].where.rfind("shepsim.toml:2:", 0), 0u) << outcome.problems[0].where;
  EXPECT_EQ(outcome.problems[0].detail.rfind("not TOML: ", 0), 0u);
  EXPECT_EQ(outcome.problems[1].where, "flag --port");
}

TEST(Mistakes, F16_KeyWrittenTwiceIsBrokenSyntax) {
  const auto outcome = load_text("[listen]\nport = 1\nport = 2\n");
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].where.rfind("shepsim.toml:3:", 0), 0u) << outcome.problems[0].where;
}

TEST(Mistakes, F16_InvalidUtf8IsBrokenSyntax) {
  const auto outcome = load_text("[journal]\nfile = \"\xff\"\n");
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].where.rfind("shepsim.toml:2:", 0), 0u) << outcome.problems[0].where;
}

TEST(Mistakes, F16_KeyTypedInCyrillicIsToldWithItsPlace) {
  const auto outcome = load_text("# порт\n[listen]\nпорт = 1\n");
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].where, "shepsim.toml:3:1");
  EXPECT_EQ(outcome.problems[0].hint, "keys are written in Latin letters; other text stands in quotes");
  EXPECT_EQ(load_text("[listen]\nport = 1 ы\n").problems.at(0).where, "shepsim.toml:2:10");
  EXPECT_EQ(told(load_text("log.\"уровень\" = 1\n")), "shepsim.toml:1:5 | log.уровень: no such key | \n");
}

TEST(Mistakes, TextOfSeveralLinesMayHoldAnything) {
  const auto outcome = load_text(R"([trust]
anchors = ["""\
  корень\\\" "" .pem""", '''д'д''']
)");
  EXPECT_EQ(told(outcome), "");
  EXPECT_EQ(outcome.value.settings.trust.anchors, (std::vector<std::string>{R"(корень\" "" .pem)", "д'д"}));
}

TEST(Mistakes, F16_MissingFileNamesTheCommandThatMakesOne) {
  temporary_folder folder;
  const auto outcome = load(folder.path(), {});
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].code, problems::environment);
  EXPECT_NE(outcome.problems[0].hint.find("shepsim init"), std::string::npos);
}

TEST(Mistakes, F16_FolderOrHugeFileInPlaceOfTheFileIsRefused) {
  temporary_folder folder;
  std::filesystem::create_directory(folder.path() + "/shepsim.toml");
  EXPECT_EQ(load(folder.path(), {}).problems.at(0).code, problems::environment);
  std::filesystem::remove(folder.path() + "/shepsim.toml");
  std::ofstream(folder.path() + "/shepsim.toml") << std::string((256 << 10) + 1, '#');
  EXPECT_EQ(load(folder.path(), {}).problems.at(0).code, problems::environment);
}

}  // namespace
}  // namespace shep::config
