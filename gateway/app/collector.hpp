#pragma once

#include "core/result.hpp"

#include <utility>
#include <vector>

namespace shep::app {

/// Takes values apart from their problems, so that one pass tells everything that is wrong.
class collector {
 public:
  explicit collector(std::vector<problem>& problems) : problems_(problems) {}
  template <class T>
  T take(result<T> r, T otherwise = {}) {
    if (r) return std::move(*r);
    problems_.push_back(r.error());
    return otherwise;
  }
  void check(const result<void>& r) {
    if (!r) problems_.push_back(r.error());
  }
  void add(problem p) { problems_.push_back(std::move(p)); }

 private:
  std::vector<problem>& problems_;
};

}  // namespace shep::app
