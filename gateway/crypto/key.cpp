#include "crypto/key.hpp"

#include "crypto/asn1.hpp"
#include "crypto/digest.hpp"
#include "crypto/key_family.hpp"
#include "crypto/problems.hpp"

#include <openssl/crypto.h>

namespace shep::crypto {
namespace {

problem cannot_use() {
  return {problems::crypto_key, "keys of this kind cannot be used", "", "use an RSA key, or one of the Kazakh GOST kinds"};
}

problem wrong_kind(signature_algorithm algorithm, key_kind kind) {
  return {problems::crypto_key, std::string(name_of(algorithm)) + " needs a key of kind " + std::string(name_of(key_of(algorithm))) +
                                    ", the key at hand is of kind " + std::string(name_of(kind))};
}

}  // namespace

struct public_key::data {
  key_kind kind;
  unsigned bits;
  std::string spki;
  std::unique_ptr<const verifier> operations;  // null: this kind cannot verify here
};

public_key::public_key(std::shared_ptr<const data> d) : data_(std::move(d)) {}

result<public_key> public_key::from_spki(std::string_view der) {
  asn1::failure failure;
  asn1::reader outer(der, failure);
  asn1::reader info = outer.enter(asn1::tags::sequence, "SubjectPublicKeyInfo");
  outer.end("SubjectPublicKeyInfo");
  asn1::reader algorithm = info.enter(asn1::tags::sequence, "the key's algorithm");
  const key_kind kind = key_by_oid(algorithm.oid("the key's algorithm identifier"));
  asn1::element parameters;
  if (kind == key_kind::rsa) {
    parameters = algorithm.read(asn1::tags::null, "the parameters of rsaEncryption");
    if (!parameters.content.empty()) algorithm.fail("the parameters of rsaEncryption are not an empty NULL");
  } else if (algorithm.more()) {
    parameters = algorithm.any("the key's parameters");
  }
  algorithm.end("the key's algorithm");
  const std::string_view key = info.bit_string("subjectPublicKey");
  info.end("SubjectPublicKeyInfo");
  if (failure.happened) return failure.as(problems::crypto_key);

  auto d = std::make_shared<data>(data{kind, 0, std::string(der), nullptr});
  if (kind == key_kind::other) return public_key(std::move(d));
  result<public_half> half = kind == key_kind::rsa ? rsa::read_public(d->spki, key) : kazakh::read_public(kind, parameters.whole, key);
  if (!half) return half.error();
  d->bits = half->bits;
  d->operations = std::move(half->operations);
  return public_key(std::move(d));
}

key_kind public_key::kind() const { return data_->kind; }
unsigned public_key::bits() const { return data_->bits; }
const std::string& public_key::spki() const { return data_->spki; }

result<void> public_key::verify(signature_algorithm algorithm, std::string_view octets, std::string_view signature) const {
  if (const result<void> admitted = admit(algorithm, signature); !admitted) return admitted;
  return data_->operations->verify(algorithm, digest(digest_of(algorithm), octets), signature);
}

result<void> public_key::verify_digest(signature_algorithm algorithm, std::string_view digest, std::string_view signature) const {
  if (const result<void> admitted = admit(algorithm, signature); !admitted) return admitted;
  if (const std::size_t expected = size_of(digest_of(algorithm)); digest.size() != expected) {
    return problem(problems::crypto_signature, "the digest has " + std::to_string(digest.size()) + " octets, " +
                                                   std::string(name_of(algorithm)) + " needs " + std::to_string(expected));
  }
  return data_->operations->verify(algorithm, digest, signature);
}

result<void> public_key::admit(signature_algorithm algorithm, std::string_view signature) const {
  if (key_of(algorithm) != data_->kind) return wrong_kind(algorithm, data_->kind);
  if (!data_->operations) return cannot_use();
  return data_->operations->admit(algorithm, signature);
}

struct private_key::data {
  key_kind kind;
  std::unique_ptr<const signer> operations;
  crypto::public_key public_half;
};

private_key::private_key(std::shared_ptr<const data> d) : data_(std::move(d)) {}

namespace {

/// A key whose halves do not belong together would sign, and nobody could verify it.
result<crypto::public_key> matching_public_half(const signer& operations) {
  result<crypto::public_key> half = crypto::public_key::from_spki(operations.spki());
  if (!half) return half.error();
  const signature_algorithm scheme = usual_signature(half->kind()).value();
  constexpr std::string_view probe = "probe";
  // The limits first: signing with a key of absurd size is what they are there to prevent.
  if (const result<void> allowed = half->verify(scheme, probe, {}); allowed.error().code == problems::crypto_key) {
    return allowed.error();
  }
  const result<std::string> signature = operations.sign(scheme, probe);
  if (!signature) return signature.error();
  if (!half->verify(scheme, probe, *signature)) {
    return problem(problems::crypto_key, "the private key does not match its own public half");
  }
  return half;
}

}  // namespace

result<private_key> private_key::from_pkcs8(std::string_view der) {
  constexpr std::size_t largest = 16 * 1024;
  if (der.size() > largest)
    return problem(problems::crypto_key, "the private key has " + std::to_string(der.size()) + " octets, allowed are 16384");
  asn1::failure failure;
  asn1::reader outer(der, failure);
  asn1::reader info = outer.enter(asn1::tags::sequence, "PrivateKeyInfo");
  info.small_integer("the version of PrivateKeyInfo", 1);
  const std::string oid = info.enter(asn1::tags::sequence, "the key's algorithm").oid("the key's algorithm identifier");
  outer.end("PrivateKeyInfo");
  if (failure.happened) return failure.as(problems::crypto_key);
  const key_kind kind = key_by_oid(oid);
  if (kind == key_kind::other) return cannot_use();
  result<std::unique_ptr<const signer>> operations = kind == key_kind::rsa ? rsa::read_private(der) : kazakh::read_private(kind, der);
  if (!operations) return operations.error();
  result<crypto::public_key> half = matching_public_half(**operations);
  if (!half) return half.error();
  return private_key(std::make_shared<const data>(data{kind, std::move(*operations), std::move(*half)}));
}

result<private_key> private_key::generate(key_kind kind, unsigned bits) {
  if (kind == key_kind::other) return cannot_use();
  result<std::unique_ptr<const signer>> operations = kind == key_kind::rsa ? rsa::generate(bits) : kazakh::generate(kind);
  if (!operations) return operations.error();
  result<crypto::public_key> half = crypto::public_key::from_spki((*operations)->spki());
  if (!half) return half.error();
  return private_key(std::make_shared<const data>(data{kind, std::move(*operations), std::move(*half)}));
}

key_kind private_key::kind() const { return data_->kind; }
std::string private_key::pkcs8() const { return data_->operations->pkcs8(); }
crypto::public_key private_key::public_key() const { return data_->public_half; }

result<std::string> private_key::sign(signature_algorithm algorithm, std::string_view octets) const {
  if (key_of(algorithm) != data_->kind) return wrong_kind(algorithm, data_->kind);
  return data_->operations->sign(algorithm, octets);
}

void cleanse(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace shep::crypto
