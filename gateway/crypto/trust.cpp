#include "crypto/trust.hpp"

#include "crypto/lru.hpp"
#include "crypto/name.hpp"
#include "crypto/path_search.hpp"
#include "crypto/problems.hpp"

#include <atomic>

namespace shep::crypto {
namespace {

constexpr std::size_t decoded_certificates_kept = 1024;  // times 16 KiB and what was decoded bounds the memory a stranger can fill
constexpr std::size_t verdicts_kept = 4096;

std::uint64_t next_generation() {
  static std::atomic<std::uint64_t> next{1};
  return next.fetch_add(1);
}

std::string without_leading_zero_digits(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string(digits.empty() ? "" : "0") : std::string(digits.substr(first));
}

bool inside(const found_path& found, time_point at) { return at >= found.from && at <= found.to; }

}  // namespace

struct trust_store::data {
  std::uint64_t generation = next_generation();
  candidate_index issuers;
  std::unordered_set<std::string> anchors;  // SHA-256 of the DER
  std::unordered_multimap<std::string, certificate> by_serial;
  std::unordered_map<std::string, certificate> by_issuer;  // octets of the Name and the serial number
  std::unordered_map<std::string, certificate> by_key_id;
  allowances allowed;
};

trust_store::trust_store(contents c) {
  auto d = std::make_shared<data>();
  d->allowed = {c.allow_weak_signatures, c.allow_gost2015_256};
  const auto add_known = [&](const certificate& cert) {
    d->by_serial.emplace(cert.info().serial_decimal, cert);
    d->by_issuer.emplace(cert.info().issuer_der + cert.info().serial_hex, cert);
    if (!cert.info().subject_key_id.empty()) d->by_key_id.emplace(cert.info().subject_key_id, cert);
  };
  const auto add_issuer = [&](const certificate& cert, bool anchor) {
    d->issuers.emplace(name_key(parse_name(cert.info().subject_der)), candidate{cert, anchor});
    add_known(cert);
  };
  for (const certificate& cert : c.anchors) {
    if (d->anchors.insert(cert.sha256()).second) add_issuer(cert, true);
  }
  std::unordered_set<std::string> seen;
  for (const certificate& cert : c.intermediates) {
    if (!d->anchors.contains(cert.sha256()) && seen.insert(cert.sha256()).second) add_issuer(cert, false);
  }
  for (const certificate& cert : c.known) add_known(cert);
  data_ = std::move(d);
}

result<trust_store::chain> trust_store::build(const certificate& leaf, time_point at) const {
  thread_local lru<std::shared_ptr<const found_path>> verdicts(verdicts_kept);
  std::string key(reinterpret_cast<const char*>(&data_->generation), sizeof data_->generation);
  key += leaf.sha256();
  if (const auto* cached = verdicts.find(key)) {
    const found_path& found = **cached;
    if (inside(found, at)) return found.chain;
    // Another path may be valid where this one is not, unless there is none.
    if (found.only) return check_dates(found.chain.path, at).error();
  }
  result<found_path> searched = search_path(leaf, data_->issuers, data_->anchors, data_->allowed, at);
  if (!searched) return searched.error();
  const auto found = std::make_shared<const found_path>(std::move(*searched));
  verdicts.put(key, found);
  if (const result<void> dates = check_dates(found->chain.path, at); !dates) return dates.error();
  return found->chain;
}

std::optional<certificate> trust_store::find(std::string_view issuer_name, std::string_view serial_decimal) const {
  constexpr std::size_t longest_serial = 64;
  if (serial_decimal.empty() || serial_decimal.size() > longest_serial) return std::nullopt;
  const auto [begin, end] = data_->by_serial.equal_range(without_leading_zero_digits(serial_decimal));
  for (auto i = begin; i != end; ++i) {
    if (same_issuer_name(issuer_name, i->second)) return i->second;
  }
  return std::nullopt;
}

std::optional<certificate> trust_store::find_by_issuer(std::string_view issuer_der, std::string_view serial_hex) const {
  const auto found = data_->by_issuer.find(std::string(issuer_der).append(serial_hex));
  return found == data_->by_issuer.end() ? std::nullopt : std::optional(found->second);
}

std::optional<certificate> trust_store::find_by_key_id(std::string_view subject_key_id) const {
  const auto found = data_->by_key_id.find(std::string(subject_key_id));
  return found == data_->by_key_id.end() ? std::nullopt : std::optional(found->second);
}

std::vector<certificate> trust_store::configured(std::size_t most) const {
  std::vector<certificate> out;
  std::unordered_set<std::string> seen;
  for (const auto& [serial, c] : data_->by_serial) {
    if (out.size() == most) break;
    if (seen.insert(c.sha256()).second) out.push_back(c);
  }
  return out;
}

result<certificate> trust_store::decode(std::string_view der) const {
  thread_local lru<certificate> decoded(decoded_certificates_kept);
  if (const certificate* cached = decoded.find(der)) return *cached;
  result<certificate> fresh = certificate::from_der(der);
  if (fresh) decoded.put(der, *fresh);
  return fresh;
}

}  // namespace shep::crypto
