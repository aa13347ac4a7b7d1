#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

/// The openssl command line as a second opinion. Tests that ask it are skipped where it is not installed.
namespace shep::crypto::oracle {

/// A temporary folder with one command's files; removed at the end.
class workbench {
 public:
  workbench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "shepsim-crypto-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  workbench(const workbench&) = delete;
  workbench& operator=(const workbench&) = delete;
  ~workbench() { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string put(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return path(name);
  }
  std::string get(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Runs "openssl <arguments>" in the folder; its output stands in the file "output" afterwards.
  bool openssl(const std::string& arguments) const {
    return std::system(("cd '" + folder_.string() + "' && openssl " + arguments + " > output 2>&1 < /dev/null").c_str()) == 0;
  }
  static bool available() { return std::system("openssl version > /dev/null 2>&1") == 0; }

 private:
  std::filesystem::path folder_;
};

}  // namespace shep::crypto::oracle

#define SHEP_NEEDS_OPENSSL_COMMAND() \
  if (!shep::crypto::oracle::workbench::available()) GTEST_SKIP() << "skipped: no openssl command"
