#include "cms/time_stamp_write.hpp"

#include "cms/problems.hpp"
#include "cms/signer_writer.hpp"
#include "cms/tst_info.hpp"
#include "crypto/asn1_write.hpp"

namespace shep::cms {
namespace {

using namespace crypto::asn1;

constexpr std::string_view unlisted_policy = "2.25.1";

/// GeneralizedTime with a fraction, without zeros at its end (RFC 3161 section 2.4.2).
std::string write_gen_time(time_point t) {
  constexpr std::size_t header = 2, longest = 6;
  std::string text = write_generalized_time(t).substr(header);
  text.pop_back();
  const auto micros = (t - std::chrono::floor<std::chrono::seconds>(t)).count();
  if (micros != 0) {
    std::string digits = std::to_string(micros);
    digits.insert(0, longest - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return write(tags::generalized_time, text + "Z");
}

std::string write_accuracy(std::chrono::microseconds accuracy) {
  const auto micros = static_cast<std::uint64_t>(accuracy.count());
  const auto part = [](unsigned number, std::uint64_t value) {
    if (value == 0) return std::string();
    std::string integer = write_small(value);
    integer[0] = static_cast<char>(tags::context(number, false));
    return integer;
  };
  std::string body = micros >= 1'000'000 ? write_small(micros / 1'000'000) : std::string();
  body += part(0, micros / 1000 % 1000) + part(1, micros % 1000);
  return write(tags::sequence, body);
}

std::string turned(std::string octets) {
  if (!octets.empty()) octets.back() = static_cast<char>(static_cast<unsigned char>(octets.back()) ^ 1U);
  return octets;
}

std::string write_info(const time_stamp_request& q, const crypto::certificate& authority, const token_settings& s) {
  std::string policy = q.policy.empty() ? s.policy : q.policy;
  if (s.fault == token_fault::wrong_policy) policy = unlisted_policy;
  std::string nonce = q.nonce;
  if (s.fault == token_fault::wrong_nonce) nonce = nonce.empty() ? "\x2A" : turned(nonce);
  std::string body = write_small(1) + write_oid(policy);
  body += write_message_imprint(q.digest, s.fault == token_fault::wrong_imprint ? turned(q.imprint) : q.imprint);
  body += write_unsigned(s.serial) + write_gen_time(s.gen_time);
  if (s.accuracy) body += write_accuracy(*s.accuracy);
  if (!nonce.empty()) body += write_unsigned(nonce);
  body += write(tags::context(0, true), write(tags::context(4, true), authority.info().subject_der));
  return write(tags::sequence, body);
}

std::string write_response(unsigned status, const std::string& rest, std::string_view token) {
  return write(tags::sequence, write(tags::sequence, write_small(status) + rest).append(token));
}

}  // namespace

result<std::string> write_token(const time_stamp_request& asked, const crypto::identity& authority, const token_settings& settings) {
  if (settings.serial.empty() || settings.serial.size() > 20)
    return problem(problems::usage, "the serial number of a time stamp has 1 to 20 octets");
  if (!is_oid(asked.policy.empty() ? settings.policy : asked.policy))
    return problem(problems::usage, "the time stamp's policy is not a dotted object identifier");
  if (settings.fault == token_fault::wrong_signer && !settings.other_key)
    return problem(problems::usage, "a token by the wrong signer needs another key");
  const std::string info = write_info(asked, authority.certificate, settings);
  signer_settings how;
  how.content_type = oid::tst_info;
  how.signing_time = settings.gen_time;
  if (settings.fault == token_fault::wrong_signer) how.key = &*settings.other_key;
  auto signer = write_signer_info(info, authority, how);
  if (!signer) return signer.error();
  // The signature value stands last in a SignerInfo without unsigned attributes.
  if (settings.fault == token_fault::wrong_signature) signer = turned(*signer);
  signed_data_parts parts;
  parts.version = 3;
  parts.encapsulated = write_encapsulated(oid::tst_info, info);
  parts.add_digest_algorithm(digest_algorithm_der(authority));
  if (asked.certificates) parts.add_certificate(authority.certificate.der());
  parts.signers.push_back(std::move(*signer));
  return parts.der();
}

std::string write_granted(std::string_view token) { return write_response(0, {}, token); }

time_stamp_failure failure_for(const problem& p) {
  if (p.code == problems::time_stamp_algorithm) return time_stamp_failure::bad_algorithm;
  if (p.code == problems::time_stamp_extension) return time_stamp_failure::unaccepted_extension;
  return time_stamp_failure::bad_data_format;
}

std::string write_rejection(std::optional<time_stamp_failure> failure, std::string_view text) {
  std::string rest;
  if (!text.empty()) rest += write(tags::sequence, write(tags::utf8_string, text));
  if (failure) rest += write_named_bits(1U << static_cast<unsigned>(*failure));
  return write_response(failure ? 2 : 3, rest, {});
}

}  // namespace shep::cms
