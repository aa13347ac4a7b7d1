#include "forensics/patterns.hpp"

#include "core/bytes.hpp"
#include "forensics/canonical_text.hpp"
#include "forensics/charsets.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The label of the XML declaration; empty when there is none.
std::string_view declared_encoding(std::string_view text) {
  if (text.starts_with(utf8_mark)) text.remove_prefix(utf8_mark.size());
  if (!text.starts_with("<?xml")) return {};
  text = text.substr(0, text.find("?>"));
  const std::size_t at = text.find("encoding");
  if (at == std::string_view::npos) return {};
  const std::size_t quote = text.find_first_of("\"'", at);
  if (quote == std::string_view::npos) return {};
  const std::size_t end = text.find(text[quote], quote + 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(quote + 1, end - quote - 1);
}

bool is_utf8_label(std::string_view label) {
  std::string lower(label);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower.empty() || lower == "utf-8" || lower == "utf8" || lower == "us-ascii";
}

/// Words of question marks in text: what getBytes() writes for letters that an encoding does not have.
bool has_question_words(std::string_view text) {
  for (std::size_t at = text.find("??"); at != std::string_view::npos; at = text.find("??", at + 2)) {
    const std::size_t end = std::min(text.find_first_not_of('?', at), text.size());
    if (end - at >= 3) return true;
    at = end - 2;
  }
  return false;
}

std::string line_of(std::string_view text, std::size_t offset) {
  return std::to_string(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n') + 1);
}

}  // namespace

steps patterns_in(std::string_view received, std::string_view canonical) {
  steps out;
  const std::string_view text = canonical.empty() ? received : canonical;
  const bool sixteen = received.starts_with("\xFE\xFF") || received.starts_with("\xFF\xFE");
  if (!sixteen) {
    if (const std::string_view label = declared_encoding(received); !is_utf8_label(label))
      out.push_back({&mistakes::declared_charset, "The XML declaration says \"" + clipped(label, 40) + "\"."});
    else if (!is_utf8(received)) out.push_back({&mistakes::declared_charset, "Its octets are not UTF-8."});
  }
  if (const std::size_t at = received.find(utf8_mark, 1); at != std::string_view::npos)
    out.push_back({&mistakes::mark_inside, "It stands in line " + line_of(received, at) + " of the message."});
  if (looks_double_encoded(text)) out.push_back({&mistakes::double_encoded});
  if (text.find(replacement) != std::string_view::npos)
    out.push_back({&mistakes::lost_letters, "The replacement character U+FFFD was found."});
  else if (has_question_words(text)) out.push_back({&mistakes::lost_letters, "Three or more question marks in a row were found."});
  if (canonical.find("&#xD;") != std::string_view::npos) out.push_back({&mistakes::carriage_returns});
  return out;
}

}  // namespace shep::forensics
