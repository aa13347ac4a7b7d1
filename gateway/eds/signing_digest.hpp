#pragma once

#include "crypto/digest.hpp"
#include "crypto/pkcs12.hpp"
#include "eds/algorithms.hpp"
#include "eds/problems.hpp"
#include "xml/c14n.hpp"

/// What both ways of signing need.
namespace shep::eds {

/// The identifiers for a key. Error signing_failed for a key that signs nothing here.
inline result<signing_methods> methods_of(const crypto::identity& who) {
  const auto methods = methods_for(who.key.kind());
  if (!methods)
    return problem(problems::signing_failed,
                   "signing with a " + std::string(crypto::name_of(who.key.kind())) + " key is not available in this version");
  return *methods;
}

/// Canonical octets on their way into a digest.
class digest_sink final : public xml::octet_sink {
 public:
  explicit digest_sink(crypto::digest_algorithm a) : digester_(a) {}
  void write(std::string_view octets) override { digester_.update(octets); }
  std::string finish() { return digester_.finish(); }

 private:
  crypto::digester digester_;
};

}  // namespace shep::eds
