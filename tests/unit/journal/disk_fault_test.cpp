#include "journal/problems.hpp"
#include "journal/sqlite_store.hpp"
#include "unit/journal/fault_disk.hpp"
#include "unit/journal/support.hpp"

#include <set>
#include <sqlite3.h>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

/// Records exchanges one group at a time until `groups` were tried; the numbers of those acknowledged.
std::set<int> record_groups(store& s, int first, int groups) {
  std::set<int> acknowledged;
  for (int i = first; i < first + groups; ++i)
    if (s.append(exchanges(i, i))) acknowledged.insert(i);
  return acknowledged;
}

void expect_whole(const store& s, const std::set<int>& acknowledged, const std::string& when) {
  for (const int i : acknowledged) {
    const auto e = s.get(id(i));
    ASSERT_TRUE(e) << when << ": exchange " << i << " was acknowledged and is gone: " << describe(e.error());
    ASSERT_TRUE(e->completed) << when << ": exchange " << i;
    EXPECT_TRUE(equal(e->arrived, arrival_of(i)) && equal(*e->completed, completion_of(i))) << when << ": exchange " << i;
  }
  const std::vector<std::string> ids = ids_of(everything(s));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << when << ": something is there twice";
}

constexpr int groups = 9;
constexpr int log_pages = 30;  // few, so that the scenario copies its log into the database twice

/// The scenario for every n: record, meet the fault, record on; then look, also after a stop and after a power cut.
void sweep(fault_disk::kind kind, std::uint64_t more) {
  fault_disk disk;
  std::uint64_t n = 1;
  int refused = 0;
  for (bool met = true; met && n < 500; ++n) {
    const std::string when = "fault at operation " + std::to_string(n);
    const temporary_folder folder, after_cut;
    std::set<int> acknowledged;
    {
      const auto s = sqlite_store::open({folder.file(), true, log_pages}).value();
      disk.refuse(kind, n, more);
      acknowledged = record_groups(*s, 1, groups);
      met = disk.refused();
      // A fault while the log is copied is mended before the next group: then nothing is refused.
      refused += acknowledged.size() < groups;
      disk.refuse(fault_disk::kind::none, 0);
      const std::set<int> after = record_groups(*s, 101, 3);
      EXPECT_EQ(after.size(), 3u) << when << ": recording did not go on by itself";
      acknowledged.insert(after.begin(), after.end());
      expect_whole(*s, acknowledged, when);
      disk.cut_power(folder.path(), after_cut.path(), 0);
    }
    expect_whole(*sqlite_store::open({after_cut.file(), true}).value(), acknowledged, when + ", then a power cut");
    expect_whole(*sqlite_store::open({folder.file(), true}).value(), acknowledged, when + ", reopened");
  }
  EXPECT_GE(refused, groups);
  EXPECT_GT(n, 9u);
  EXPECT_LT(n, 500u) << "the sweep has an end: every operation of the scenario was met";
}

TEST(DiskFault, F04_AFailedSyncAtAnyPointAcknowledgesNothingFalsely) { sweep(fault_disk::kind::sync_error, 0); }
TEST(DiskFault, F04_AFailedWriteAtAnyPointAcknowledgesNothingFalsely) { sweep(fault_disk::kind::write_error, 0); }
TEST(DiskFault, F03_AFullDiskAtAnyPointAcknowledgesNothingFalselyAndRecordingGoesOn) { sweep(fault_disk::kind::write_full, 10); }

TEST(DiskFault, F04_AcceptsNothingWhileReopeningFailsAndStillReads) {
  fault_disk disk;
  const temporary_folder folder;
  const auto s = sqlite_store::open({folder.file(), true}).value();
  const std::set<int> acknowledged = record_groups(*s, 1, 5);
  disk.refuse(fault_disk::kind::sync_error, 1, 1000);
  EXPECT_TRUE(record_groups(*s, 6, 20).empty());
  expect_whole(*s, acknowledged, "while the disk fails");
  EXPECT_EQ(s->append(exchanges(90, 90)).error().code, problems::journal_unavailable);
}

TEST(DiskFault, F04_DoesNotGoOnWhenAnAcknowledgedExchangeIsGoneAfterAFailure) {
  fault_disk disk;
  const temporary_folder folder;
  const auto s = sqlite_store::open({folder.file(), true}).value();
  EXPECT_EQ(record_groups(*s, 1, 3).size(), 3u);
  disk.refuse(fault_disk::kind::sync_error, 1);
  EXPECT_TRUE(record_groups(*s, 4, 1).empty());
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &other), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(other, "DELETE FROM completion WHERE seq=3", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const problem p = s->append(exchanges(5, 5)).error();
    EXPECT_EQ(p.code, problems::journal_format);
    EXPECT_NE(p.detail.find(id(3)), std::string::npos) << p.detail;
  }
  EXPECT_TRUE(s->get(id(2)).value().completed);
}

/// Cuts the power after each group, in four ways; how many acknowledged exchanges were lost over all cuts.
int lost_in_power_cuts(bool durable) {
  fault_disk disk;
  const temporary_folder folder, after;
  const auto s = sqlite_store::open({folder.file(), durable, log_pages}).value();
  std::set<int> acknowledged;
  int lost = 0;
  for (int i = 1; i <= 30; ++i) {
    if (s->append(exchanges(i, i))) acknowledged.insert(i);
    for (const std::uint64_t seed : {0, 1, 2, 3}) {
      const std::string copy = after.file("cut");
      disk.cut_power(folder.path(), copy, seed + static_cast<std::uint64_t>(seed != 0) * static_cast<std::uint64_t>(i) * 17);
      const auto reopened = sqlite_store::open({copy + "/journal.db", true});
      if (!reopened) {
        ++lost;
        continue;
      }
      for (const int k : acknowledged) {
        const auto e = (*reopened)->get(id(k));
        if (!e || !e->completed || !equal(e->arrived, arrival_of(k)) || !equal(*e->completed, completion_of(k))) ++lost;
      }
    }
  }
  return lost;
}

TEST(DiskFault, F02_APowerCutLosesNothingThatWasAcknowledged) { EXPECT_EQ(lost_in_power_cuts(true), 0); }

TEST(DiskFault, F02_ThePowerCutTestNoticesAMissingSync) { EXPECT_GT(lost_in_power_cuts(false), 0); }

}  // namespace
}  // namespace shep::journal::test
