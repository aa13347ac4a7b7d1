#pragma once

#include <cstddef>
#include <string_view>

namespace shep::gost {

/// The parameter sets behind the Kazakh algorithms (kz-eds.md section 1).
enum class curve {
  tc26_512_a,   ///< GOST 34.10-2015, 512 bits: id-tc26-gost-3410-12-512-paramSetA
  cryptopro_a,  ///< GOST 34.310-2004: id-GostR3410-2001-CryptoPro-A
  tc26_256_a    ///< GOST 34.10-2015, 256 bits: id-tc26-gost-3410-2012-256-paramSetA, cofactor 4
};

/// Octets of a coordinate, of a scalar and of the digest that goes with the curve.
constexpr std::size_t size_of(curve c) { return c == curve::tc26_512_a ? 64 : 32; }

std::string_view name_of(curve);

}  // namespace shep::gost
