#include "test_pki/status_file.hpp"

#include "core/date_time.hpp"
#include "support/temporary_folder.hpp"
#include "test_pki/problems.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

namespace shep::test_pki {
namespace {

using test::temporary_folder;

const time_point noon = parse_date_time("2030-05-06T12:00:00Z")->utc;

constexpr const char* whole_file = R"(shepsim-pki-status 1
# a comment

number 1790000000000
certificate 5a3f revoked changed=2026-10-01T10:00:00Z at=2026-10-01T09:00:00Z reason=keyCompromise
certificate 41bb slow changed=2026-10-01T10:01:00.500Z delay=2000
certificate 41bc good changed=2026-10-01T10:01:00Z
certificate 41bd on_hold at=2026-10-01T09:00:00Z changed=2026-10-01T10:00:00Z
responder tsp stale changed=2026-10-01T10:02:00Z
end
)";

TEST(StatusFile, SaysWhatItsPageSays) {
  const auto s = parse_statuses(whole_file, "status");
  ASSERT_TRUE(s) << describe(s.error());
  EXPECT_EQ(s->number, 1790000000000U);
  ASSERT_EQ(s->certificates.size(), 4U);
  const told& revoked = s->certificates.at("5a3f");
  EXPECT_EQ(revoked.what, behaviour::revoked);
  EXPECT_EQ(format_utc(*revoked.since), "2026-10-01T09:00:00.000Z");
  EXPECT_EQ(revoked.why, revocation::reason::key_compromise);
  EXPECT_EQ(s->certificates.at("41bb").delay, std::chrono::milliseconds(2000));
  EXPECT_EQ(s->of(responder::tsp).what, behaviour::stale);
  EXPECT_EQ(s->of(responder::ocsp).what, behaviour::good);
}

TEST(StatusFile, WhatIsWrittenReadsBackTheSame) {
  const auto first = parse_statuses(whole_file, "status").value();
  const std::string text = to_text(first);
  const auto again = parse_statuses(text, "status");
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(to_text(*again), text);
  EXPECT_EQ(again->certificates.at("41bb").changed, first.certificates.at("41bb").changed);
}

/// One mistake each: what stands in the file, which line is named, and a word of the sentence.
struct mistake {
  const char* text;
  const char* where;
  const char* says;
};

class Damage : public ::testing::TestWithParam<mistake> {};

TEST_P(Damage, IsRefusedWithTheLine) {
  const auto s = parse_statuses(GetParam().text, "status");
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code, problems::pki_status_file);
  EXPECT_EQ(s.error().where, std::string("status:") + GetParam().where);
  EXPECT_NE(s.error().detail.find(GetParam().says), std::string::npos) << s.error().detail;
  EXPECT_FALSE(s.error().hint.empty());
}

#define HEAD "shepsim-pki-status 1\n"
#define CHANGED " changed=2026-10-01T10:00:00Z"
INSTANTIATE_TEST_SUITE_P(
    OneMistake, Damage,
    ::testing::Values(mistake{"", "1", "cut off"}, mistake{"shepsim-pki-status 2\nend\n", "1", "shepsim-pki-status 2"},
                      mistake{"# no header\n" HEAD "end\n", "1", "no header"}, mistake{HEAD, "2", "cut off"},
                      mistake{HEAD "end", "2", "cut off"}, mistake{HEAD "certificate 5a revoked" CHANGED " at=2026-10-0", "2", "cut off"},
                      mistake{HEAD "certificate 5a good" CHANGED "\n", "3", "cut off"}, mistake{HEAD "end\nnumber 1\n", "3", "after 'end'"},
                      mistake{HEAD "\ncertificat 5a good" CHANGED "\nend\n", "3", "certificat"},
                      mistake{HEAD "certificate 5a gone" CHANGED "\nend\n", "2", "no state 'gone'"},
                      mistake{HEAD "certificate 5A good" CHANGED "\nend\n", "2", "serial number"},
                      mistake{HEAD "certificate 05 good" CHANGED "\nend\n", "2", "serial number"},
                      mistake{HEAD "certificate 5a good\nend\n", "2", "changed="},
                      mistake{HEAD "certificate 5a good" CHANGED CHANGED "\nend\n", "2", "repeated"},
                      mistake{HEAD "certificate 5a good" CHANGED " colour=red\nend\n", "2", "colour"},
                      mistake{HEAD "certificate 5a good" CHANGED " red\nend\n", "2", "red"},
                      mistake{HEAD "certificate 5a good changed=yesterday\nend\n", "2", "not a time"},
                      mistake{HEAD "certificate 5a revoked" CHANGED "\nend\n", "2", "at="},
                      mistake{HEAD "certificate 5a slow" CHANGED "\nend\n", "2", "delay="},
                      mistake{HEAD "certificate 5a slow" CHANGED " delay=300001\nend\n", "2", "5 minutes"},
                      mistake{HEAD "certificate 5a slow" CHANGED " delay=1s\nend\n", "2", "not a number"},
                      mistake{HEAD "certificate 5a good" CHANGED " reason=keyCompromise\nend\n", "2", "no reason"},
                      mistake{HEAD "certificate 5a revoked" CHANGED " at=2026-10-01T10:00:00Z reason=removeFromCRL\nend\n", "2", "reason"},
                      mistake{HEAD "certificate 5a good" CHANGED "\ncertificate 5a good" CHANGED "\nend\n", "3", "second"},
                      mistake{HEAD "responder crl revoked" CHANGED " at=2026-10-01T10:00:00Z\nend\n", "2", "as a whole"},
                      mistake{HEAD "responder dns good" CHANGED "\nend\n", "2", "dns"},
                      mistake{HEAD "responder crl slow" CHANGED " delay=1\nresponder crl good" CHANGED "\nend\n", "3", "second"},
                      mistake{HEAD "number x\nend\n", "2", "number"}, mistake{HEAD "number 1\nnumber 2\nend\n", "3", "second"}));

