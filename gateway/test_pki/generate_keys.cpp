#include "test_pki/generate_keys.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

namespace shep::test_pki {

result<std::vector<crypto::private_key>> generate_keys(crypto::key_kind kind, const std::vector<unsigned>& bits) {
  std::vector<std::optional<result<crypto::private_key>>> made(bits.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next++) < bits.size();) made[i] = crypto::private_key::generate(kind, bits[i]);
  };
  {
    const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, bits.size() + 1);
    std::vector<std::jthread> others;
    for (std::size_t t = 1; t < threads; ++t) others.emplace_back(work);
    work();
  }
  std::vector<crypto::private_key> keys;
  for (auto& one : made) {
    if (!*one) return one->error();
    keys.push_back(std::move(**one));
  }
  return keys;
}

}  // namespace shep::test_pki
