#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace shep::test {

/// A folder that goes away with its owner.
class temporary_folder {
 public:
  temporary_folder() {
    std::random_device random;
    do path_ = std::filesystem::temp_directory_path() / ("shepsim-test-" + std::to_string(random()));
    while (!std::filesystem::create_directory(path_));
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace shep::test
