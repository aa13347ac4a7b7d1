#include "journal/problems.hpp"
#include "journal/sqlite_store.hpp"
#include "unit/journal/fault_disk.hpp"
#include "unit/journal/support.hpp"

#include <set>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

constexpr int recorded = 40;

bool is_clear(const problem& p) {
  return (p.code == problems::journal_format || p.code == problems::journal_unavailable || p.code == problems::journal_not_found) &&
         !p.detail.empty();
}

/// Whatever was done to the file: no crash, nothing that was never recorded, and a reason where something is missing.
/// Returns the number of entries that are still told whole.
int look_at(const std::string& file, const std::string& what) {
  const auto opened = sqlite_store::open({file, false});
  const auto s = opened ? opened : sqlite_store::open_for_reading(file);
  if (!opened) {
    EXPECT_TRUE(is_clear(opened.error())) << what << ": " << describe(opened.error());
  }
  if (!s) {
    EXPECT_TRUE(is_clear(s.error())) << what << ": " << describe(s.error());
    return 0;
  }
  std::optional<std::uint64_t> before;
  for (int pages = 0; pages < 100; ++pages) {
    const auto p = (*s)->list({}, 7, before);
    if (!p) {
      EXPECT_TRUE(is_clear(p.error())) << what << ": " << describe(p.error());
      break;
    }
    for (const entry& e : p->entries) {
      const auto n = static_cast<std::int64_t>(e.sequence);
      EXPECT_TRUE(n >= 1 && n <= recorded) << what;
      EXPECT_EQ(e.arrived.id, id(n)) << what;
      EXPECT_EQ(e.arrived.remote, arrival_of(n).remote) << what;
      EXPECT_EQ(e.raw_size, arrival_of(n).raw->size()) << what;
      if (e.completed) {
        EXPECT_EQ(e.completed->message_id, completion_of(n).message_id) << what;
      }
    }
    if (before && p->next) {
      EXPECT_LT(*p->next, *before) << what << ": a list that does not come to an end";
    }
    before = p->next;
    if (!before) break;
  }
  int whole = 0;
  for (int i = 1; i <= recorded; ++i) {
    const auto e = (*s)->get(id(i));
    if (!e) {
      EXPECT_TRUE(is_clear(e.error())) << what << ": " << describe(e.error());
      continue;
    }
    EXPECT_TRUE(equal(e->arrived, arrival_of(i))) << what << ": exchange " << i << " is told with other values";
    if (e->completed) {
      EXPECT_TRUE(equal(*e->completed, completion_of(i))) << what << ": exchange " << i << " is told with other values";
      ++whole;
    }
  }
  if (opened) {
    const auto r = (*s)->append(exchanges(1000, 1000));
    if (!r) {
      EXPECT_TRUE(is_clear(r.error()) || r.error().code == problems::journal_duplicate) << what << ": " << describe(r.error());
    }
  }
  return whole;
}

struct copy_of_files {
  std::string database, log;
};

/// A closed journal, or one as it lies there when the process was killed, with everything still in the log.
copy_of_files make(bool killed) {
  const temporary_folder folder;
  auto s = sqlite_store::open({folder.file(), false}).value();
  for (int i = 1; i <= recorded; i += 4) s->append(exchanges(i, i + 3)).value();
  if (!killed) s.reset();
  return {read_file(folder.file()), killed ? read_file(folder.file() + "-wal") : std::string()};
}

/// Damages are many; the disk below keeps SQLite's syncs away from the machine's.
class damaged_copy {
 public:
  int look(const copy_of_files& c, const std::string& what) const {
    for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(folder_.file() + ending);
    write_file(folder_.file(), c.database);
    if (!c.log.empty()) write_file(folder_.file() + "-wal", c.log);
    return look_at(folder_.file(), what);
  }

 private:
  const fault_disk without_syncs_;
  const temporary_folder folder_;
};

/// Positions all over the octets, `every` apart, at different places of a page.
std::vector<std::size_t> positions(const std::string& octets, std::size_t every) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < octets.size(); i += every)
    found.push_back(i + (i / every) % every < octets.size() ? i + (i / every) % every : i);
  return found;
}

