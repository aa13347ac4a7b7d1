#pragma once

#include "crypto/gost/parameters.hpp"

#include <vector>

namespace shep::gost {

/// A point with coordinates x, y; never the point at infinity.
template <class Curve>
struct affine {
  typename Curve::base::element x, y;
};

template <class Curve>
bool on_curve(const affine<Curve>& p) {
  using F = typename Curve::base;
  const auto right = F::add(F::multiply(F::add(F::square(p.x), Curve::a), p.x), Curve::b);
  return F::equal(F::square(p.y), right);
}

/// A point in Jacobian coordinates: x = X / Z^2, y = Y / Z^3. Complete: every sum is right, also of equal and opposite points.
template <class Curve>
class point {
  using F = typename Curve::base;
  using element = typename F::element;

 public:
  point() = default;  ///< the point at infinity
  explicit point(const affine<Curve>& p) : x_(p.x), y_(p.y), z_(F::one()), infinite_(false) {}

  bool infinite() const { return infinite_; }
  const element& x() const { return x_; }
  const element& z() const { return z_; }

  /// 3M + 5S for a = -3, else 2M + 8S + one by a.
  void double_it() {
    if (infinite_) return;
    if (F::is_zero(y_)) {
      infinite_ = true;
      return;
    }
    const element yy = F::square(y_);
    const element zz = F::square(z_);
    const element beta = F::multiply(x_, yy);
    element slope;
    if constexpr (Curve::a_is_minus_three) {
      const element product = F::multiply(F::subtract(x_, zz), F::add(x_, zz));
      slope = F::add(F::twice(product), product);
    } else {
      const element xx = F::square(x_);
      slope = F::add(F::add(F::twice(xx), xx), F::multiply(F::square(zz), Curve::a));
    }
    const element beta4 = F::twice(F::twice(beta));
    const element yy2 = F::twice(yy);
    z_ = F::twice(F::multiply(y_, z_));
    x_ = F::subtract(F::square(slope), F::twice(beta4));
    y_ = F::subtract(F::multiply(slope, F::subtract(beta4, x_)), F::twice(F::square(yy2)));
  }

  /// 8M + 3S.
  void add(const affine<Curve>& p) { add(p.x, p.y); }
  void subtract(const affine<Curve>& p) { add(p.x, F::negate(p.y)); }

  /// 12M + 4S.
  void add(const point& p) {
    if (p.infinite_) return;
    if (infinite_) {
      *this = p;
      return;
    }
    const element zz = F::square(z_);
    const element pzz = F::square(p.z_);
    const element u1 = F::multiply(x_, pzz);
    const element s1 = F::multiply(F::multiply(y_, pzz), p.z_);
    const element h = F::subtract(F::multiply(p.x_, zz), u1);
    const element r = F::subtract(F::multiply(F::multiply(p.y_, zz), z_), s1);
    if (meets(h, r)) return;
    finish(u1, s1, h, r, F::multiply(z_, p.z_));
  }

 private:
  void add(const element& px, const element& py) {
    if (infinite_) {
      *this = point(affine<Curve>{px, py});
      return;
    }
    const element zz = F::square(z_);
    const element h = F::subtract(F::multiply(px, zz), x_);
    const element r = F::subtract(F::multiply(F::multiply(py, zz), z_), y_);
    if (meets(h, r)) return;
    const element u1 = x_;
    const element s1 = y_;
    finish(u1, s1, h, r, z_);
  }

  /// The two points have one x: the sum is a doubling or infinity.
  bool meets(const element& h, const element& r) {
    if (!F::is_zero(h)) [[likely]]
      return false;
    if (F::is_zero(r)) {
      double_it();
    } else {
      infinite_ = true;
    }
    return true;
  }

  void finish(const element& u1, const element& s1, const element& h, const element& r, const element& z) {
    const element hh = F::square(h);
    const element hhh = F::multiply(hh, h);
    const element v = F::multiply(u1, hh);
    z_ = F::multiply(z, h);
    x_ = F::subtract(F::subtract(F::square(r), hhh), F::twice(v));
    y_ = F::subtract(F::multiply(r, F::subtract(v, x_)), F::multiply(s1, hhh));
  }

  element x_{}, y_{}, z_{};
  bool infinite_ = true;

  template <class C>
  friend std::vector<affine<C>> normalized(const std::vector<point<C>>& points);
};

/// The same points with Z = 1, by one inversion for all of them. None may be infinite.
template <class Curve>
std::vector<affine<Curve>> normalized(const std::vector<point<Curve>>& points) {
  using F = typename Curve::base;
  std::vector<typename F::element> products;
  products.reserve(points.size());
  typename F::element product = F::one();
  for (const point<Curve>& p : points) {
    products.push_back(product);
    product = F::multiply(product, p.z_);
  }
  std::vector<affine<Curve>> r(points.size());
  if (points.empty()) return r;
  typename F::element inverse = F::invert(product);
  for (std::size_t i = points.size(); i-- > 0;) {
    const auto z = F::multiply(inverse, products[i]);
    inverse = F::multiply(inverse, points[i].z_);
    const auto zz = F::square(z);
    r[i] = {F::canonical(F::multiply(points[i].x_, zz)), F::canonical(F::multiply(points[i].y_, F::multiply(zz, z)))};
  }
  return r;
}

}  // namespace shep::gost
