// A list of 500 000 entries (20 MB, as the NCA's): one parse, then look-ups. Prints octets, milliseconds to parse, memory beside the list,
// and microseconds each look-up of a listed and of an unlisted certificate.
#include "crypto/issue.hpp"
#include "revocation/crl_set.hpp"
#include "revocation/crl_write.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <malloc.h>
#include <random>
#include <string>

using namespace shep;

namespace {

using steady = std::chrono::steady_clock;

double milliseconds(steady::time_point since) { return std::chrono::duration<double, std::milli>(steady::now() - since).count(); }

/// Of this process, from /proc/self/status; `peak` since the last `forget_peak`.
long kib(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::stol(line.substr(line.find(':') + 1));
  return 0;
}
void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

std::string serial(std::mt19937_64& random) {
  std::string octets(20, '\0');
  for (char& c : octets) c = static_cast<char>(random() & 0xFF);
  octets[0] = static_cast<char>(0x40 | (static_cast<unsigned char>(octets[0]) & 0x3F));
  return octets;
}

crypto::certificate holder(const crypto::issuer& by, const std::string& number) {
  crypto::certificate_request r;
  r.common_name = "TEST HOLDER";
  r.not_before = time_point(std::chrono::seconds(1'800'000'000));
  r.not_after = time_point(std::chrono::seconds(2'000'000'000));
  r.serial = number;
  return crypto::issue(r, by.key.public_key(), &by, by.key).value();
}

}  // namespace

int main() {
  std::mt19937_64 random(7);
  const time_point now(std::chrono::seconds(1'893'553'445));
  const auto key = crypto::private_key::generate(crypto::key_kind::rsa).value();
  crypto::certificate_request r;
  r.common_name = "TEST AUTHORITY";
  r.is_ca = true;
  r.not_before = now - std::chrono::hours(24);
  r.not_after = now + std::chrono::hours(24);
  const crypto::issuer authority{crypto::issue(r, key.public_key(), nullptr, key).value(), key};

  revocation::crl_content content;
  content.this_update = now;
  content.next_update = now + std::chrono::hours(24);
  content.number = 1;
  for (int i = 0; i < 500'000; ++i)
    content.entries.push_back({serial(random), now - std::chrono::seconds(random() % 100'000'000),
                               i % 3 == 0 ? std::optional(revocation::reason::cessation_of_operation) : std::nullopt});
  const std::string listed = content.entries[250'000].serial;
  const shared_bytes octets = share(revocation::write_crl(content, {key, authority.certificate, {}}).value());
  content = {};

  malloc_trim(0);
  forget_peak();
  const long before = kib("VmRSS");
  auto start = steady::now();
  const auto list = revocation::crl::from_der(octets).value();
  const double parse = milliseconds(start);
  start = steady::now();
  const auto set = revocation::crl_set().with(list, authority.certificate, "bench").value();
  const double verify = milliseconds(start);
  const long peak = kib("VmHWM") - before;
  malloc_trim(0);
  std::printf("list %zu octets, %zu entries; parse %.1f ms, verify %.1f ms; index %zu octets\n", octets->size(), list.info().entries, parse,
              verify, list.index_octets());
  std::printf("memory beside the list: %ld KiB while parsing, %ld KiB kept\n", peak, kib("VmRSS") - before);

  const crypto::certificate revoked = holder(authority, listed), good = holder(authority, serial(random));
  for (const auto* cert : {&revoked, &good}) {
    constexpr int times = 100'000;
    int stopped = 0;
    start = steady::now();
    for (int i = 0; i < times; ++i) stopped += set.look_up(*cert, authority.certificate, now)->what == revocation::state::revoked;
    std::printf("look-up %s: %.2f us\n", stopped == times ? "revoked" : "good", milliseconds(start) * 1000 / times);
  }
  start = steady::now();
  std::size_t found = 0;
  constexpr int numbers = 200'000;
  for (int i = 0; i < numbers; ++i) found += list.find(serial(random)).has_value();
  std::printf("find of random serial numbers: %.2f us (%zu found)\n", milliseconds(start) * 1000 / numbers, found);
}
