#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shep::gost {

enum class hash_function {
  streebog256,
  streebog512,
  gost34311,           ///< GOST 34.311-95 with the S-box of id-GostR3411-94-TestParamSet: what Kazakh objects carry
  gost34311_cryptopro  ///< the same with the S-box of CryptoPro: the mistake that other programs make
};

constexpr std::size_t size_of(hash_function f) { return f == hash_function::streebog512 ? 64 : 32; }

/// A running hash (by nettle). Holds its state in itself: no allocation. Copies are independent. Not for several threads at once.
class hash {
 public:
  explicit hash(hash_function f) : function_(f) { start(); }

  void start();  ///< forgets what came before
  void update(std::string_view octets);
  /// Writes size_of(function) octets, in the order of OpenSSL's md_gost12_512, and starts again.
  void finish(char* value);

 private:
  hash_function function_;
  alignas(16) std::byte state_[320];
};

}  // namespace shep::gost
