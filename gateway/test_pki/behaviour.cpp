#include "test_pki/behaviour.hpp"

#include "test_pki/problems.hpp"

#include <algorithm>
#include <array>

namespace shep::test_pki {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 9> behaviours = {"good", "revoked",   "on_hold",      "unknown", "try_later",
                                                        "slow", "malformed", "wrong_signer", "stale"};
constexpr std::array<std::string_view, 3> responder_names = {"ocsp", "crl", "tsp"};

template <class Enum, std::size_t size>
std::optional<Enum> find(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

bool is_removal(behaviour b) { return b == behaviour::revoked || b == behaviour::on_hold; }

/// Reasons that a revocation can give; the others are what a list says about holds.
std::vector<revocation::reason> given_reasons() {
  std::vector<revocation::reason> all;
  for (unsigned code = 0; code <= 10; ++code) {
    const auto r = revocation::reason_of(code);
    if (r && *r != revocation::reason::certificate_hold && *r != revocation::reason::remove_from_crl) all.push_back(*r);
  }
  return all;
}

}  // namespace

std::string_view name_of(behaviour b) { return behaviours.at(static_cast<std::size_t>(b)); }
std::optional<behaviour> behaviour_by_name(std::string_view name) { return find<behaviour>(behaviours, name); }
std::vector<std::string> behaviour_names() { return {behaviours.begin(), behaviours.end()}; }

std::string_view name_of(responder r) { return responder_names.at(static_cast<std::size_t>(r)); }
std::optional<responder> responder_by_name(std::string_view name) { return find<responder>(responder_names, name); }

result<told> complete(told t, time_point now) {
  const std::string word(name_of(t.what));
  if (t.why && t.what != behaviour::revoked)
    return problem(problems::pki_status, "'" + word + "' has no reason", "reason", "only revoked has one");
  if (t.since && !is_removal(t.what))
    return problem(problems::pki_status, "'" + word + "' has no moment from which it holds", "at", "revoked and on_hold have one");
  if (t.delay && t.what != behaviour::slow)
    return problem(problems::pki_status, "'" + word + "' has no delay", "delay", "only slow has one");
  if (t.delay && (t.delay->count() < 1 || *t.delay > longest_delay))
    return problem(problems::pki_status, "the delay has to be from 1 ms to 5 minutes", "delay", "2000");
  if (is_removal(t.what) && !t.since) t.since = now;
  if (t.what == behaviour::slow && !t.delay) t.delay = default_delay;
  return t;
}

result<told> complete_for_responder(told t, time_point now) {
  if (is_removal(t.what) || t.what == behaviour::unknown)
    return problem(problems::pki_status, "a responder as a whole cannot be '" + std::string(name_of(t.what)) + "'", "state",
                   "good, try_later, slow, malformed, wrong_signer or stale");
  return complete(std::move(t), now);
}

std::optional<revocation::reason> reason_by_name(std::string_view name) {
  for (const revocation::reason r : given_reasons())
    if (revocation::name_of(r) == name) return r;
  return std::nullopt;
}

std::vector<std::string> reason_names() {
  std::vector<std::string> all;
  for (const revocation::reason r : given_reasons()) all.emplace_back(revocation::name_of(r));
  return all;
}

}  // namespace shep::test_pki
