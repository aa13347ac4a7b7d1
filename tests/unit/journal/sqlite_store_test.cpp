#include "journal/sqlite_store.hpp"

#include "journal/problems.hpp"
#include "unit/journal/support.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

mode_t mode_of(const std::string& file) {
  struct stat s {};
  return ::stat(file.c_str(), &s) == 0 ? s.st_mode & 07777 : 0;
}

void sql(const std::string& file, const char* script) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, script, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

problem open_problem(const std::string& file) { return sqlite_store::open({file, false}).error(); }

TEST(SqliteStore, KeepsEntriesAcrossAStop) {
  const temporary_folder folder;
  {
    const auto s = sqlite_store::open({folder.file(), true}).value();
    ASSERT_TRUE(s->append(exchanges(1, 600)));
  }
  const auto s = sqlite_store::open({folder.file(), true}).value();
  EXPECT_EQ(s->count().value(), 600u);
  EXPECT_TRUE(equal(*s->get(id(600)).value().completed, completion_of(600)));
  ASSERT_TRUE(s->append(exchanges(601, 601)));
  EXPECT_EQ(s->get(id(601)).value().sequence, 601u);
}

TEST(SqliteStore, GoesOnCountingAfterEverythingWasRemovedAndTheProgramStopped) {
  const temporary_folder folder;
  {
    const auto s = sqlite_store::open({folder.file(), false}).value();
    ASSERT_TRUE(s->append(exchanges(1, 10)));
    ASSERT_TRUE(s->remove_all());
  }
  const auto s = sqlite_store::open({folder.file(), false}).value();
  ASSERT_TRUE(s->append(exchanges(1, 1)));
  EXPECT_EQ(s->get(id(1)).value().sequence, 11u);
}

