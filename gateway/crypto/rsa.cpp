#include "crypto/asn1.hpp"
#include "crypto/digest.hpp"
#include "crypto/key.hpp"
#include "crypto/key_family.hpp"
#include "crypto/openssl.hpp"
#include "crypto/problems.hpp"
#include "crypto/rsa_contexts.hpp"

#include <mutex>
#include <optional>

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2) by OpenSSL, which encodes the expected block and compares it whole: no padding is parsed.
namespace shep::crypto::rsa {
namespace {

constexpr unsigned least_bits = 2048;
constexpr unsigned most_bits = 8192;

/// Bits of an unsigned big-endian number without leading zero octets.
unsigned bit_length(std::string_view number) {
  if (number.empty()) return 0;
  unsigned bits = static_cast<unsigned>(number.size() - 1) * 8;
  for (unsigned top = static_cast<unsigned char>(number[0]); top != 0; top >>= 1) ++bits;
  return bits;
}

std::string_view magnitude(std::string_view integer) {
  if (integer.size() > 1 && integer[0] == 0) integer.remove_prefix(1);
  return integer;
}

bool even(std::string_view number) { return (static_cast<unsigned char>(number.back()) & 1) == 0; }

/// S44: sizes that cost too much or are forged too easily, and exponents that make a signature meaningless or slow.
std::optional<problem> outside_limits(std::string_view modulus, std::string_view exponent) {
  const unsigned bits = bit_length(modulus);
  if (bits < least_bits || bits > most_bits) {
    return problem(problems::crypto_key, "the RSA modulus has " + std::to_string(bits) + " bits, allowed are " +
                                             std::to_string(least_bits) + " to " + std::to_string(most_bits));
  }
  if (even(modulus)) return problem(problems::crypto_key, "the RSA modulus is even");
  const unsigned exponent_bits = bit_length(exponent);
  if (exponent_bits < 2 || exponent_bits > 32 || even(exponent)) {
    return problem(problems::crypto_key, "the RSA public exponent is not an odd number from 3 to 2^32");
  }
  return std::nullopt;
}

class rsa_verifier final : public verifier {
 public:
  rsa_verifier(std::string spki, std::string_view modulus, std::string_view exponent)
      : spki_(std::move(spki)), bits_(bit_length(modulus)), refusal_(outside_limits(modulus, exponent)) {}

  result<void> admit(signature_algorithm, std::string_view signature) const override {
    if (refusal_) return *refusal_;
    if (const std::size_t expected = (bits_ + 7) / 8; signature.size() != expected) {
      return problem(problems::crypto_signature, "the signature value has " + std::to_string(signature.size()) +
                                                     " octets, the key's modulus " + std::to_string(expected));
    }
    return {};
  }

  result<void> verify(signature_algorithm algorithm, std::string_view value, std::string_view signature) const override {
    const openssl::error_scope errors;
    std::call_once(loaded_, [this] { load(); });
    if (!key_) return problem(problems::crypto_key, "OpenSSL cannot use this RSA key");
    context_pool::lease context = contexts_.take(key_.get(), algorithm, EVP_PKEY_verify_init);
    if (!context) return problem(problems::crypto_key, "OpenSSL cannot verify with this RSA key");
    const int verdict =
        EVP_PKEY_verify(context.get(), openssl::octets(signature.data()), signature.size(), openssl::octets(value.data()), value.size());
    if (verdict != 1) return problem(problems::crypto_signature, "the signature value does not belong to these octets and this key");
    return {};
  }

 private:
  // Later than construction: most certificates that are decoded never verify anything.
  void load() const {
    const unsigned char* at = openssl::octets(spki_.data());
    key_.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki_.size())));
  }

  std::string spki_;
  unsigned bits_;
  std::optional<problem> refusal_;
  mutable std::once_flag loaded_;
  mutable openssl::key_ptr key_;
  mutable context_pool contexts_;  // after key_: contexts go first
};

class rsa_signer final : public signer {
 public:
  explicit rsa_signer(openssl::key_ptr key) : key_(std::move(key)) {}

  result<std::string> sign(signature_algorithm algorithm, std::string_view octets) const override {
    const openssl::error_scope errors;
    const std::string value = digest(digest_of(algorithm), octets);
    context_pool::lease context = contexts_.take(key_.get(), algorithm, EVP_PKEY_sign_init);
    if (!context) return problem(problems::crypto_key, "OpenSSL cannot sign with this RSA key");
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
    std::size_t size = signature.size();
    if (EVP_PKEY_sign(context.get(), openssl::octets(signature.data()), &size, openssl::octets(value.data()), value.size()) != 1) {
      return problem(problems::crypto_key, "OpenSSL cannot sign: " + openssl::newest_error());
    }
    signature.resize(size);
    return signature;
  }

  std::string pkcs8() const override {
    const openssl::owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(EVP_PKEY2PKCS8(key_.get()));
    unsigned char* der = nullptr;
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der) : -1;
    if (size <= 0) throw std::runtime_error("EVP_PKEY2PKCS8: " + openssl::newest_error());
    std::string octets(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return octets;
  }

  std::string spki() const override {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &der);
    if (size <= 0) throw std::runtime_error("i2d_PUBKEY: " + openssl::newest_error());
    std::string octets(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return octets;
  }

 private:
  openssl::key_ptr key_;  // OpenSSL clears the secret numbers when it frees them
  mutable context_pool contexts_;
};

}  // namespace

result<public_half> read_public(std::string_view spki, std::string_view key) {
  asn1::failure failure;
  asn1::reader outer(key, failure);
  asn1::reader body = outer.enter(asn1::tags::sequence, "RSAPublicKey");
  outer.end("RSAPublicKey");
  const std::string_view modulus = body.integer("the RSA modulus");
  const std::string_view exponent = body.integer("the RSA public exponent");
  body.end("RSAPublicKey");
  if (failure.happened) return failure.as(problems::crypto_key);
  const auto positive = [](std::string_view integer) {
    return static_cast<unsigned char>(integer[0]) < 0x80 && integer != std::string_view("\0", 1);
  };
  if (!positive(modulus) || !positive(exponent)) return problem(problems::crypto_key, "the RSA modulus or exponent is not positive");
  return public_half{bit_length(magnitude(modulus)),
                     std::make_unique<rsa_verifier>(std::string(spki), magnitude(modulus), magnitude(exponent))};
}

result<std::unique_ptr<const signer>> read_private(std::string_view pkcs8) {
  const openssl::error_scope errors;
  const unsigned char* at = openssl::octets(pkcs8.data());
  const openssl::owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(
      d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(pkcs8.size())));
  openssl::key_ptr key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
  if (!key) return problem(problems::crypto_key, "the RSA private key cannot be read: " + openssl::newest_error());
  std::unique_ptr<const signer> made = std::make_unique<rsa_signer>(std::move(key));
  return made;
}

result<std::unique_ptr<const signer>> generate(unsigned bits) {
  if (bits < least_bits || bits > most_bits) {
    return problem(problems::crypto_key, "an RSA key of " + std::to_string(bits) + " bits was asked for, allowed are " +
                                             std::to_string(least_bits) + " to " + std::to_string(most_bits));
  }
  openssl::key_ptr key(EVP_RSA_gen(bits));
  if (!key) return problem(problems::crypto_key, "OpenSSL cannot generate an RSA key: " + openssl::newest_error());
  std::unique_ptr<const signer> made = std::make_unique<rsa_signer>(std::move(key));
  return made;
}

}  // namespace shep::crypto::rsa
