#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// How far texts are apart, for explanations. Bounded: only the first `compared` octets count.
namespace shep::mocks {

inline constexpr std::size_t compared = 128;

/// Levenshtein distance in octets divided by the longer length: 0 equal, 1 nothing in common.
double text_distance(std::string_view a, std::string_view b);

/// The word closest to `word` when it is close enough to be a slip of the pen; empty otherwise.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known);

/// "did you mean 'x'?" or the list of what is known.
std::string known_words_hint(std::string_view word, std::span<const std::string_view> known);

/// At most 200 octets of a value, cut between characters, "…" when cut.
std::string shortened(std::string_view text);

}  // namespace shep::mocks
