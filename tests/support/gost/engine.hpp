#pragma once

#include <string>
#include <string_view>

/// Debian's gost-engine (libengine-gost-openssl) as a second opinion on the three curves. It changes OpenSSL's state for the whole
/// process:
/// use it in a program or a forked child that does nothing else. All octets in the Kazakh order; the reversal to the Russian one happens
/// here.
namespace shep::gost_engine {

enum class curve { tc26_512_a, cryptopro_a, tc26_256_a };

/// False when the engine is not installed.
bool load();

class public_key {
 public:
  public_key(curve, std::string_view x_le_y_le);  ///< throws when the engine refuses the key
  public_key(const public_key&) = delete;
  public_key& operator=(const public_key&) = delete;
  ~public_key();
  bool verify(std::string_view digest, std::string_view signature) const;

 private:
  void* key_;
  void* context_;
};

class private_key {
 public:
  private_key(curve, std::string_view d_le);
  private_key(const private_key&) = delete;
  private_key& operator=(const private_key&) = delete;
  ~private_key();
  std::string sign(std::string_view digest) const;

 private:
  void* key_;
  void* context_;
};

}  // namespace shep::gost_engine
