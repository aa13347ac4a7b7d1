#include "mocks/engine/near_text.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace shep::mocks {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, compared + 1> row;
  std::iota(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(b.size()) + 1, std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

double text_distance(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  const auto head_a = a.substr(0, compared);
  const auto head_b = b.substr(0, compared);
  const std::size_t longer = std::max(head_a.size(), head_b.size());
  // Equal heads of different texts are near, but not equal.
  return std::max(1.0 / compared, static_cast<double>(edit_distance(head_a, head_b)) / static_cast<double>(longer));
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known) {
  const std::string sought = lower_ascii(word.substr(0, compared));
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, sought.size() / 3) + 1;
  for (const auto candidate : known) {
    const std::size_t distance = edit_distance(sought, lower_ascii(candidate.substr(0, compared)));
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::string known_words_hint(std::string_view word, std::span<const std::string_view> known) {
  if (const auto near = nearest_word(word, known); !near.empty()) return "did you mean '" + std::string(near) + "'?";
  if (known.empty()) return {};
  std::string hint = "known here:";
  for (const auto candidate : known) hint.append(" ").append(candidate);
  return hint;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace shep::mocks
