#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "crypto/gost/sign.hpp"
#include "crypto/gost/verify.hpp"
#include "crypto/key.hpp"
#include "crypto/key_family.hpp"
#include "crypto/problems.hpp"

#include <algorithm>
#include <optional>

/// GOST keys and signatures as Kazakh objects carry them (kz-eds.md section 0): numbers least octet first, the point in an OCTET STRING.
namespace shep::crypto::kazakh {
namespace {

struct kind_row {
  key_kind kind;
  gost::curve curve;
  bool number_as_integer;  ///< the private number is written as INTEGER, not as OCTET STRING
  std::string_view parameter_set;
  std::string_view parameter_digest;
};

// The row of 2015 with 256 bits is inferred from the one with 512.
constexpr kind_row rows[] = {
    {key_kind::gost2004, gost::curve::cryptopro_a, true, "1.2.398.3.10.1.1.1.1.1", "1.2.398.3.10.1.3.1.1.0"},
    {key_kind::gost2015_256, gost::curve::tc26_256_a, false, "1.2.398.3.10.1.1.2.1.1", "1.2.398.3.10.1.3.2"},
    {key_kind::gost2015_512, gost::curve::tc26_512_a, false, "1.2.398.3.10.1.1.2.2.1", "1.2.398.3.10.1.3.3"},
};

const kind_row& row_of(key_kind kind) { return rows[static_cast<std::size_t>(kind) - static_cast<std::size_t>(key_kind::gost2004)]; }

std::string parameters_of(const kind_row& row) {
  return asn1::write(asn1::tags::sequence, asn1::write_oid(row.parameter_set) + asn1::write_oid(row.parameter_digest));
}

std::string algorithm_of(const kind_row& row) {
  return asn1::write(asn1::tags::sequence, asn1::write_oid(key_oid_of(row.kind)) + parameters_of(row));
}

problem refused(key_kind kind, const std::string& what) {
  return {problems::crypto_key, "the " + std::string(name_of(kind)) + " key " + what};
}

std::string text_of(gost::verifying_key::refusal why) {
  using refusal = gost::verifying_key::refusal;
  switch (why) {
    case refusal::length: return "has a point of another length than its curve";
    case refusal::not_reduced: return "has a coordinate that is not below the prime of its curve";
    case refusal::not_on_curve: return "is not a point of its curve";
    case refusal::wrong_subgroup: return "is a point outside the group that signatures use";
    case refusal::none: break;
  }
  return "cannot be used";
}

class gost_verifier final : public verifier {
 public:
  gost_verifier(std::shared_ptr<const gost::verifying_key> key, std::size_t size) : key_(std::move(key)), signature_size_(2 * size) {}
  explicit gost_verifier(problem refusal) : refusal_(std::move(refusal)) {}

  result<void> admit(signature_algorithm, std::string_view signature) const override {
    if (refusal_) return *refusal_;
    if (signature.size() == signature_size_) return {};
    return problem(problems::crypto_signature, "the signature value has " + std::to_string(signature.size()) + " octets, expected are " +
                                                   std::to_string(signature_size_) + ": r and s, each least octet first");
  }

  result<void> verify(signature_algorithm, std::string_view digest, std::string_view signature) const override {
    switch (key_->verify(digest, signature)) {
      case gost::verdict::good: return {};
      case gost::verdict::out_of_range:
        return problem(problems::crypto_signature, "r or s of the signature value is zero, or not below the order of the group");
      default: return problem(problems::crypto_signature, "the signature value does not belong to these octets and this key");
    }
  }

 private:
  std::shared_ptr<const gost::verifying_key> key_;
  std::size_t signature_size_ = 0;
  std::optional<problem> refusal_;
};

class gost_signer final : public signer {
 public:
  gost_signer(const kind_row& row, std::unique_ptr<const gost::signing_key> key) : row_(row), key_(std::move(key)) {}

  result<std::string> sign(signature_algorithm algorithm, std::string_view octets) const override {
    std::optional<std::string> signature = key_->sign(digest(digest_of(algorithm), octets));
    if (!signature) return problem(problems::crypto_key, "the system's random numbers failed, without which nothing can be signed");
    return std::move(*signature);
  }

  std::string pkcs8() const override {
    std::string number = key_->number();
    if (row_.number_as_integer) into_integer(number);
    std::string encoded = asn1::write(row_.number_as_integer ? asn1::tags::integer : asn1::tags::octet_string, number);
    std::string wrapped = asn1::write(asn1::tags::octet_string, encoded);
    std::string body = asn1::write_small(0) + algorithm_of(row_);
    body.reserve(body.size() + wrapped.size());
    body += wrapped;
    std::string whole = asn1::write(asn1::tags::sequence, body);
    for (std::string* secret : {&number, &encoded, &wrapped, &body}) cleanse(*secret);
    return whole;
  }

