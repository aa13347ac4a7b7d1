#pragma once

#include <cstddef>
#include <string>

namespace shep::cli {

/// A line on standard error that counts on while long work runs: "verify: 120 of 10000". Shown on a terminal only, at most ten times a
/// second, and taken away at the end. Not for several threads.
class progress {
 public:
  progress(std::string what, std::size_t total);
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;
  ~progress();

  void step();
  void clear();  ///< takes the line away before something else is printed

 private:
  std::string what_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_ = false;
  long long last_ = 0;  // milliseconds of the steady clock
};

}  // namespace shep::cli
