#include "test_pki/pki_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace shep::test_pki {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_certificate_file = 1 << 20;

}  // namespace

bool plain_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return !name.empty() && name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos;
}

std::string pki_folder::path_of(const std::string& name) const { return (fs::path(folder_) / (prefix_ + name)).string(); }

result<void> pki_folder::write(const std::string& name, std::string_view content, secrecy how) {
  const std::string path = path_of(name);
  const std::string parent = fs::path(path).parent_path().string();
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) return problem(problems::environment, "the folder cannot be made: " + error.message(), parent);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, how == secrecy::secret ? 0600 : 0644);
  if (file < 0) {
    const std::string hint = errno == EEXIST ? "choose another folder, or move the old file away" : "";
    return problem(problems::environment, std::string("the file cannot be made: ") + std::strerror(errno), path, hint);
  }
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t n = ::write(file, content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  const bool complete = done == content.size() && ::fsync(file) == 0;
  const std::string reason = std::strerror(errno);
  if (::close(file) != 0 || !complete) return problem(problems::environment, "the file cannot be written: " + reason, path);
  written_.push_back(prefix_ + name);
  return {};
}

result<void> pki_folder::write_identity(const std::string& name, const crypto::identity& id, const std::string& password,
                                        std::string_view alias) {
  const result<std::string> container = crypto::write_pkcs12(id, password, alias);
  if (!container) return container.error();
  return write(name, *container, secrecy::secret);
}

result<std::string> pki_folder::read(const std::string& name) const {
  const std::string path = path_of(name);
  std::ifstream in(path, std::ios::binary);
  std::string content(largest_certificate_file + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!in.eof() || in.bad() || fs::is_directory(path))
    return problem(problems::environment, in.is_open() ? "the file cannot be read" : std::strerror(errno), path,
                   "make a test PKI here first: shepsim pki new");
  content.resize(static_cast<std::size_t>(in.gcount()));
  return content;
}

result<std::string> pki_folder::read_password(const std::string& name) const {
  result<std::string> content = read(name);
  if (!content) return content;
  return content->substr(0, content->find_first_of("\r\n"));
}

result<crypto::identity> pki_folder::read_identity(const std::string& name, const std::string& password) const {
  const result<std::string> container = read(name);
  if (!container) return container.error();
  result<crypto::identity> id = crypto::read_pkcs12(*container, password);
  if (id) return id;
  problem why = id.error();
  why.where = path_of(name);
  return why;
}

bool pki_folder::has(const std::string& name) const {
  std::error_code failed;
  return fs::is_regular_file(path_of(name), failed);
}

}  // namespace shep::test_pki
