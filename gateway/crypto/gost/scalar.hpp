#pragma once

#include "crypto/gost/inverse.hpp"
#include "crypto/gost/number.hpp"

namespace shep::gost {

/// Arithmetic modulo the order of a group, by Montgomery's method (Mathematics of Computation 44, 1985). Public values only.
/// Inside module gost.
template <std::size_t N>
class scalars {
 public:
  constexpr explicit scalars(const number<N>& order) : order_(order) {
    word inverse = order.w[0];
    for (int i = 0; i < 5; ++i) inverse *= 2 - order.w[0] * inverse;
    negative_inverse_ = 0 - inverse;
    number<N> power{};
    power.w[0] = 1;
    for (std::size_t i = 0; i < 2 * 64 * N; ++i) {
      const bool over = gost::add(power, power, power) != 0;
      if (over || !less(power, order)) gost::subtract(power, power, order);
    }
    square_of_radix_ = power;
  }

  const number<N>& order() const { return order_; }

  /// Any number below 2^(64 N), reduced. The orders here are above 2^(64 N - 2), so this takes four subtractions at most.
  number<N> reduce(number<N> a) const {
    while (!less(a, order_)) gost::subtract(a, a, order_);
    return a;
  }

  bool in_range(const number<N>& a) const { return !is_zero(a) && less(a, order_); }  ///< 0 < a < q

  /// a -> a 2^(64 N); one operand of `multiply` has to be in this form.
  number<N> prepared(const number<N>& a) const { return multiply(a, square_of_radix_); }

  /// a b / 2^(64 N)
  number<N> multiply(const number<N>& a, const number<N>& b) const {
    number<N> t{};
    word top = 0;
    for (std::size_t i = 0; i < N; ++i) {
      word carry = 0;
      for (std::size_t j = 0; j < N; ++j) {
        const wide v = wide{a.w[i]} * b.w[j] + t.w[j] + carry;
        t.w[j] = low(v);
        carry = high(v);
      }
      const wide above = wide{top} + carry;
      const word m = t.w[0] * negative_inverse_;
      carry = high(wide{m} * order_.w[0] + t.w[0]);
      for (std::size_t j = 1; j < N; ++j) {
        const wide v = wide{m} * order_.w[j] + t.w[j] + carry;
        t.w[j - 1] = low(v);
        carry = high(v);
      }
      const wide last = above + carry;
      t.w[N - 1] = low(last);
      top = high(last);
    }
    if (top != 0 || !less(t, order_)) gost::subtract(t, t, order_);
    return t;
  }

  number<N> negate(const number<N>& a) const {
    number<N> r = order_;
    gost::subtract(r, r, a);
    return is_zero(a) ? a : r;
  }

  number<N> invert(const number<N>& a) const { return inverter<N>::invert(a, order_); }

 private:
  number<N> order_;
  number<N> square_of_radix_{};
  word negative_inverse_ = 0;
};

}  // namespace shep::gost
