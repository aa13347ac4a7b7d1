#include "test_pki/status_file.hpp"

#include "test_pki/problems.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace shep::test_pki {
namespace {

constexpr std::size_t largest_status_file = 4 << 20;

/// A descriptor that closes itself, and with it gives a lock back.
class descriptor {
 public:
  descriptor(const std::string& path, int flags, mode_t mode = 0) : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

problem trouble(const std::string& what, const std::string& path) {
  return {problems::environment, what + ": " + std::strerror(errno), path};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(file, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

result<void> replace_file(const std::string& folder, const std::string& text, int folder_descriptor) {
  const std::string path = folder + "/status";
  const std::string fresh = path + ".new";
  {
    const descriptor file(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (!file || !write_all(file.number(), text) || ::fsync(file.number()) != 0) return trouble("the file cannot be written", fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return trouble("the file cannot be replaced", path);
  if (::fsync(folder_descriptor) != 0) return trouble("the folder cannot be synced", folder);
  return {};
}

}  // namespace

result<statuses> read_statuses(const std::string& folder) {
  const std::string path = folder + "/status";
  const descriptor file(path, O_RDONLY);
  if (!file && errno == ENOENT) return statuses();
  if (!file) return trouble("the file cannot be read", path);
  std::string text;
  char block[65536];
  for (;;) {
    const ssize_t n = ::read(file.number(), block, sizeof block);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return trouble("the file cannot be read", path);
    if (n == 0) break;
    text.append(block, static_cast<std::size_t>(n));
    if (text.size() > largest_status_file) return problem(problems::pki_status_file, "it is larger than 4 MiB", path, "move it away");
  }
  return parse_statuses(text, path);
}

result<void> change_statuses(const std::string& folder, time_point now, const std::function<result<void>(statuses&)>& change) {
  const descriptor lock(folder, O_RDONLY | O_DIRECTORY);
  if (!lock) return trouble("the folder cannot be opened", folder);
  while (::flock(lock.number(), LOCK_EX) != 0)
    if (errno != EINTR) return trouble("the folder cannot be locked", folder);
  result<statuses> current = read_statuses(folder);
  if (!current) return current.error();
  if (auto done = change(*current); !done) return done;
  const auto by_clock = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  current->number = std::max(current->number + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(by_clock, 1)));
  return replace_file(folder, to_text(*current), lock.number());
}

}  // namespace shep::test_pki
