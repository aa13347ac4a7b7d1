#pragma once

#include "crypto/gost/point.hpp"

#include <array>

/// Sums of multiples of points: with a large table of a point's multiples, and with none. Inside module gost.
namespace shep::gost {

/// Multiples of one point: rows of m 2^(14 j) P for m = 1..64. A scalar is cut into signed digits of 7 bits; the odd digits are summed
/// first, doubled 7 times, and the even ones added. Half of the rows that a table without doublings has, for 7 doublings. 512-bit curve:
/// 303 kB; 256-bit curves: 78 kB. Immutable.
template <class Curve>
class fixed_base {
 public:
  static constexpr unsigned window = 7;
  static constexpr unsigned passes = 2;
  static constexpr std::size_t digits = 64 * Curve::words / window + 1;  // one bit to spare for the last carry
  static constexpr std::size_t rows = (digits + passes - 1) / passes;
  static constexpr std::size_t row_size = std::size_t{1} << (window - 1);
  static constexpr std::size_t octets = rows * row_size * sizeof(affine<Curve>);

  using recoded = std::array<std::int8_t, rows * passes>;

  explicit fixed_base(const affine<Curve>& p) {
    std::vector<point<Curve>> firsts;
    point<Curve> current(p);
    for (std::size_t j = 0; j < rows; ++j) {
      firsts.push_back(current);
      for (unsigned i = 0; i < window * passes; ++i) current.double_it();
    }
    const std::vector<affine<Curve>> bases = normalized(firsts);
    table_.reserve(rows * row_size);
    std::vector<point<Curve>> row(row_size);
    for (const affine<Curve>& base : bases) {
      point<Curve> multiple(base);
      for (point<Curve>& entry : row) {
        entry = multiple;
        multiple.add(base);
      }
      const std::vector<affine<Curve>> flat = normalized(row);
      table_.insert(table_.end(), flat.begin(), flat.end());
    }
  }

  static recoded recode(const number<Curve::words>& scalar) {
    recoded r{};
    int carry = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      int digit = static_cast<int>(bits_at(scalar, i * window, window)) + carry;
      carry = digit > static_cast<int>(row_size) ? 1 : 0;
      if (carry != 0) digit -= 1 << window;
      r[i] = static_cast<std::int8_t>(digit);
    }
    return r;
  }

  /// Adds what the digits of one pass stand for.
  void add_pass(point<Curve>& sum, const recoded& scalar, unsigned pass) const {
    const affine<Curve>* row = table_.data();
    for (std::size_t j = 0; j < rows; ++j, row += row_size) {
      const int digit = scalar[j * passes + pass];
      if (digit > 0) sum.add(row[digit - 1]);
      if (digit < 0) sum.subtract(row[-digit - 1]);
    }
  }

  point<Curve> multiply(const number<Curve::words>& scalar) const {
    const recoded r = recode(scalar);
    point<Curve> sum;
    for (unsigned pass = passes; pass-- > 0;) {
      add_pass(sum, r, pass);
      for (unsigned i = 0; pass != 0 && i < window; ++i) sum.double_it();
    }
    return sum;
  }

 private:
  std::vector<affine<Curve>> table_;
};

/// a P + b Q over two tables: the doublings are shared.
template <class Curve>
point<Curve> sum_of_multiples(const fixed_base<Curve>& p, const number<Curve::words>& a, const fixed_base<Curve>& q,
                              const number<Curve::words>& b) {
  using table = fixed_base<Curve>;
  const auto first = table::recode(a);
  const auto second = table::recode(b);
  point<Curve> sum;
  for (unsigned pass = table::passes; pass-- > 0;) {
    p.add_pass(sum, first, pass);
    q.add_pass(sum, second, pass);
    for (unsigned i = 0; pass != 0 && i < table::window; ++i) sum.double_it();
  }
  return sum;
}

/// k P without a table. The odd multiples below 16 are never infinite: the orders of points here are large, or 2 and 4. Non-adjacent form
/// of width 5, so that one doubling in six is followed by an addition.
template <class Curve>
point<Curve> multiply(const affine<Curve>& p, const number<Curve::words>& k) {
  constexpr unsigned width = 5;
  constexpr std::size_t length = 64 * Curve::words + 1;
  std::array<std::int8_t, length + width> digits{};
  unsigned carry = 0;
  for (std::size_t i = 0; i < length;) {
    if (bits_at(k, i, 1) == carry) {
      ++i;
      continue;
    }
    const unsigned window = bits_at(k, i, width) + carry;
    carry = window >> (width - 1);
    digits[i] = static_cast<std::int8_t>(static_cast<int>(window) - static_cast<int>(carry << width));
    i += width;
  }
  std::vector<point<Curve>> multiples(std::size_t{1} << (width - 2), point<Curve>(p));
  point<Curve> twice(p);
  twice.double_it();
  for (std::size_t i = 1; i < multiples.size(); ++i) {
    multiples[i] = multiples[i - 1];
    multiples[i].add(twice);
  }
  const std::vector<affine<Curve>> odd = normalized(multiples);
  point<Curve> sum;
  for (std::size_t i = digits.size(); i-- > 0;) {
    sum.double_it();
    if (digits[i] > 0) sum.add(odd[static_cast<std::size_t>(digits[i] / 2)]);
    if (digits[i] < 0) sum.subtract(odd[static_cast<std::size_t>(-digits[i] / 2)]);
  }
  return sum;
}

}  // namespace shep::gost
