#pragma once

#include "crypto/algorithm.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace shep::crypto {

/// A running digest. Reusable after `finish`. Not for several threads at once. `supported` first; an unsupported one throws.
class digester {
 public:
  explicit digester(digest_algorithm);
  digester(digester&&) noexcept;
  ~digester();
  void update(std::string_view octets);
  std::string finish();

 private:
  struct state;
  struct spares;
  std::unique_ptr<state> state_;
};

bool supported(digest_algorithm);
std::size_t size_of(digest_algorithm);  ///< octets of the value
std::string digest(digest_algorithm, std::string_view octets);

}  // namespace shep::crypto
