#include "forensics/digest_causes.hpp"

#include "core/bytes.hpp"
#include "crypto/digest.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using crypto::digest_algorithm;

constexpr digest_algorithm algorithms[] = {
    digest_algorithm::gost34311_cryptopro, digest_algorithm::sha1,        digest_algorithm::sha256,    digest_algorithm::sha512,
    digest_algorithm::streebog256,         digest_algorithm::streebog512, digest_algorithm::gost34311, digest_algorithm::sha384};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

class digest_judge {
 public:
  digest_judge(const failed_digest& failed, budget& spent) : failed_(failed), spent_(spent), reversed_(reversed(failed.declared)) {}

  /// For visitors: true when found, or when nothing more may be tried.
  bool tried(std::string_view octets, const step& why) { return tried(octets, why, {}); }
  bool tried(std::string_view octets, const step& first, const step& second) {
    if (!spent_.spend(octets.size())) return true;
    const std::string value = crypto::digest(failed_.algorithm, octets);
    if (value == failed_.declared) found_ = {first};
    else if (value == reversed_) found_ = {first, {&mistakes::digest_reversed}};
    if (found_.empty()) return false;
    if (second.what != nullptr) found_.insert(found_.begin() + 1, second);
    return true;
  }

  /// The right octets (or those of the mistake `before`), digested or written in a wrong way.
  bool tried_forms(std::string_view octets, const step& before = {}) {
    const auto found = [&](const mistake& what, std::string detail = {}) {
      found_.clear();
      if (before.what != nullptr) found_.push_back(before);
      found_.push_back({&what, std::move(detail)});
      return true;
    };
    const std::string as_text = lower(to_base64(failed_.declared));
    for (const digest_algorithm a : order()) {
      if (!crypto::supported(a)) continue;
      if (!spent_.spend(octets.size())) return true;
      const std::string value = crypto::digest(a, octets);
      const bool other = a != failed_.algorithm;
      const std::string by = "It was made by " + std::string(crypto::name_of(a)) + ".";
      if (other && (value == failed_.declared || value == reversed_))
        return a == digest_algorithm::gost34311_cryptopro ? found(mistakes::digest_sbox) : found(mistakes::digest_algorithm, by);
      if (!other && value == reversed_) return found(mistakes::digest_reversed);
      const std::string hex = to_hex(value);
      if (lower(failed_.declared) == hex || as_text == hex || failed_.declared == to_base64(value))
        return found(mistakes::digest_as_text, other ? by : "");
      if (!other && (crypto::digest(a, value) == failed_.declared || crypto::digest(a, hex) == failed_.declared ||
                     crypto::digest(a, to_base64(value)) == failed_.declared))
        return found(mistakes::digest_twice);
    }
    return false;
  }

  bool of_nothing() {
    for (const digest_algorithm a : order())
      if (crypto::supported(a) && crypto::digest(a, "") == failed_.declared) {
        found_ = {{&mistakes::digest_of_nothing}};
        return true;
      }
    return false;
  }

  bool ended() const { return !found_.empty() || spent_.exhausted(); }
  steps take() { return std::move(found_); }

 private:
  /// The declared algorithm first.
  std::vector<digest_algorithm> order() const {
    std::vector<digest_algorithm> out{failed_.algorithm};
    for (const digest_algorithm a : algorithms)
      if (a != failed_.algorithm) out.push_back(a);
    return out;
  }

  const failed_digest& failed_;
  budget& spent_;
  std::string reversed_;
  steps found_;
};

}  // namespace

steps find_digest_mistake(const subject& s, const failed_digest& failed, budget& spent) {
  if (!crypto::supported(failed.algorithm)) return {};
  digest_judge judge(failed, spent);
  if (judge.of_nothing()) return judge.take();
  const std::string canonical = canonical_form(s);
  if (canonical.empty()) return {};
  const step guess{
      failed.unresolved ? &mistakes::wrong_element : nullptr,
      failed.unresolved ? "The Reference names nothing that may be signed; the digest is that of " + s.apex.xpath() + "." : ""};
  if (failed.unresolved && judge.tried(canonical, guess)) return judge.take();
  if (judge.tried_forms(canonical, guess)) return judge.take();
  const visitor single = [&](std::string_view octets, const step& why) { return judge.tried(octets, why); };
  const pair_visitor pair = [&](std::string_view octets, const step& first, const step& second) {
    return judge.tried(octets, first, second);
  };
  const visitor forms = [&](std::string_view octets, const step& why) { return judge.tried_forms(octets, why); };
  if (visit_candidates(s, single) || canonicalization_changes(s, forms) || visit_pairs(s, pair)) return judge.take();
  return {};
}

}  // namespace shep::forensics
