#include "crypto/digest.hpp"

#include "crypto/gost/hash.hpp"
#include "crypto/openssl.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <vector>

namespace shep::crypto {
namespace {

constexpr std::size_t algorithms = 8;

/// Fetched once for the whole process: a fetch by name costs more than hashing a Body. Null: not OpenSSL's.
const EVP_MD* primed(digest_algorithm d) {
  static const std::array<EVP_MD*, algorithms> table = [] {
    std::array<EVP_MD*, algorithms> t{};
    t[static_cast<std::size_t>(digest_algorithm::sha1)] = EVP_MD_fetch(nullptr, "SHA1", nullptr);
    t[static_cast<std::size_t>(digest_algorithm::sha256)] = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    t[static_cast<std::size_t>(digest_algorithm::sha384)] = EVP_MD_fetch(nullptr, "SHA384", nullptr);
    t[static_cast<std::size_t>(digest_algorithm::sha512)] = EVP_MD_fetch(nullptr, "SHA512", nullptr);
    return t;
  }();
  return table.at(static_cast<std::size_t>(d));
}

std::optional<gost::hash_function> gost_function(digest_algorithm d) {
  switch (d) {
    case digest_algorithm::gost34311: return gost::hash_function::gost34311;
    case digest_algorithm::gost34311_cryptopro: return gost::hash_function::gost34311_cryptopro;
    case digest_algorithm::streebog256: return gost::hash_function::streebog256;
    case digest_algorithm::streebog512: return gost::hash_function::streebog512;
    default: return std::nullopt;
  }
}

}  // namespace

/// One of the two computes: OpenSSL's context, or the Kazakh hash, which lies in the state itself.
struct digester::state {
  digest_algorithm algorithm;
  const EVP_MD* md = nullptr;
  openssl::digest_context_ptr context;
  std::optional<gost::hash> kazakh;
  bool running = false;

  explicit state(digest_algorithm a) : algorithm(a), md(primed(a)) {
    if (const auto function = gost_function(a)) {
      kazakh.emplace(*function);
      return;
    }
    if (md == nullptr) throw std::logic_error("digest not supported: " + std::string(name_of(a)));
    context.reset(EVP_MD_CTX_new());
    if (!context) throw std::bad_alloc();
  }

  void start() {
    if (running) return;
    if (kazakh) {
      kazakh->start();
    } else if (EVP_DigestInit_ex(context.get(), md, nullptr) != 1) {
      throw std::runtime_error("EVP_DigestInit_ex: " + openssl::newest_error());
    }
    running = true;
  }
};

struct digester::spares {
  std::array<std::vector<std::unique_ptr<state>>, algorithms> states;
  bool* gone;
  ~spares() { *gone = true; }

  /// Finished states of this thread, ready for the next digest of the same algorithm. Null once the thread's storage is gone.
  static std::vector<std::unique_ptr<state>>* of(digest_algorithm algorithm) {
    thread_local bool gone = false;
    if (gone) return nullptr;
    thread_local spares mine{{}, &gone};
    return &mine.states[static_cast<std::size_t>(algorithm)];
  }
};

digester::digester(digest_algorithm algorithm) {
  if (auto* spare = spares::of(algorithm); spare != nullptr && !spare->empty()) {
    state_ = std::move(spare->back());
    spare->pop_back();
    state_->running = false;
  } else {
    state_ = std::make_unique<state>(algorithm);
  }
}

digester::digester(digester&&) noexcept = default;

digester::~digester() {
  constexpr std::size_t kept = 8;
  if (!state_) return;
  auto* spare = spares::of(state_->algorithm);
  if (spare != nullptr && spare->size() < kept) spare->push_back(std::move(state_));
}

void digester::update(std::string_view octets) {
  state_->start();
  if (state_->kazakh) {
    state_->kazakh->update(octets);
  } else if (EVP_DigestUpdate(state_->context.get(), octets.data(), octets.size()) != 1) {
    throw std::runtime_error("EVP_DigestUpdate: " + openssl::newest_error());
  }
}

std::string digester::finish() {
  state_->start();
  std::string value(size_of(state_->algorithm), '\0');
  if (state_->kazakh) {
    state_->kazakh->finish(value.data());
  } else if (EVP_DigestFinal_ex(state_->context.get(), openssl::octets(value.data()), nullptr) != 1) {
    throw std::runtime_error("EVP_DigestFinal_ex: " + openssl::newest_error());
  }
  state_->running = false;
  return value;
}

bool supported(digest_algorithm algorithm) { return gost_function(algorithm) || primed(algorithm) != nullptr; }

std::size_t size_of(digest_algorithm algorithm) {
  if (const auto function = gost_function(algorithm)) return gost::size_of(*function);
  const EVP_MD* md = primed(algorithm);
  return md == nullptr ? 0 : static_cast<std::size_t>(EVP_MD_get_size(md));
}

std::string digest(digest_algorithm algorithm, std::string_view octets) {
  digester d(algorithm);
  d.update(octets);
  return d.finish();
}

}  // namespace shep::crypto
