#pragma once

#include "core/ids.hpp"
#include "journal/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace shep::journal::test {

/// A folder that goes away with this object.
class temporary_folder {
 public:
  temporary_folder();
  ~temporary_folder();
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  std::string file(const std::string& name = "journal.db") const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& octets);

inline time_point at(std::int64_t seconds) { return time_point(std::chrono::seconds(1'900'000'000 + seconds)); }

/// Exchange `number` of a test: every field is set, and set differently.
std::string id(std::int64_t number);
arrival arrival_of(std::int64_t number);
completion completion_of(std::int64_t number);

/// Arrival and completion of each number from `first` to `last`.
std::vector<record> exchanges(std::int64_t first, std::int64_t last);

bool equal(const arrival&, const arrival&);
bool equal(const completion&, const completion&);

std::vector<std::string> ids_of(const std::vector<entry>&);
/// Every entry of the store, newest first, page by page.
std::vector<entry> everything(const store&, const filter& = {});

}  // namespace shep::journal::test
