#pragma once

#include "core/problem.hpp"

#include <boost/system/result.hpp>

namespace shep {

/// A value, or the problem that prevented it. Expected failures only; a broken invariant is an exception.
/// `if (!x) return x.error();` passes a failure on. `error()` returns a copy (Boost 1.81), so call it on failing paths only.
template <class T>
class [[nodiscard]] result : public boost::system::result<T, problem> {
 public:
  using boost::system::result<T, problem>::result;
};

}  // namespace shep
