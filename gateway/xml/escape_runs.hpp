#pragma once

#include <array>
#include <string_view>

/// Private to module xml: the two escaping tables of Canonical XML 1.0 section 2.3 and the loop that applies them.
namespace shep::xml {

using escape_table = std::array<std::string_view, 256>;

constexpr escape_table make_text_table() {
  escape_table table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['\r'] = "&#xD;";
  return table;
}

constexpr escape_table make_attribute_table() {
  escape_table table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['"'] = "&quot;";
  table['\t'] = "&#x9;";
  table['\n'] = "&#xA;";
  table['\r'] = "&#xD;";
  return table;
}

/// A table of what to write, and one bit for each octet that needs it: the scan touches the small part only.
struct escaping {
  escape_table written;
  std::array<bool, 256> special{};

  constexpr explicit escaping(const escape_table& table) : written(table) {
    for (std::size_t i = 0; i < table.size(); ++i) special[i] = !table[i].empty();
  }
};

inline constexpr escaping in_text{make_text_table()};
inline constexpr escaping in_attribute{make_attribute_table()};

/// Calls `append` with pieces that together are the escaped text; stretches without special characters come in one piece.
template <class Append>
void escape_runs(std::string_view text, const escaping& rules, Append append) {
  const char* run = text.data();
  const char* const end = run + text.size();
  for (const char* at = run; at != end; ++at) {
    const auto octet = static_cast<unsigned char>(*at);
    if (!rules.special[octet]) continue;
    if (at != run) append(std::string_view(run, static_cast<std::size_t>(at - run)));
    append(rules.written[octet]);
    run = at + 1;
  }
  if (run != end) append(std::string_view(run, static_cast<std::size_t>(end - run)));
}

}  // namespace shep::xml
