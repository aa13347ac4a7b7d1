#include "core/ids.hpp"

#include <cstdio>
#include <stdexcept>
#include <sys/random.h>

namespace shep {
namespace {

/// SplitMix64: spreads a counter into well-mixed bits; not for secrets, seeded runs only.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// Operating-system randomness drawn in blocks, one buffer a thread, so that an identifier costs no system call.
struct entropy {
  std::uint64_t words[64];
  std::size_t left = 0;

  std::uint64_t next() {
    if (left == 0) {
      for (std::size_t filled = 0; filled < sizeof words;) {
        const ssize_t got = getrandom(reinterpret_cast<char*>(words) + filled, sizeof words - filled, 0);
        if (got < 0) throw std::runtime_error("the operating system gives no random bytes");
        filled += static_cast<std::size_t>(got);
      }
      left = 64;
    }
    return words[--left];
  }
};

thread_local entropy pool;

std::string format_uuid(std::uint64_t high, std::uint64_t low) {
  char text[40];
  std::snprintf(text, sizeof text, "%08lx-%04lx-%04lx-%04lx-%012lx", high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF, low >> 48,
                low & 0xFFFFFFFFFFFFUL);
  return text;
}

constexpr std::uint64_t variant(std::uint64_t low) { return (low & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL; }

}  // namespace

ids::octets16 ids::random() {
  if (!seed_) return {pool.next(), pool.next()};
  const std::uint64_t n = counter_++;
  return {mix(*seed_ + 2 * n), mix(*seed_ + 2 * n + 1)};
}

std::string ids::uuid() {
  const octets16 r = random();
  return format_uuid((r.high & 0xFFFFFFFFFFFF0FFFULL) | 0x4000ULL, variant(r.low));
}

std::string ids::ordered(time_point now) {
  const octets16 r = random();
  const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count() / 1000);
  return format_uuid(ms << 16 | 0x7000ULL | (r.high & 0x0FFFULL), variant(r.low));
}

std::string ids::hex() {
  const octets16 r = random();
  char text[40];
  std::snprintf(text, sizeof text, "%016lx%016lx", r.high, r.low);
  return text;
}

}  // namespace shep
