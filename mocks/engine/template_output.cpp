#include "mocks/engine/template_evaluator.hpp"

namespace shep::mocks {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the UTF-8 sequence at the front of `text` (RFC 3629 section 4), or 0 when it is not one.
std::size_t sequence_length(std::string_view text) {
  const auto at = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  const auto tail = [&](std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i)
      if ((at(i) & 0xC0) != 0x80) return false;
    return true;
  };
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool shortest = first != 0xE0 || at(1) >= 0xA0;
    const bool surrogate = first == 0xED && at(1) >= 0xA0;
    return shortest && !surrogate && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool in_range = (first != 0xF0 || at(1) >= 0x90) && (first != 0xF4 || at(1) <= 0x8F);
    return in_range && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_noncharacter(std::string_view sequence) { return sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF"; }

/// Calls `one` with each whole character, `replacement` for what is none.
template <class One>
void for_each_character(std::string_view text, One one) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto character = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(character.size());
    one(length == 0 || is_noncharacter(character) ? replacement : character);
  }
}

}  // namespace

void append_for_xml(std::string& out, std::string_view text) {
  for_each_character(text, [&out](std::string_view c) {
    if (c.size() > 1) {
      out += c;
      return;
    }
    switch (c.front()) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\r': out += "&#xD;"; break;
      // Attribute values would turn these two into spaces (XML 1.0 section 3.3.3).
      case '\t': out += "&#x9;"; break;
      case '\n': out += "&#xA;"; break;
      default:
        if (static_cast<unsigned char>(c.front()) < 0x20) out += replacement;
        else out += c;
    }
  });
}

void append_plain(std::string& out, std::string_view text) {
  for_each_character(text, [&out](std::string_view c) {
    if (c == "\t" || c == "\r" || c == "\n") out += ' ';
    else if (c.size() > 1 || (static_cast<unsigned char>(c.front()) >= 0x20 && c.front() != 0x7F)) out += c;
  });
}

}  // namespace shep::mocks
