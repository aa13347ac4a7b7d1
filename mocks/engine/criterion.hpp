#pragma once

#include <string>

namespace shep::mocks {

class evaluation;

/// How one criterion of a mapping fared, for people: "serviceId", "equalTo 'A'", "B".
struct criterion_report {
  std::string name;
  bool exact = false;
  double distance = 0;  ///< 0 for exact, up to 1
  std::string expected;
  std::string actual;  ///< cut to 200 octets; "(absent)" when there was nothing
};

/// One condition of a mapping. Immutable, safe from any thread. `holds` and `explain(…).exact` always agree.
class criterion {
 public:
  virtual ~criterion() = default;
  virtual bool holds(evaluation&) const = 0;
  virtual criterion_report explain(evaluation&) const = 0;  ///< failing path only
  virtual double weight() const { return 1; }               ///< share in the distance of the whole mapping
};

}  // namespace shep::mocks
