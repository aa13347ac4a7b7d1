#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Unsigned numbers of N 64-bit words, least word first: the ground of fields and scalars. Inside module gost.
///
/// Everything here runs in a time that depends on the values: for public numbers (verification) only.
namespace shep::gost {

using word = std::uint64_t;
__extension__ using wide = unsigned __int128;

template <std::size_t N>
struct number {
  word w[N];

  friend constexpr bool operator==(const number&, const number&) = default;
};

constexpr word low(wide v) { return static_cast<word>(v); }
constexpr word high(wide v) { return static_cast<word>(v >> 64); }

/// r = a + b; returns the carry. `r` may be `a` or `b`.
template <std::size_t N>
constexpr word add(number<N>& r, const number<N>& a, const number<N>& b) {
  word carry = 0;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < N; ++i) {
    const wide t = wide{a.w[i]} + b.w[i] + carry;
    r.w[i] = low(t);
    carry = high(t);
  }
  return carry;
}

/// r = a - b; returns the borrow. `r` may be `a` or `b`.
template <std::size_t N>
constexpr word subtract(number<N>& r, const number<N>& a, const number<N>& b) {
  word borrow = 0;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < N; ++i) {
    const wide t = wide{a.w[i]} - b.w[i] - borrow;
    r.w[i] = low(t);
    borrow = high(t) & 1;
  }
  return borrow;
}

template <std::size_t N>
constexpr bool less(const number<N>& a, const number<N>& b) {
  for (std::size_t i = N; i-- > 0;) {
    if (a.w[i] != b.w[i]) return a.w[i] < b.w[i];
  }
  return false;
}

template <std::size_t N>
constexpr bool is_zero(const number<N>& a) {
  word all = 0;
  for (const word w : a.w) all |= w;
  return all == 0;
}

/// `count` (1..32) bits from bit `at` on; bits beyond the number are zero.
template <std::size_t N>
constexpr unsigned bits_at(const number<N>& a, std::size_t at, unsigned count) {
  const std::size_t i = at / 64;
  const unsigned shift = at % 64;
  if (i >= N) return 0;
  word v = a.w[i] >> shift;
  if (shift != 0 && i + 1 < N) v |= a.w[i + 1] << (64 - shift);
  return static_cast<unsigned>(v & ((word{1} << count) - 1));
}

/// From 8 N octets, least first.
template <std::size_t N>
constexpr number<N> from_little_endian(std::string_view octets) {
  number<N> r{};
  for (std::size_t i = 0; i < 8 * N; ++i) r.w[i / 8] |= word{static_cast<unsigned char>(octets[i])} << (i % 8 * 8);
  return r;
}

/// A constant as standards print it: 16 N hexadecimal digits, most significant first.
template <std::size_t N>
consteval number<N> from_digits(std::string_view digits) {
  number<N> r{};
  if (digits.size() != 16 * N) throw "a constant has another number of digits";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[digits.size() - 1 - i];
    const int value = c <= '9' ? c - '0' : c - 'A' + 10;
    r.w[i / 16] |= static_cast<word>(value) << (i % 16 * 4);
  }
  return r;
}

}  // namespace shep::gost
