#include "mocks/engine/chance.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shep::mocks {
namespace {

std::string random_octets(ids& source) { return from_hex(source.hex()).value(); }

std::uint64_t random_number(std::string_view octets) {
  std::uint64_t number = 0;
  for (const char c : octets.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

/// In (0, 1], so that its logarithm exists.
double random_fraction(std::string_view octets) { return (static_cast<double>(random_number(octets) >> 11) + 1.0) * 0x1.0p-53; }

struct draw {
  ids* source;

  double operator()(const no_delay&) const { return 0; }
  double operator()(const fixed_delay& d) const { return static_cast<double>(d.time.count()); }
  double operator()(const uniform_delay& d) const {
    const auto span = static_cast<std::uint64_t>((d.upper - d.lower).count());
    const auto step = source ? random_number(random_octets(*source)) % (span + 1) : span / 2;
    return static_cast<double>(d.lower.count()) + static_cast<double>(step);
  }
  double operator()(const lognormal_delay& d) const {
    if (!source) return d.median;
    const std::string octets = random_octets(*source);
    // Box and Muller's way to a normal variate.
    const double radius = std::sqrt(-2.0 * std::log(random_fraction(octets)));
    const double normal = radius * std::cos(2.0 * std::numbers::pi * random_fraction(std::string_view(octets).substr(8)));
    return d.median * std::exp(d.sigma * normal);
  }
};

}  // namespace

std::string random_text(ids& source, std::string_view alphabet, std::size_t length) {
  // Octets beyond the last whole multiple of the alphabet would favour its beginning.
  const std::size_t usable = 256 / alphabet.size() * alphabet.size();
  std::string text;
  while (text.size() < length)
    for (const char c : random_octets(source)) {
      const auto octet = static_cast<unsigned char>(c);
      if (octet < usable && text.size() < length) text += alphabet[octet % alphabet.size()];
    }
  return text;
}

std::chrono::milliseconds drawn_delay(const delay_plan& plan, ids* source) {
  const double drawn = std::visit(draw{source}, plan);
  // Compared as a double: a far draw does not fit an integer.
  const double bounded = std::clamp(drawn, 0.0, static_cast<double>(longest_delay.count()));
  return std::chrono::milliseconds(std::llround(bounded));
}

}  // namespace shep::mocks
