#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shep::mocks {

class evaluation;
class query;
struct request_view;

/// How one criterion of a mapping fared, for people: "serviceId", "equalTo 'A'", "B".
struct criterion_report {
  std::string name;
  bool exact = false;
  double distance = 0;  ///< 0 for exact, up to 1
  std::string expected;
  std::string actual;  ///< cut to 200 octets; "(absent)" when there was nothing
};

/// One text that a criterion demands, at an XPath or in a part of the request: what an index can look up. Belongs to the criterion.
struct equality {
  const query* path = nullptr;
  std::string_view request_view::*part = nullptr;  ///< when there is no path
  std::string_view text;
};

/// One condition of a mapping. Immutable, safe from any thread. `holds` and `explain(…).exact` always agree.
class criterion {
 public:
  virtual ~criterion() = default;
  virtual bool holds(evaluation&) const = 0;
  virtual criterion_report explain(evaluation&) const = 0;                   ///< failing path only
  virtual std::optional<equality> demanded() const { return std::nullopt; }  ///< the criterion is this equality, or more than it
  virtual double weight() const { return 1; }                                ///< share in the distance of the whole mapping
};

}  // namespace shep::mocks
