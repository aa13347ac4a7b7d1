#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace shep::cli {

/// Does `count` pieces of work on `threads` threads and hands the results over in order, on the calling thread, as they come; at most
/// 64 pieces a thread run ahead of the one that is awaited, so memory does not grow with the count. `work` is called on any thread and
/// may throw: the exception leaves here, after the other threads have ended. `take` returns false to stop early.
void ordered_work(std::size_t count, unsigned threads, const std::function<std::string(std::size_t)>& work,
                  const std::function<bool(std::size_t, std::string)>& take);

}  // namespace shep::cli
