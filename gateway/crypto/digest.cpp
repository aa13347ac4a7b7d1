#include "crypto/digest.hpp"

#include "crypto/openssl.hpp"

#include <array>
#include <stdexcept>
#include <vector>

namespace shep::crypto {
namespace {

constexpr std::size_t algorithms = 7;

/// Fetched once for the whole process: a fetch by name costs more than hashing a Body.
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

using spare_contexts = std::array<std::vector<openssl::digest_context_ptr>, algorithms>;

/// Finished contexts of this thread, ready for the next digest of the same algorithm. Null once the thread's storage is gone.
spare_contexts* spares() {
  struct holder {
    spare_contexts contexts;
    bool* gone;
    ~holder() { *gone = true; }
  };
  thread_local bool gone = false;
  if (gone) return nullptr;
  thread_local holder h{{}, &gone};
  return &h.contexts;
}

}  // namespace

struct digester::state {
  digest_algorithm algorithm;
  const EVP_MD* md;
  openssl::digest_context_ptr context;
  bool running = false;

  void start() {
    if (running) return;
    if (EVP_DigestInit_ex(context.get(), md, nullptr) != 1) throw std::runtime_error("EVP_DigestInit_ex: " + openssl::newest_error());
    running = true;
  }
};

digester::digester(digest_algorithm algorithm) {
  const EVP_MD* md = primed(algorithm);
  if (md == nullptr) throw std::logic_error("digest not supported: " + std::string(name_of(algorithm)));
  openssl::digest_context_ptr context;
  if (spare_contexts* spare = spares()) {
    auto& list = (*spare)[static_cast<std::size_t>(algorithm)];
    if (!list.empty()) {
      context = std::move(list.back());
      list.pop_back();
    }
  }
  if (!context) context.reset(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  state_ = std::make_unique<state>(state{algorithm, md, std::move(context)});
}

digester::digester(digester&&) noexcept = default;

digester::~digester() {
  constexpr std::size_t kept = 8;
  if (!state_) return;
  if (spare_contexts* spare = spares()) {
    auto& list = (*spare)[static_cast<std::size_t>(state_->algorithm)];
    if (list.size() < kept) list.push_back(std::move(state_->context));
  }
}

void digester::update(std::string_view octets) {
  state_->start();
  if (EVP_DigestUpdate(state_->context.get(), octets.data(), octets.size()) != 1) {
    throw std::runtime_error("EVP_DigestUpdate: " + openssl::newest_error());
  }
}

std::string digester::finish() {
  state_->start();
  std::string value(static_cast<std::size_t>(EVP_MD_get_size(state_->md)), '\0');
  if (EVP_DigestFinal_ex(state_->context.get(), openssl::octets(value.data()), nullptr) != 1) {
    throw std::runtime_error("EVP_DigestFinal_ex: " + openssl::newest_error());
  }
  state_->running = false;
  return value;
}

bool supported(digest_algorithm algorithm) { return primed(algorithm) != nullptr; }

std::string digest(digest_algorithm algorithm, std::string_view octets) {
  digester d(algorithm);
  d.update(octets);
  return d.finish();
}

}  // namespace shep::crypto
