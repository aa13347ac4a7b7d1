#include "cli/progress.hpp"

#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace shep::cli {
namespace {

constexpr long long least_pause = 100;

bool on_terminal() {
  static const bool terminal = ::isatty(STDERR_FILENO) == 1;
  return terminal;
}

long long now() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

}  // namespace

progress::progress(std::string what, std::size_t total) : what_(std::move(what)), total_(total) {}

progress::~progress() { clear(); }

void progress::step() {
  ++done_;
  if (!on_terminal() || now() - last_ < least_pause) return;
  last_ = now();
  shown_ = true;
  std::fprintf(stderr, "\r%s: %zu of %zu", what_.c_str(), done_, total_);
  std::fflush(stderr);
}

void progress::clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace shep::cli