TEST(StatusFile, EveryBeginningOfAFileIsRefused) {
  const std::string text = whole_file;
  for (std::size_t n = 0; n < text.size(); ++n) EXPECT_FALSE(parse_statuses(text.substr(0, n), "status")) << n;
}

TEST(StatusFile, AChangeIsWholeAndCountsTheListNumberUp) {
  const temporary_folder folder;
  EXPECT_EQ(read_statuses(folder.path())->certificates.size(), 0U) << "no file: all good";
  const auto put = [](const std::string& serial) {
    return [serial](statuses& s) -> result<void> {
      s.certificates[serial] = complete({behaviour::revoked, {}, {}, {}, noon}, noon).value();
      return {};
    };
  };
  ASSERT_TRUE(change_statuses(folder.path(), noon, put("1")));
  const std::uint64_t first = read_statuses(folder.path())->number;
  ASSERT_TRUE(change_statuses(folder.path(), noon - std::chrono::hours(1), put("2")));
  const auto after = read_statuses(folder.path()).value();
  EXPECT_GT(after.number, first) << "also when the clock goes back";
  EXPECT_EQ(after.certificates.size(), 2U);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/status.new"));
}

TEST(StatusFile, ARefusedChangeLeavesTheFileAlone) {
  const temporary_folder folder;
  const auto refused = change_statuses(folder.path(), noon, [](statuses& s) -> result<void> {
    s.certificates["1"] = {};
    return problem(problems::usage, "no");
  });
  EXPECT_EQ(refused.error().code, problems::usage);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/status"));
  std::ofstream(folder.path() + "/status") << "shepsim-pki-status 1\nnonsense\nend\n";
  const auto broken = change_statuses(folder.path(), noon, [](statuses&) -> result<void> { return {}; });
  EXPECT_EQ(broken.error().code, problems::pki_status_file);
  EXPECT_EQ(broken.error().where, folder.path() + "/status:2");
}

TEST(StatusFile, ChangesOfManyWritersAreAllKept) {
  const temporary_folder folder;
  std::vector<std::thread> writers;
  for (int w = 0; w < 4; ++w)
    writers.emplace_back([&, w] {
      for (int i = 1; i <= 5; ++i)
        EXPECT_TRUE(change_statuses(folder.path(), noon, [&](statuses& s) -> result<void> {
          s.certificates[std::to_string(w * 10 + i)] = {behaviour::good, {}, {}, {}, noon};
          return {};
        }));
    });
  for (std::thread& w : writers) w.join();
  EXPECT_EQ(read_statuses(folder.path())->certificates.size(), 20U);
}

TEST(Behaviour, PartsThatDoNotFitAreNamed) {
  const auto where = [](told t) {
    const auto r = complete(t, noon);
    return r ? std::string("fits") : r.error().where;
  };
  EXPECT_EQ(where({behaviour::good, noon, {}, {}, {}}), "at");
  EXPECT_EQ(where({behaviour::on_hold, {}, revocation::reason::superseded, {}, {}}), "reason");
  EXPECT_EQ(where({behaviour::stale, {}, {}, std::chrono::milliseconds(5), {}}), "delay");
  EXPECT_EQ(where({behaviour::slow, {}, {}, std::chrono::milliseconds(0), {}}), "delay");
  EXPECT_EQ(where({behaviour::slow, {}, {}, {}, {}}), "fits");
  EXPECT_EQ(complete({behaviour::slow, {}, {}, {}, {}}, noon)->delay, default_delay);
  EXPECT_EQ(complete({behaviour::revoked, {}, {}, {}, {}}, noon)->since, noon);
  for (const behaviour b : {behaviour::revoked, behaviour::on_hold, behaviour::unknown})
    EXPECT_EQ(complete_for_responder({b, {}, {}, {}, {}}, noon).error().where, "state");
  for (const std::string& name : behaviour_names()) EXPECT_EQ(name_of(*behaviour_by_name(name)), name);
  EXPECT_FALSE(reason_by_name("certificateHold"));
  EXPECT_EQ(reason_names().size(), 8U);
}

}  // namespace
}  // namespace shep::test_pki
