#include "mocks/engine/body_source.hpp"

#include "mocks/engine/letter_case.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace shep::mocks {
namespace {

/// A file descriptor that closes itself.
class descriptor {
 public:
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

problem refused(std::string_view name, std::string what, std::string hint = {}) {
  return {problems::mapping_file, "the body file '" + shortened(name) + "' " + std::move(what), {}, std::move(hint)};
}

bool continues(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; }

/// Printable names only; letters that a file system might store in two ways (with U+0300 to U+036F) are for the caller to rewrite.
const char* wrong_character(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c < 0x20 || c == 0x7F) return "has a control character in its name";
    if (c == '\\' || c == '%') return "has a backslash or per cent sign in its name";
    if (c < 0x80) continue;
    const std::size_t tail = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    if (c < 0xC2 || c > 0xF4) return "has a name that is not UTF-8";
    for (std::size_t k = 1; k <= tail; ++k)
      if (!continues(name, i + k)) return "has a name that is not UTF-8";
    const auto second = static_cast<unsigned char>(name[i + 1]);
    if (c == 0xCC || (c == 0xCD && second <= 0xAF)) return "has a combining mark in its name; write the letter as one character (NFC)";
    i += tail;
  }
  return nullptr;
}

std::vector<std::string> components(std::string_view name) {
  std::vector<std::string> parts;
  while (true) {
    const auto slash = name.find('/');
    parts.emplace_back(name.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    name.remove_prefix(slash + 1);
  }
}

result<std::string> contents(const descriptor& file, std::string_view name, std::size_t largest) {
  std::string text;
  char buffer[16 << 10];
  while (text.size() <= largest) {
    const auto got = ::read(file.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(name, "cannot be read: " + std::string(std::strerror(errno)));
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
  return refused(name, "has more than " + std::to_string(largest) + " octets");
}

}  // namespace

result<void> check_body_name(std::string_view name) {
  if (name.empty()) return refused(name, "has no name");
  if (name.size() > 1024) return refused(name, "has a name of more than 1024 octets");
  if (const char* wrong = wrong_character(name)) return refused(name, wrong);
  for (const auto& part : components(name))
    if (part.empty() || part == "." || part == "..")
      return refused(name, "is not named by a plain path below __files", "write it as 'gbdfl/person.xml'");
  return {};
}

result<std::string> folder_bodies::read(std::string_view name) {
  if (auto fine = check_body_name(name); !fine) return fine.error();
  descriptor here(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const auto parts = components(name);
  // One component at a time and no links: nothing can lead outside the folder, whoever changes it meanwhile.
  for (std::size_t i = 0; i < parts.size() && here.number() >= 0; ++i) {
    const bool leaf = i + 1 == parts.size();
    const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (leaf ? 0 : O_DIRECTORY);
    here = descriptor(::openat(here.number(), parts[i].c_str(), flags));
  }
  if (here.number() < 0) {
    if (errno == ELOOP) return refused(name, "is, or lies behind, a symbolic link", "copy the file into __files");
    return refused(name, "cannot be opened below __files: " + std::string(std::strerror(errno)));
  }
  struct stat about {};
  if (::fstat(here.number(), &about) != 0 || !S_ISREG(about.st_mode)) return refused(name, "is not an ordinary file");
  if (about.st_nlink > 1) return refused(name, "is a hard link to a file that stands elsewhere too", "copy the file into __files");
  const auto slash = name.rfind('/');
  const std::string parent(slash == std::string_view::npos ? std::string_view() : name.substr(0, slash));
  if (ambiguous(parent, parts.back())) return refused(name, "has a neighbour whose name differs only in case", "rename one of them");
  return contents(here, name, largest);
}

bool folder_bodies::ambiguous(const std::string& parent, std::string_view leaf) {
  auto known = lower_names_.find(parent);
  if (known == lower_names_.end()) {
    known = lower_names_.emplace(parent, std::multiset<std::string>()).first;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder_ / parent, error), end; !error && entry != end; entry.increment(error))
      known->second.insert(lower_case(entry->path().filename().string()));
  }
  return known->second.count(lower_case(leaf)) > 1;
}

result<std::string> memory_bodies::read(std::string_view name) {
  if (auto fine = check_body_name(name); !fine) return fine.error();
  const auto found = files_.find(name);
  if (found == files_.end()) return refused(name, "does not exist");
  return found->second;
}

}  // namespace shep::mocks