TEST(SqliteStore, LeavesNothingOfRemovedEntriesInItsFiles) {
  const temporary_folder folder;
  const auto s = sqlite_store::open({folder.file(), false}).value();
  arrival a = arrival_of(1);
  a.raw = share("a-name-that-must-go " + std::string(20'000, 'x') + " and-its-end");
  ASSERT_TRUE(s->append(std::vector<record>{a}));
  ASSERT_TRUE(s->remove_all());
  for (const char* ending : {"", "-wal"})
    for (const char* trace : {"a-name-that-must-go", "and-its-end"})
      EXPECT_EQ(read_file(folder.file() + ending).find(trace), std::string::npos) << ending << " " << trace;
}

TEST(SqliteStore, A24_KeepsItsFilesFromOtherUsers) {
  const temporary_folder folder;
  const mode_t before = ::umask(0);
  {
    const auto s = sqlite_store::open({folder.file(), true}).value();
    ASSERT_TRUE(s->append(exchanges(1, 1)));
    for (const char* ending : {"", "-wal", "-shm", ".lock"}) EXPECT_EQ(mode_of(folder.file() + ending), 0600u) << ending;
  }
  ASSERT_EQ(::chmod(folder.file().c_str(), 0644), 0);
  const auto s = sqlite_store::open({folder.file(), true}).value();
  EXPECT_EQ(mode_of(folder.file()), 0600u);
  ::umask(before);
}

TEST(SqliteStore, F05_RefusesASecondWriterAndNamesTheFirst) {
  const temporary_folder folder;
  const auto first = sqlite_store::open({folder.file(), true}).value();
  const problem p = open_problem(folder.file());
  EXPECT_EQ(p.code, problems::journal_locked);
  EXPECT_NE(p.detail.find("process " + std::to_string(::getpid())), std::string::npos) << p.detail;
  const pid_t other = ::fork();
  if (other == 0) ::_exit(open_problem(folder.file()).code == problems::journal_locked ? 0 : 1);
  int status = -1;
  ASSERT_EQ(::waitpid(other, &status, 0), other);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(first->append(exchanges(1, 1)));
}

TEST(SqliteStore, F05_OpensAgainWhenALockFileWasLeftBehind) {
  const temporary_folder folder;
  write_file(folder.file(".lock"), "1\n");
  sqlite_store::open({folder.file(), true}).value();
  write_file(folder.file() + ".lock", std::string(100'000, 'x'));
  EXPECT_TRUE(sqlite_store::open({folder.file(), true}));
}

TEST(SqliteStore, F05_SaysThatTheFolderIsMissing) {
  const temporary_folder folder;
  const problem p = open_problem(folder.file("no/such/folder/journal.db"));
  EXPECT_EQ(p.code, problems::journal_unavailable);
  EXPECT_FALSE(p.hint.empty());
}

TEST(SqliteStore, F05_SaysThatTheFileIsAFolder) {
  const temporary_folder folder;
  std::filesystem::create_directory(folder.path() / "journal.db");
  EXPECT_EQ(open_problem(folder.file()).code, problems::journal_unavailable);
}

TEST(SqliteStore, F05_SaysThatTheFolderMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write everywhere";
  const temporary_folder folder;
  ::chmod(folder.path().c_str(), 0500);
  EXPECT_EQ(open_problem(folder.file()).code, problems::journal_unavailable);
  ::chmod(folder.path().c_str(), 0700);
}

TEST(SqliteStore, IsReadByAnotherProcessWhileItIsWritten) {
  const temporary_folder folder;
  const auto writer = sqlite_store::open({folder.file(), false}).value();
  ASSERT_TRUE(writer->append(exchanges(1, 3)));
  const auto reader = sqlite_store::open_for_reading(folder.file()).value();
  EXPECT_EQ(reader->count().value(), 3u);
  ASSERT_TRUE(writer->append(exchanges(4, 4)));
  EXPECT_TRUE(reader->get(id(4)));
  EXPECT_EQ(reader->append(exchanges(5, 5)).error().code, problems::journal_unavailable);
  EXPECT_EQ(reader->remove_all().error().code, problems::journal_unavailable);
  EXPECT_EQ(sqlite_store::open_for_reading(folder.file("other.db")).error().code, problems::journal_unavailable);
  EXPECT_FALSE(std::filesystem::exists(folder.file("other.db")));
}

TEST(SqliteStore, F18_RefusesAnotherVersionByItsNumber) {
  const temporary_folder folder;
  sqlite_store::open({folder.file(), false}).value();
  sql(folder.file(), "PRAGMA user_version=2");
  const std::string before = read_file(folder.file());
  const problem p = open_problem(folder.file());
  EXPECT_EQ(p.code, problems::journal_format);
  EXPECT_NE(p.detail.find("version 2"), std::string::npos) << p.detail;
  EXPECT_EQ(sqlite_store::open_for_reading(folder.file()).error().code, problems::journal_format);
  EXPECT_EQ(read_file(folder.file()), before);
}

TEST(SqliteStore, F18_RefusesADatabaseThatIsNotAJournal) {
  const temporary_folder folder;
  sql(folder.file(), "CREATE TABLE theirs (x)");
  EXPECT_EQ(open_problem(folder.file()).code, problems::journal_format);
}

TEST(SqliteStore, F06_RefusesAFileThatIsNotADatabase) {
  const temporary_folder folder;
  write_file(folder.file(), std::string(5000, 'x'));
  EXPECT_EQ(open_problem(folder.file()).code, problems::journal_format);
  write_file(folder.file("short.db"), "x");
  EXPECT_FALSE(sqlite_store::open({folder.file("short.db"), false}));
}

TEST(SqliteStore, F06_RefusesTablesThatDifferFromItsOwn) {
  const temporary_folder folder;
  for (const char* change : {"CREATE TRIGGER t AFTER INSERT ON arrival BEGIN DELETE FROM arrival; END", "DROP INDEX completion_outcome",
                             "ALTER TABLE arrival ADD COLUMN more TEXT", "CREATE VIEW v AS SELECT 1"}) {
    const std::string file = folder.file(std::to_string(std::hash<std::string>()(change)) + ".db");
    sqlite_store::open({file, false}).value();
    sql(file, change);
    EXPECT_EQ(open_problem(file).code, problems::journal_format) << change;
  }
}

TEST(SqliteStore, F06_NeverShowsARecordWhoseValuesWereChanged) {
  const temporary_folder folder;
  sqlite_store::open({folder.file(), false}).value()->append(exchanges(1, 6)).value();
  sql(folder.file(),
      "UPDATE arrival SET remote='198.51.100.9:1' WHERE seq=2; UPDATE completion SET outcome='fault' WHERE seq=3;"
      "UPDATE arrival SET raw=x'00' WHERE seq=4; UPDATE completion SET trace='{}' WHERE seq=5");
  const auto s = sqlite_store::open({folder.file(), false}).value();
  const page p = s->list({}, 10).value();
  EXPECT_EQ(ids_of(p.entries), (std::vector<std::string>{id(6), id(5), id(1)}));
  EXPECT_EQ(p.damaged, 3u);
  EXPECT_TRUE(s->get(id(1)));
  for (int n : {2, 3, 4, 5}) EXPECT_EQ(s->get(id(n)).error().code, problems::journal_format) << n;
}

}  // namespace
}  // namespace shep::journal::test
