#pragma once

#include "crypto/gost/number.hpp"

#include <utility>

namespace shep::gost {

/// Inverse modulo an odd number by division steps (Bernstein and Yang, "Fast constant-time gcd computation and modular inversion", 2019,
/// section 8), 62 steps at a time on one word each, then the same transition applied to the whole numbers. Here with early ends: public
/// values only.
template <std::size_t N>
class inverter {
 public:
  /// x^-1 mod m for 0 < x < m, gcd(x, m) = 1, m odd.
  static number<N> invert(const number<N>& x, const number<N>& m) {
    const signed_number modulus = widened(m);
    signed_number f = modulus;
    signed_number g = widened(x);
    signed_number d{};  // f = d x mod m
    signed_number e{};  // g = e x mod m
    e.w[0] = 1;
    const word negative_inverse = negated_inverse(m.w[0]);
    std::int64_t delta = 1;
    while (!zero(g)) {
      const transition t = steps(delta, static_cast<word>(f.w[0]) | static_cast<word>(f.w[1]) << radix,
                                 static_cast<word>(g.w[0]) | static_cast<word>(g.w[1]) << radix);
      apply(t, f, g);
      apply_modulo(t, d, e, modulus, negative_inverse);
    }
    // f is now 1 or -1, and d the inverse or its negative, within a few moduli around zero.
    if (f.w[limbs - 1] < 0) negate(d);
    while (d.w[limbs - 1] < 0) accumulate(d, modulus, 1);
    number<N> r = narrowed(d);
    while (!less(d, modulus)) {
      accumulate(d, modulus, -1);
      r = narrowed(d);
    }
    return r;
  }

 private:
  static constexpr unsigned radix = 62;
  static constexpr word mask = (word{1} << radix) - 1;
  static constexpr std::size_t limbs = (64 * N + 8 + radix - 1) / radix;  // a sign and room for growth above the number
  __extension__ using signed_wide = __int128;

  /// Two's complement in limbs of 62 bits: all but the last are within 0..2^62-1.
  struct signed_number {
    std::int64_t w[limbs];
  };
  /// 2^62 (f', g') = (u f + v g, q f + r g)
  struct transition {
    std::int64_t u, v, q, r;
  };

  static word negated_inverse(word m) {
    word inverse = m;  // right modulo 8; each round doubles the bits
    for (int i = 0; i < 5; ++i) inverse *= 2 - m * inverse;
    return (0 - inverse) & mask;
  }

  static transition steps(std::int64_t& delta, word f, word g) {
    // u, v, q, r as words: they wrap as two's complement does.
    word u = 1, v = 0, q = 0, r = 1;
    for (unsigned left = radix; left != 0;) {
      if ((g & 1) != 0) {
        if (delta > 0) {
          delta = -delta;
          std::swap(f, g);
          g = 0 - g;
          std::swap(u, q);
          q = 0 - q;
          std::swap(v, r);
          r = 0 - r;
        }
        g += f;
        q += u;
        r += v;
      }
      // g is even: this step and all that only halve.
      const unsigned zeros = g == 0 ? left : static_cast<unsigned>(__builtin_ctzll(g));
      const unsigned n = zeros < left ? zeros : left;
      g >>= n;
      u <<= n;
      v <<= n;
      delta += n;
      left -= n;
    }
    return {static_cast<std::int64_t>(u), static_cast<std::int64_t>(v), static_cast<std::int64_t>(q), static_cast<std::int64_t>(r)};
  }

  static void apply(const transition& t, signed_number& f, signed_number& g) {
    signed_wide a = 0, b = 0;
    for (std::size_t i = 0; i < limbs; ++i) {
      a += signed_wide{t.u} * f.w[i] + signed_wide{t.v} * g.w[i];
      b += signed_wide{t.q} * f.w[i] + signed_wide{t.r} * g.w[i];
      if (i > 0) {
        f.w[i - 1] = static_cast<std::int64_t>(static_cast<word>(a) & mask);
        g.w[i - 1] = static_cast<std::int64_t>(static_cast<word>(b) & mask);
      }
      a >>= radix;
      b >>= radix;
    }
    f.w[limbs - 1] = static_cast<std::int64_t>(a);
    g.w[limbs - 1] = static_cast<std::int64_t>(b);
  }

