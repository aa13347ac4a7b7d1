#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Canonical forms taken apart as text. Their grammar is small: no empty-element tags, no CDATA, no declarations, attributes in double
/// quotes without "<"; so a tag ends at the first ">" outside of quotes.
namespace shep::forensics {

struct token {
  enum class kind { start, end, text, comment, instruction } what = kind::text;
  std::string_view octets;
};

/// The tokens of a canonical form. Any other text gives tokens too, which mean nothing. Linear.
std::vector<token> tokens_of(std::string_view canonical);

std::string_view name_in(const token&);  ///< qualified name of a start or end tag
bool is_blank(std::string_view);         ///< only white space, also as &#xD;
std::string joined(const std::vector<token>&, bool comments = true);

enum class stripping { between_elements, every_blank, trimmed_text, before_last_tag };
/// Without white space: between elements; also elements that hold nothing else; also around text; or only before the last end tag.
std::string stripped(const std::vector<token>&, stripping);

struct indentation {
  std::string unit;  ///< per level
  std::string line_end = "\n";
  std::size_t levels = 0;           ///< of the first tag
  bool comments = true;             ///< false: they get their line, but are not written
  bool line_for_signature = false;  ///< one more line before the last end tag, where the signature stood
};
/// Pretty-printed: each element, comment and instruction on a line of its own where its parent holds no text. White space that was there
/// is replaced. Empty when the result would be more than four times as long (plus 64 KiB).
std::string indented(const std::vector<token>&, const indentation&);

/// Does white space stand between elements?
bool has_blanks(const std::vector<token>&);

/// Without every element of this local name (and prefix whatever), the first tag excepted.
std::string without_elements(const std::vector<token>&, std::string_view local);

/// The same with empty contents of the named elements (local names).
std::string with_empty(const std::vector<token>&, std::initializer_list<std::string_view> locals);

/// What stands between the first start tag and the last end tag.
std::string_view content_of(std::string_view canonical);

}  // namespace shep::forensics
