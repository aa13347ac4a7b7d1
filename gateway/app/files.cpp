#include "app/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace shep::app {
namespace {

constexpr std::uintmax_t largest_file = 64 << 20;

problem cannot_read(const std::string& path, const std::string& key, const std::string& why) {
  return {problems::environment, "'" + path + "' cannot be read: " + why, key, "paths are relative to the root"};
}

}  // namespace

std::string resolved(const std::string& root, const std::string& path) {
  const std::filesystem::path p(path);
  return p.is_absolute() ? path : (std::filesystem::path(root) / p).string();
}

result<std::string> read_file(const std::string& path, const std::string& key) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) return cannot_read(path, key, "it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) return cannot_read(path, key, std::strerror(errno));
  std::string content;
  char block[65536];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    content.append(block, static_cast<std::size_t>(in.gcount()));
    if (content.size() > largest_file) return cannot_read(path, key, "it is larger than 64 MiB");
  }
  if (in.bad()) return cannot_read(path, key, std::strerror(errno));
  return content;
}

result<std::string> read_secret(const std::string& path, const std::string& key) {
  auto content = read_file(path, key);
  if (!content) return content;
  return content->substr(0, content->find_first_of("\r\n"));
}

result<std::shared_ptr<const crypto::identity>> load_identity(const std::string& p12, const std::string& password_file,
                                                              const std::string& key) {
  const auto octets = read_file(p12, key);
  if (!octets) return octets.error();
  const auto password = password_file.empty() ? result<std::string>(std::string()) : read_secret(password_file, key + " (password file)");
  if (!password) return password.error();
  auto identity = crypto::read_pkcs12(*octets, *password);
  if (!identity) {
    problem why = identity.error();
    why.where = key + ": " + p12;
    return why;
  }
  return std::make_shared<const crypto::identity>(std::move(*identity));
}

}  // namespace shep::app
