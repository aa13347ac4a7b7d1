#pragma once

#include "forensics/canonical_text.hpp"
#include "forensics/visit.hpp"

/// Private to the sources behind text_changes.hpp.
namespace shep::forensics {

/// Visits what really differs from the canonical octets.
class changes {
 public:
  changes(std::string_view canonical, const visitor& visit) : canonical_(canonical), visit_(visit) {}

  bool operator()(const mistake& what, std::string detail, std::string_view octets) {
    if (octets.empty() || octets == canonical_) return false;
    return visit_(octets, {&what, std::move(detail)});
  }

 private:
  std::string_view canonical_;
  const visitor& visit_;
};

std::string replaced_all(std::string_view text, std::string_view what, std::string_view with);

/// The name of a change of layout: white space stands there now, or none.
const mistake& name_of_layout(const std::vector<token>& now);

/// Empty elements as <a/>, or with another ending.
std::string with_collapsed_tags(const std::vector<token>&, std::string_view ending);

}  // namespace shep::forensics
