#include "journal/lock_file.hpp"

#include "journal/problems.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace shep::journal {
namespace {

/// Digits only: the file may hold anything.
std::string holder(int descriptor) {
  char text[32] = {};
  const ssize_t got = ::pread(descriptor, text, sizeof text - 1, 0);
  std::string pid(text, got > 0 ? static_cast<std::size_t>(got) : 0);
  pid.resize(std::min(pid.find_first_not_of("0123456789"), pid.size()));
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

lock_file::~lock_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

result<lock_file> lock_file::take(const std::string& path) {
  lock_file lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.descriptor_ < 0)
    return problem(problems::journal_unavailable, std::string("the journal's lock file cannot be opened: ") + std::strerror(errno), path,
                   "the folder must exist and be writable by this user");
  int failed;
  do failed = ::flock(lock.descriptor_, LOCK_EX | LOCK_NB);
  while (failed != 0 && errno == EINTR);
  if (failed != 0 && errno == EWOULDBLOCK)
    return problem(problems::journal_locked, "the journal is being written by " + holder(lock.descriptor_), path,
                   "stop that process or give this one another journal file");
  if (failed != 0)
    return problem(problems::journal_unavailable, std::string("the journal's lock file cannot be locked: ") + std::strerror(errno), path,
                   "put the journal on a local disk");
  // The number is for people; the lock holds without it, for example on a full disk.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock.descriptor_, 0) == 0 && ::pwrite(lock.descriptor_, pid.data(), pid.size(), 0) < 0) return lock;
  return lock;
}

}  // namespace shep::journal
