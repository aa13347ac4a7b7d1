#include "crypto/gost/hash.hpp"

#include <new>

#include <nettle/gosthash94.h>
#include <nettle/streebog.h>

namespace shep::gost {
namespace {

static_assert(sizeof(streebog512_ctx) <= 320 && alignof(streebog512_ctx) <= 16);
static_assert(sizeof(gosthash94_ctx) <= 320 && alignof(gosthash94_ctx) <= 16);

template <class Context>
Context* as(std::byte* state) {
  return std::launder(reinterpret_cast<Context*>(state));
}

const std::uint8_t* octets_of(std::string_view s) { return reinterpret_cast<const std::uint8_t*>(s.data()); }

}  // namespace

void hash::start() {
  switch (function_) {
    case hash_function::streebog256: streebog256_init(new (state_) streebog256_ctx); break;
    case hash_function::streebog512: streebog512_init(new (state_) streebog512_ctx); break;
    case hash_function::gost34311:
    case hash_function::gost34311_cryptopro: gosthash94_init(new (state_) gosthash94_ctx); break;
  }
}

void hash::update(std::string_view octets) {
  if (octets.empty()) return;
  switch (function_) {
    case hash_function::streebog256:
    case hash_function::streebog512: streebog512_update(as<streebog512_ctx>(state_), octets.size(), octets_of(octets)); break;
    case hash_function::gost34311: gosthash94_update(as<gosthash94_ctx>(state_), octets.size(), octets_of(octets)); break;
    case hash_function::gost34311_cryptopro: gosthash94cp_update(as<gosthash94_ctx>(state_), octets.size(), octets_of(octets)); break;
  }
}

void hash::finish(char* value) {
  auto* to = reinterpret_cast<std::uint8_t*>(value);
  switch (function_) {
    case hash_function::streebog256: streebog256_digest(as<streebog256_ctx>(state_), STREEBOG256_DIGEST_SIZE, to); break;
    case hash_function::streebog512: streebog512_digest(as<streebog512_ctx>(state_), STREEBOG512_DIGEST_SIZE, to); break;
    case hash_function::gost34311: gosthash94_digest(as<gosthash94_ctx>(state_), GOSTHASH94_DIGEST_SIZE, to); break;
    case hash_function::gost34311_cryptopro: gosthash94cp_digest(as<gosthash94_ctx>(state_), GOSTHASH94_DIGEST_SIZE, to); break;
  }
}

}  // namespace shep::gost