  /// The same for d and e, where a multiple of the modulus makes the sum divisible by 2^62. Each call adds at most one modulus to their
  /// size, and there are fewer than 30 calls: the spare bits of the last limb are enough.
  static void apply_modulo(const transition& t, signed_number& d, signed_number& e, const signed_number& m, word negative_inverse) {
    const word d0 = static_cast<word>(t.u) * static_cast<word>(d.w[0]) + static_cast<word>(t.v) * static_cast<word>(e.w[0]);
    const word e0 = static_cast<word>(t.q) * static_cast<word>(d.w[0]) + static_cast<word>(t.r) * static_cast<word>(e.w[0]);
    const auto dm = static_cast<std::int64_t>(d0 * negative_inverse & mask);
    const auto em = static_cast<std::int64_t>(e0 * negative_inverse & mask);
    signed_wide a = 0, b = 0;
    for (std::size_t i = 0; i < limbs; ++i) {
      // Three products of 62 by 62 bits and a carry stay below 2^126.
      a += signed_wide{t.u} * d.w[i] + signed_wide{t.v} * e.w[i] + signed_wide{dm} * m.w[i];
      b += signed_wide{t.q} * d.w[i] + signed_wide{t.r} * e.w[i] + signed_wide{em} * m.w[i];
      if (i > 0) {
        d.w[i - 1] = static_cast<std::int64_t>(static_cast<word>(a) & mask);
        e.w[i - 1] = static_cast<std::int64_t>(static_cast<word>(b) & mask);
      }
      a >>= radix;
      b >>= radix;
    }
    d.w[limbs - 1] = static_cast<std::int64_t>(a);
    e.w[limbs - 1] = static_cast<std::int64_t>(b);
  }

  static bool zero(const signed_number& a) {
    std::int64_t all = 0;
    for (const std::int64_t w : a.w) all |= w;
    return all == 0;
  }

  static bool less(const signed_number& a, const signed_number& b) {
    for (std::size_t i = limbs; i-- > 0;) {
      if (a.w[i] != b.w[i]) return a.w[i] < b.w[i];
    }
    return false;
  }

  static void carry(signed_number& a) {
    for (std::size_t i = 0; i + 1 < limbs; ++i) {
      a.w[i + 1] += a.w[i] >> radix;
      a.w[i] = static_cast<std::int64_t>(static_cast<word>(a.w[i]) & mask);
    }
  }

  static void negate(signed_number& a) {
    for (std::int64_t& w : a.w) w = -w;
    carry(a);
  }

  static void accumulate(signed_number& a, const signed_number& m, std::int64_t sign) {
    for (std::size_t i = 0; i < limbs; ++i) a.w[i] += sign * m.w[i];
    carry(a);
  }

  static signed_number widened(const number<N>& a) {
    signed_number r{};
    for (std::size_t i = 0; i < limbs; ++i) {
      const std::size_t at = i * radix;
      if (at >= 64 * N) break;
      word v = a.w[at / 64] >> (at % 64);
      if (at % 64 > 2 && at / 64 + 1 < N) v |= a.w[at / 64 + 1] << (64 - at % 64);
      r.w[i] = static_cast<std::int64_t>(v & mask);
    }
    return r;
  }

  static number<N> narrowed(const signed_number& a) {
    number<N> r{};
    for (std::size_t i = 0; i < limbs; ++i) {
      const std::size_t at = i * radix;
      if (at >= 64 * N) break;
      const word v = static_cast<word>(a.w[i]);
      r.w[at / 64] |= v << (at % 64);
      if (at % 64 > 2 && at / 64 + 1 < N) r.w[at / 64 + 1] |= v >> (64 - at % 64);
    }
    return r;
  }
};

}  // namespace shep::gost
