#pragma once

#include "crypto/gost/inverse.hpp"
#include "crypto/gost/number.hpp"

namespace shep::gost {

/// Numbers modulo p = 2^(64 N) - C for a small C. An element is any number below 2^(64 N): values below C have two representations until
/// `canonical`. What overflows 2^(64 N) comes back multiplied by C. Public values only. Inside module gost.
template <std::size_t N, word C>
struct field {
  using element = number<N>;
  static constexpr element prime = [] {
    element p{};
    for (word& w : p.w) w = ~word{0};
    p.w[0] = 0 - C;
    return p;
  }();

  static constexpr element one() {
    element e{};
    e.w[0] = 1;
    return e;
  }

  static element add(const element& a, const element& b) {
    element r;
    const word carry = gost::add(r, a, b);
    add_small(r, carry * C);
    return r;
  }

  static element subtract(const element& a, const element& b) {
    element r;
    const word borrow = gost::subtract(r, a, b);
    subtract_small(r, borrow * C);
    return r;
  }

  static element negate(const element& a) { return subtract(element{}, a); }
  static element twice(const element& a) { return add(a, a); }

  static element multiply(const element& a, const element& b) {
    word t[2 * N];
    word carry = 0;
#pragma GCC unroll 8
    for (std::size_t j = 0; j < N; ++j) {
      const wide v = wide{a.w[0]} * b.w[j] + carry;
      t[j] = low(v);
      carry = high(v);
    }
    t[N] = carry;
#pragma GCC unroll 8
    for (std::size_t i = 1; i < N; ++i) {
      carry = 0;
#pragma GCC unroll 8
      for (std::size_t j = 0; j < N; ++j) {
        const wide v = wide{a.w[i]} * b.w[j] + t[i + j] + carry;
        t[i + j] = low(v);
        carry = high(v);
      }
      t[i + N] = carry;
    }
    return folded(t);
  }

  static element square(const element& a) {
    word t[2 * N];
    // The products above the diagonal, once.
    word carry = 0;
#pragma GCC unroll 8
    for (std::size_t j = 1; j < N; ++j) {
      const wide v = wide{a.w[0]} * a.w[j] + carry;
      t[j] = low(v);
      carry = high(v);
    }
    t[N] = carry;
#pragma GCC unroll 8
    for (std::size_t i = 1; i + 1 < N; ++i) {
      carry = 0;
#pragma GCC unroll 8
      for (std::size_t j = i + 1; j < N; ++j) {
        const wide v = wide{a.w[i]} * a.w[j] + t[i + j] + carry;
        t[i + j] = low(v);
        carry = high(v);
      }
      t[i + N] = carry;
    }
    // Twice them, plus the diagonal.
    carry = 0;
    word shifted_out = 0;
    t[0] = 0;
    t[2 * N - 1] = 0;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < N; ++i) {
      const wide d = wide{a.w[i]} * a.w[i];
      const word even = t[2 * i] << 1 | shifted_out;
      const word odd = t[2 * i + 1] << 1 | t[2 * i] >> 63;
      shifted_out = t[2 * i + 1] >> 63;
      const wide first = wide{even} + low(d) + carry;
      t[2 * i] = low(first);
      const wide second = wide{odd} + high(d) + high(first);
      t[2 * i + 1] = low(second);
      carry = high(second);
    }
    return folded(t);
  }

  static element canonical(const element& a) {
    element r;
    return gost::subtract(r, a, prime) == 0 ? r : a;
  }

  static bool is_zero(const element& a) { return (a.w[0] == 0 && gost::is_zero(a)) || (a.w[0] == prime.w[0] && a == prime); }

  static bool equal(const element& a, const element& b) { return is_zero(subtract(a, b)); }

  /// Of a value that is not zero.
  static element invert(const element& a) { return inverter<N>::invert(canonical(a), prime); }

 private:
  /// a += v for a small v, with C more when that overflows. Going past the first word happens once in 2^44 times.
  static void add_small(element& a, word v) {
    a.w[0] += v;
    if (a.w[0] < v) [[unlikely]]
      carry_on(a);
  }

  static void subtract_small(element& a, word v) {
    const word before = a.w[0];
    a.w[0] -= v;
    if (before < v) [[unlikely]]
      borrow_on(a);
  }

  [[gnu::noinline]] static void carry_on(element& a) {
    std::size_t i = 1;
    while (i < N && ++a.w[i] == 0) ++i;
    if (i == N) a.w[0] += C;
  }

  [[gnu::noinline]] static void borrow_on(element& a) {
    std::size_t i = 1;
    while (i < N && a.w[i]-- == 0) ++i;
    if (i == N) a.w[0] -= C;
  }

  static element folded(const word* t) {
    element r;
    word carry = 0;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < N; ++i) {
      const wide v = wide{t[N + i]} * C + t[i] + carry;
      r.w[i] = low(v);
      carry = high(v);
    }
    add_small(r, carry * C);
    return r;
  }
};

}  // namespace shep::gost
