#pragma once

#include "mocks/engine/mapping.hpp"

#include <cstddef>
#include <string>

namespace shep::app {

/// Where mappings stand in their files. Asked in loading order, it reads each file once and looks through it once.
class mapping_places {
 public:
  explicit mapping_places(std::string root) : root_(std::move(root)) {}

  /// "mappings/kdp/valid.json:12": the line of the mapping's id or name, the first line when it has neither, the file when it cannot be
  /// read.
  std::string of(const mocks::mapping&);

 private:
  void open(const std::string& file);

  std::string root_;
  std::string file_, text_;
  bool readable_ = false;
  std::size_t at_ = 0, line_ = 1;  // how far it was looked through
};

}  // namespace shep::app