  std::string spki() const override {
    const std::string point = asn1::write(asn1::tags::octet_string, key_->public_octets());
    return asn1::write(asn1::tags::sequence, algorithm_of(row_) + asn1::write_bit_string(point));
  }

 private:
  /// The content of a DER INTEGER in the place of the octets; asn1::write_unsigned would leave a copy in freed memory.
  static void into_integer(std::string& number) {
    while (number.size() > 1 && number.back() == '\0') number.pop_back();
    if (static_cast<unsigned char>(number.back()) >= 0x80) number += '\0';
    std::reverse(number.begin(), number.end());
  }

  const kind_row& row_;
  std::unique_ptr<const gost::signing_key> key_;
};

result<std::unique_ptr<const signer>> made(const kind_row& row, std::unique_ptr<const gost::signing_key> key) {
  std::unique_ptr<const signer> s = std::make_unique<gost_signer>(row, std::move(key));
  return s;
}

/// The private number, least octet first and as long as the curve wants it. Two encodings are in use; their tags tell them apart.
std::string number_of(asn1::reader& r, std::size_t size) {
  if (r.next_is(asn1::tags::octet_string)) return std::string(r.octet_string("the private number"));
  std::string_view integer = r.integer("the private number");
  if (integer.size() > 1 && integer[0] == '\0') {
    integer.remove_prefix(1);
  } else if (!integer.empty() && static_cast<unsigned char>(integer[0]) >= 0x80) {
    r.fail("the private number is negative");
  }
  if (integer.size() > size) r.fail("the private number is longer than its curve allows");
  std::string number(std::max(size, integer.size()), '\0');
  std::reverse_copy(integer.begin(), integer.end(), number.begin());
  return number;
}

}  // namespace

result<public_half> read_public(key_kind kind, std::string_view parameters, std::string_view key) {
  const kind_row& row = row_of(kind);
  const std::size_t size = gost::size_of(row.curve);
  asn1::failure failure;
  asn1::reader outer(key, failure);
  const std::string_view point = outer.octet_string("the point of the public key");
  outer.end("the public key");
  if (failure.happened) return failure.as(problems::crypto_key);
  const auto bits = static_cast<unsigned>(8 * size);
  if (parameters != parameters_of(row)) {
    return public_half{bits, std::make_unique<gost_verifier>(refused(kind, "has parameters other than " + std::string(row.parameter_set) +
                                                                               " with " + std::string(row.parameter_digest)))};
  }
  auto why = gost::verifying_key::refusal::none;
  auto usable = gost::verifying_key::from_octets(row.curve, point, why);
  if (!usable) return public_half{bits, std::make_unique<gost_verifier>(refused(kind, text_of(why)))};
  return public_half{bits, std::make_unique<gost_verifier>(std::move(usable), size)};
}

result<std::unique_ptr<const signer>> read_private(key_kind kind, std::string_view pkcs8) {
  const kind_row& row = row_of(kind);
  asn1::failure failure;
  asn1::reader outer(pkcs8, failure);
  asn1::reader info = outer.enter(asn1::tags::sequence, "PrivateKeyInfo");
  outer.end("PrivateKeyInfo");
  info.small_integer("the version of PrivateKeyInfo", 1);
  const asn1::element algorithm = info.read(asn1::tags::sequence, "the key's algorithm");
  asn1::reader key = info.enter(asn1::tags::octet_string, "the private key");
  std::string number = number_of(key, gost::size_of(row.curve));
  key.end("the private key");
  std::unique_ptr<const gost::signing_key> usable;
  if (!failure.happened) usable = gost::signing_key::from_number(row.curve, number);
  cleanse(number);
  if (failure.happened) return failure.as(problems::crypto_key);
  if (algorithm.whole != algorithm_of(row)) {
    return refused(kind, "has parameters other than " + std::string(row.parameter_set) + " with " + std::string(row.parameter_digest));
  }
  if (!usable) return refused(kind, "has a private number of another length than its curve, or outside 1..q-1");
  return made(row, std::move(usable));
}

result<std::unique_ptr<const signer>> generate(key_kind kind) {
  const kind_row& row = row_of(kind);
  std::unique_ptr<const gost::signing_key> key = gost::signing_key::generate(row.curve);
  if (!key) return problem(problems::crypto_key, "the system's random numbers failed, without which no key can be made");
  return made(row, std::move(key));
}

}  // namespace shep::crypto::kazakh
