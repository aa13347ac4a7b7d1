#include "journal/journal.hpp"
#include "journal/problems.hpp"
#include "journal/sqlite_store.hpp"
#include "unit/journal/support.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

/// Four clients record exchanges without end; each id goes down the pipe once the journal has confirmed it.
[[noreturn]] void record_until_killed(const std::string& file, int to) {
  journal j(sqlite_store::open({file, true, 200}).value());
  shep::ids ids;
  const auto client = [&](int number) {
    for (std::int64_t i = 0;; ++i) {
      const std::string id = ids.ordered(at(i));
      arrival a = arrival_of(i);
      completion c = completion_of(number);
      a.id = c.id = id;
      a.raw = share(std::string(static_cast<std::size_t>(i % 40) * 500, 'x'));
      j.arrived(std::move(a));
      j.completed(std::move(c), [to, id](result<void> r) {
        if (!r || ::write(to, (id + "\n").data(), 37) != 37) ::_exit(1);
      });
    }
  };
  for (int i = 0; i < 4; ++i) std::thread(client, i).detach();
  for (;;) ::pause();
}

/// Reads lines of 37 octets; kills the writer when it has `enough`, then reads what is left in the pipe.
std::vector<std::string> read_and_kill(int from, std::size_t enough, pid_t writer) {
  std::string text;
  char buffer[37 * 64];
  bool killed = false;
  for (ssize_t got; (got = ::read(from, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
    if (!killed && text.size() / 37 >= enough) killed = ::kill(writer, SIGKILL) == 0;
  }
  std::vector<std::string> ids;
  for (std::size_t i = 0; i + 37 <= text.size(); i += 37) ids.push_back(text.substr(i, 36));
  return ids;
}

TEST(Crash, F01_EveryAcknowledgedExchangeIsThereOnceAfterTheProcessWasKilled) {
  const temporary_folder folder;
  std::set<std::string> acknowledged;
  for (std::size_t cycle = 0; cycle < 20; ++cycle) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t writer = ::fork();
    if (writer == 0) {
      ::close(ends[0]);
      record_until_killed(folder.file(), ends[1]);
    }
    ::close(ends[1]);
    for (const std::string& id : read_and_kill(ends[0], 1 + cycle * cycle, writer)) acknowledged.insert(id);
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(writer, &status, 0), writer);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the writer ended by itself, status " << status;

    const auto s = sqlite_store::open({folder.file(), true}).value();
    const std::vector<entry> all = everything(*s);
    std::set<std::string> completed, seen;
    for (const entry& e : all) {
      EXPECT_TRUE(seen.insert(e.arrived.id).second) << "recorded twice: " << e.arrived.id;
      if (e.completed) completed.insert(e.arrived.id);
    }
    EXPECT_EQ(s->count().value(), all.size());
    for (const std::string& id : acknowledged) ASSERT_TRUE(completed.contains(id)) << "cycle " << cycle << " lost " << id;
  }
  EXPECT_GT(acknowledged.size(), 2000u);
}

/// While it lives, no file of this process can grow beyond the size; writing past it fails with EFBIG instead of a signal.
class file_size_limit {
 public:
  explicit file_size_limit(rlim_t octets) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{octets, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~file_size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  sighandler_t handler_;
  rlimit before_{};
};

TEST(Crash, F03_ADiskWithoutRoomRefusesReadsOnAndRecoversWhenThereIsRoom) {
  const temporary_folder folder;
  const auto s = sqlite_store::open({folder.file(), true, 20}).value();
  std::set<int> acknowledged;
  int refused = 0;
  {
    const file_size_limit limit(300'000);
    for (int i = 1; i <= 200; ++i) {
      arrival a = arrival_of(i);
      a.raw = share(std::string(5000, 'x'));
      const std::vector<record> group = {a, completion_of(i)};
      if (const auto r = s->append(group)) {
        acknowledged.insert(i);
      } else {
        ++refused;
        EXPECT_EQ(r.error().code, problems::journal_unavailable) << describe(r.error());
      }
    }
    EXPECT_GT(acknowledged.size(), 5u);
    EXPECT_GT(refused, 50);
    for (const int i : acknowledged) EXPECT_TRUE(s->get(id(i)).value().completed);
    EXPECT_TRUE(s->list({}, 10));
  }
  ASSERT_TRUE(s->append(exchanges(1001, 1001)));
  for (const int i : acknowledged) EXPECT_EQ(s->get(id(i)).value().raw_size, 5000u);
}

/// The scenario that `F04_StraceRefusesASync` runs again under strace, where a sync fails at some point.
TEST(Crash, AcknowledgesOnlyWhatIsThere) {
  const temporary_folder folder;
  std::set<int> acknowledged;
  {
    const auto s = sqlite_store::open({folder.file(), true}).value();
    for (int i = 1; i <= 12; ++i)
      if (s->append(exchanges(i, i))) acknowledged.insert(i);
    for (const int i : acknowledged) EXPECT_TRUE(s->get(id(i)).value().completed);
  }
  const std::size_t expected = std::getenv("SHEPSIM_JOURNAL_SYNC_FAILS") ? 11 : 12;
  EXPECT_EQ(acknowledged.size(), expected);
  const auto s = sqlite_store::open({folder.file(), true}).value();
  for (const int i : acknowledged) EXPECT_TRUE(equal(*s->get(id(i)).value().completed, completion_of(i)));
}

int run(std::vector<std::string> words) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (std::string& w : words) arguments.push_back(w.data());
    arguments.push_back(nullptr);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, 1);
    ::dup2(nowhere, 2);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Crash, F04_StraceRefusesASync) {
  if (run({"strace", "-o", "/dev/null", "true"}) != 0) GTEST_SKIP() << "strace is not installed or may not trace here";
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // the leak checker traces its own process and cannot while strace does
  ::setenv("SHEPSIM_JOURNAL_SYNC_FAILS", "1", 1);
  for (const char* when : {"10", "13", "16"})
    EXPECT_EQ(run({"strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", std::string("inject=fdatasync:error=EIO:when=") + when,
                   self, "--gtest_filter=Crash.AcknowledgesOnlyWhatIsThere"}),
              0)
        << "with the sync number " << when << " refused";
  ::unsetenv("SHEPSIM_JOURNAL_SYNC_FAILS");
  ::unsetenv("ASAN_OPTIONS");
}

}  // namespace
}  // namespace shep::journal::test