TEST(Damage, F06_AWholeFileIsToldWhole) {
  const damaged_copy copy;
  EXPECT_EQ(copy.look(make(false), "closed"), recorded);
  EXPECT_EQ(copy.look(make(true), "killed"), recorded);
}

TEST(Damage, F06_AFlippedOctetOfTheDatabaseNeverInventsOrCrashes) {
  const copy_of_files whole = make(false);
  const damaged_copy copy;
  std::set<std::size_t> where;
  for (std::size_t i = 0; i < 100; ++i) where.insert(i);  // the header
  for (const std::size_t i : positions(whole.database, 151)) where.insert(i);
  int complete = 0;
  for (const std::size_t i : where) {
    copy_of_files c = whole;
    c.database[i] = static_cast<char>(c.database[i] ^ (i % 2 ? 0xFF : 0x01));
    complete += copy.look(c, "octet " + std::to_string(i) + " flipped") == recorded;
  }
  EXPECT_LT(static_cast<std::size_t>(complete), where.size()) << "no flip was noticed: the test looks at the wrong octets";
}

TEST(Damage, F06_AFlippedOctetOfTheLogCutsItThere) {
  const copy_of_files whole = make(true);
  ASSERT_GT(whole.log.size(), 40'000u);
  const damaged_copy copy;
  for (const std::size_t i : positions(whole.log, 1009)) {
    copy_of_files c = whole;
    c.log[i] = static_cast<char>(c.log[i] ^ 0x40);
    copy.look(c, "octet " + std::to_string(i) + " of the log flipped");
  }
}

TEST(Damage, F06_ATruncatedDatabaseOrLogIsRefusedOrShorter) {
  const copy_of_files closed = make(false), killed = make(true);
  const damaged_copy copy;
  for (const std::size_t i : positions(closed.database, 499)) {
    if (i == 0) continue;
    copy_of_files c = closed;
    c.database.resize(i);
    EXPECT_LT(copy.look(c, "cut at " + std::to_string(i)), recorded);
  }
  int last = 0;
  for (const std::size_t i : positions(killed.log, 997)) {
    copy_of_files c = killed;
    c.log.resize(i);
    const int whole = copy.look(c, "log cut at " + std::to_string(i));
    EXPECT_EQ(whole % 4, 0) << "a group is there whole or not at all";
    EXPECT_GE(whole, last) << "a longer log holds no less";
    last = whole;
  }
}

TEST(Damage, F06_AZeroedPageHidesItsOwnEntriesOnly) {
  const copy_of_files whole = make(false);
  const damaged_copy copy;
  int best = 0;
  for (std::size_t page = 4096; page < whole.database.size(); page += 4096) {
    copy_of_files c = whole;
    c.database.replace(page, 4096, std::string(4096, '\0'));
    best = std::max(best, copy.look(c, "page " + std::to_string(page / 4096) + " zeroed"));
  }
  EXPECT_GT(best, recorded / 2);
}

TEST(Damage, F06_TheListGoesOnBelowADamagedPage) {
  const temporary_folder folder;
  {
    const auto s = sqlite_store::open({folder.file(), false}).value();
    for (int i = 1; i <= 400; i += 100) s->append(exchanges(i, i + 99)).value();
  }
  std::string file = read_file(folder.file());
  const std::size_t row = file.find(arrival_of(200).remote);
  ASSERT_NE(row, std::string::npos);
  file.replace(row / 4096 * 4096, 4096, std::string(4096, '\0'));
  write_file(folder.file(), file);
  const auto s = sqlite_store::open({folder.file(), false}).value();
  const page p = s->list({}, 1000).value();
  EXPECT_GE(p.damaged, 1u);
  EXPECT_GT(p.entries.size(), 300u);
  EXPECT_LT(p.entries.size(), 400u);
  EXPECT_EQ(p.entries.front().sequence, 400u);
  EXPECT_EQ(p.entries.back().sequence, 1u);
}

}  // namespace
}  // namespace shep::journal::test
