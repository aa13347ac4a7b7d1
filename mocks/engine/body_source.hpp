#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace shep::mocks {

/// Where `bodyFileName` is looked up. For the duration of a load; not shared by threads.
class body_source {
 public:
  virtual ~body_source() = default;

  /// Contents of the file. Error: problems::mapping_file, also for every name that `check_body_name` refuses.
  virtual result<std::string> read(std::string_view name) = 0;
};

/// A relative path of plain components ("gbdfl/person.xml"): no "..", no leading slash, no backslash, per cent or control character,
/// valid UTF-8 without combining marks, at most 1024 octets (security catalogue A05). Error: problems::mapping_file.
result<void> check_body_name(std::string_view name);

/// Files beneath one folder. Symbolic links, hard links, devices, pipes and names that differ only in case are refused.
class folder_bodies final : public body_source {
 public:
  explicit folder_bodies(std::filesystem::path folder) : folder_(std::move(folder)) {}
  result<std::string> read(std::string_view name) override;
  static constexpr std::size_t largest = 8 << 20;

 private:
  bool ambiguous(const std::string& parent, std::string_view leaf);

  std::filesystem::path folder_;
  std::map<std::string, std::multiset<std::string>> lower_names_;
};

/// Files that are already in memory, by name.
class memory_bodies final : public body_source {
 public:
  explicit memory_bodies(std::map<std::string, std::string, std::less<>> files) : files_(std::move(files)) {}
  result<std::string> read(std::string_view name) override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace shep::mocks
