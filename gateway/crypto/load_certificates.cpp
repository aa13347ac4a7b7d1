#include "crypto/problems.hpp"
#include "crypto/trust.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace shep::crypto {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 4 * 1024 * 1024;

bool looks_like_certificates(const fs::path& file) {
  constexpr std::array<std::string_view, 3> endings{".pem", ".crt", ".cer"};  // ".der" is as often a key
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

result<void> append_file(const fs::path& file, std::vector<certificate>& to) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return problem(problems::environment, "the certificate file cannot be read: " + error.message(), file.string());
  if (size > largest_file)
    return problem(problems::certificate_format, "the file is larger than 4 MiB, which no list of certificates is", file.string());
  std::ifstream in(file, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  if (!in) return problem(problems::environment, "the certificate file cannot be read", file.string());
  result<std::vector<certificate>> found = read_certificates(content);
  if (!found) {
    const problem p = found.error();
    return problem(problems::certificate_format, p.detail, file.string() + (p.where.empty() ? "" : ", " + p.where), p.hint);
  }
  to.insert(to.end(), found->begin(), found->end());
  return {};
}

}  // namespace

result<std::vector<certificate>> load_certificates(const std::string& path) {
  std::vector<fs::path> files;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (entry->is_regular_file(error) && looks_like_certificates(entry->path())) files.push_back(entry->path());
    }
    if (error) return problem(problems::environment, "the folder of certificates cannot be read: " + error.message(), path);
    std::sort(files.begin(), files.end());
  } else {
    files.emplace_back(path);
  }
  std::vector<certificate> found;
  for (const fs::path& file : files) {
    if (const result<void> read = append_file(file, found); !read) return read.error();
  }
  return found;
}

}  // namespace shep::crypto
