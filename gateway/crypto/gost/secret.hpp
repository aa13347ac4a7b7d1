#pragma once

#include "crypto/gost/number.hpp"

#include <optional>

#include <openssl/crypto.h>

namespace shep::gost {

/// A number that nobody shall learn: cleared when it goes, never compared with an early end.
template <std::size_t N>
struct secret {
  number<N> value{};

  secret() = default;
  secret(const secret&) = default;
  secret& operator=(const secret&) = default;
  ~secret() { OPENSSL_cleanse(&value, sizeof value); }

  /// 0 < octets < order; nothing otherwise.
  static std::optional<secret> read(std::string_view octets, const number<N>& order) {
    if (octets.size() != 8 * N) return std::nullopt;
    secret s;
    secret difference;
    s.value = from_little_endian<N>(octets);
    const bool below = gost::subtract(difference.value, s.value, order) != 0;
    if (!below || is_zero(s.value)) return std::nullopt;
    return s;
  }
};

}  // namespace shep::gost
