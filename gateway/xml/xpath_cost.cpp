#include "xml/xpath_cost.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shep::xml {
namespace {

bool compares(const token& t) { return t.is("=") || t.is("!=") || t.is("<") || t.is("<=") || t.is(">") || t.is(">="); }

/// What stands apart from what came before it: each part is evaluated by itself, and the dearest counts.
bool parts(const token& t) {
  return t.is(",") || (t.kind == token_kind::operation && (t.text == "and" || t.text == "or" || t.text == "|" || t.text == "+" ||
                                                           t.text == "-" || t.text == "*" || t.text == "div" || t.text == "mod"));
}

/// Leads to more than what stands below one step: for each node that a predicate is asked about, it may walk the document again.
bool walks_far(const token& t) {
  static constexpr std::array<std::string_view, 8> axes{"descendant",        "descendant-or-self", "following", "preceding",
                                                        "following-sibling", "preceding-sibling",  "parent",    "ancestor"};
  if (t.kind == token_kind::axis) return std::find(axes.begin(), axes.end(), t.text) != axes.end() || t.text == "ancestor-or-self";
  return t.is("//") || t.is("..");
}

class reader {
 public:
  explicit reader(std::span<const token> all) : all_(all) {}

  /// One expression, up to the end or the bracket that closes it.
  unsigned expression(bool within_predicate) {
    unsigned dearest = 0, compared = 0;
    while (at_ < all_.size() && !all_[at_].closes()) {
      if (parts(all_[at_])) dearest = std::max(dearest, std::exchange(compared, 0U));
      if (parts(all_[at_]) || compares(all_[at_])) ++at_;
      else compared += operand(within_predicate);
    }
    return std::max(dearest, compared);
  }

 private:
  unsigned operand(bool within_predicate) {
    // Below a predicate a child step sees what stands below one node only; a path outside of them may see the whole document.
    bool far = within_predicate && all_[at_].is("/");
    unsigned grouped = 0, asked = 0;
    for (; at_ < all_.size() && !all_[at_].closes() && !parts(all_[at_]) && !compares(all_[at_]); ++at_) {
      far = far || walks_far(all_[at_]) || (!within_predicate && all_[at_].kind == token_kind::name);
      if (!all_[at_].opens()) continue;
      const bool predicate = all_[at_].is("[");
      ++at_;
      unsigned& most = predicate ? asked : grouped;
      most = std::max(most, expression(predicate || within_predicate));
    }
    return std::max(grouped, far ? 1U : 0U) + asked;
  }

  std::span<const token> all_;
  std::size_t at_ = 0;
};

}  // namespace

unsigned cost_degree(std::span<const token> all) { return reader(all).expression(false); }

bool affordable(unsigned degree, element context) {
  if (degree < 2) return true;
  std::size_t most = 1;  // elements: the largest number whose power keeps within the limit
  const auto power = [degree](std::size_t n) {
    std::size_t steps = 1;
    for (unsigned i = 0; i < degree && steps <= most_steps; ++i) steps *= n;
    return steps;
  };
  while (power(most * 2) <= most_steps) most *= 2;
  std::size_t seen = 0;
  for (element at = context; at; at = at.next_in_document(context))
    if (++seen > most && power(seen) > most_steps) return false;
  return true;
}

}  // namespace shep::xml
