#include "forensics/compare.hpp"

#include "core/bytes.hpp"
#include "eds/printable.hpp"
#include "forensics/canonical_text.hpp"
#include "forensics/changes.hpp"
#include "forensics/charsets.hpp"

#include <algorithm>
#include <set>

namespace shep::forensics {
namespace {

window window_at(std::string_view text, std::size_t offset) {
  constexpr std::size_t before = 16, after = 32;
  window w;
  w.begin = offset > before ? offset - before : 0;
  const std::string_view shown = text.substr(std::min(w.begin, text.size()), offset - w.begin + after);
  for (const char c : shown) {
    const std::string hex = to_hex(std::string_view(&c, 1));
    w.hex += (w.hex.empty() ? "" : " ") + hex;
    w.text += c >= 0x20 && c < 0x7F ? c : '.';
  }
  return w;
}

std::string without(std::string_view text, std::string_view octets) {
  std::string out;
  for (const char c : text)
    if (octets.find(c) == std::string_view::npos) out += c;
  return out;
}

/// The tag that holds the place; empty when the place is in no tag.
std::string_view tag_around(std::string_view text, std::size_t offset) {
  const std::size_t begin = text.rfind('<', offset);
  if (begin == std::string_view::npos) return {};
  const token t = tokens_of(text.substr(begin)).front();
  if (t.what != token::kind::start || begin + t.octets.size() <= offset) return {};
  return t.octets;
}

/// ` name="value"` pieces of a start tag.
std::vector<std::string_view> attributes_in(std::string_view tag) {
  std::vector<std::string_view> out;
  std::size_t at = tag.find(' ');
  while (at < tag.size()) {
    const std::size_t equals = tag.find("=\"", at);
    if (equals == std::string_view::npos) break;
    const std::size_t end = tag.find('"', equals + 2);
    if (end == std::string_view::npos) break;
    out.push_back(tag.substr(at + 1, end - at));
    at = tag.find(' ', end);
  }
  return out;
}

void compare_tags(std::string_view ours, std::string_view theirs, std::vector<std::string>& words) {
  const auto a = attributes_in(ours), b = attributes_in(theirs);
  const std::multiset<std::string_view> left(a.begin(), a.end()), right(b.begin(), b.end());
  if (name_in({token::kind::start, ours}) == name_in({token::kind::start, theirs}) && left == right && a != b) {
    words.push_back(
        "The start tags hold the same attributes in another order: the canonical form sorts declarations by prefix, then attributes by "
        "namespace and name.");
    return;
  }
  const auto missing = [&](const std::vector<std::string_view>& from, const std::multiset<std::string_view>& in, const std::string& who) {
    for (const std::string_view one : from) {
      if (in.contains(one)) continue;
      const bool declaration = one.starts_with("xmlns");
      words.push_back((declaration ? "A namespace declaration stands only in " : "An attribute stands only in ") + who + ": " +
                      eds::printable(clipped(one, 120)) + ".");
    }
  };
  missing(a, right, "ours");
  missing(b, left, "theirs");
}

/// Differences of the whole texts that have a name.
void compare_wholes(std::string_view ours, std::string_view theirs, std::vector<std::string>& words) {
  constexpr std::string_view blank = " \t\r\n";
  if (theirs.empty()) words.push_back("Theirs is empty.");
  if (theirs.starts_with(utf8_mark) && !ours.starts_with(utf8_mark)) words.push_back("Theirs begins with a byte order mark.");
  if (theirs.starts_with("<?xml")) words.push_back("Theirs begins with an XML declaration, which is no part of a canonical form.");
  if (theirs.size() > ours.size() && theirs.starts_with(ours) && is_blank(theirs.substr(ours.size())))
    words.push_back("Theirs only has a line end more at its end; an editor may have put it there.");
  if (without(ours, "\r") == without(theirs, "\r") || replaced_all(ours, "&#xD;", "") == replaced_all(without(theirs, "\r"), "&#xD;", ""))
    words.push_back("Only line ends differ.");
  else if (without(replaced_all(ours, "&#xD;", ""), blank) == without(replaced_all(theirs, "&#xD;", ""), blank))
    words.push_back("Only white space differs.");
  if (!is_utf8(theirs)) words.push_back("Theirs is not UTF-8.");
  for (const charset* c : charsets()) {
    if (const auto octets = encoded(*c, ours); octets && *octets != ours && *octets == theirs)
      words.push_back("Theirs is the same text in " + std::string(name_of(*c)) + ".");
    if (const auto whole = reread(*c, ours); whole && *whole == theirs)
      words.push_back("Ours is double-encoded: it was read as " + std::string(name_of(*c)) + ".");
    if (const auto whole = reread(*c, theirs); whole && *whole == ours)
      words.push_back("Theirs is double-encoded: it was read as " + std::string(name_of(*c)) + ".");
  }
}

}  // namespace

comparison compare_canonical(std::string_view ours, std::string_view theirs) {
  comparison out;
  out.our_length = ours.size();
  out.their_length = theirs.size();
  out.equal = ours == theirs;
  if (out.equal) return out;
  const auto differ = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  out.offset = static_cast<std::size_t>(differ.first - ours.begin());
  out.ours = window_at(ours, out.offset);
  out.theirs = window_at(theirs, out.offset);
  compare_wholes(ours, theirs, out.words);
  const std::string_view our_tag = tag_around(ours, out.offset), their_tag = tag_around(theirs, out.offset);
  if (!our_tag.empty() && !their_tag.empty()) compare_tags(our_tag, their_tag, out.words);
  if (out.words.empty()) {
    const bool text = our_tag.empty() && their_tag.empty();
    out.words.push_back(out.offset == ours.size()     ? "Ours ends where theirs goes on."
                        : out.offset == theirs.size() ? "Theirs ends where ours goes on."
                        : text                        ? "The text differs."
                                                      : "The tags differ.");
  }
  return out;
}

comparison compare_canonical(const mapped_canonical& ours, std::string_view theirs) {
  comparison out = compare_canonical(ours.octets, theirs);
  if (!out.equal) out.place = place_of(ours, std::min(out.offset, ours.octets.empty() ? 0 : ours.octets.size() - 1));
  return out;
}

std::string to_text(const comparison& c) {
  if (c.equal) return "their canonical octets equal ours (" + std::to_string(c.our_length) + " octets)\n";
  std::string out = "their canonical octets differ from ours at offset " + std::to_string(c.offset) + " (ours " +
                    std::to_string(c.our_length) + " octets, theirs " + std::to_string(c.their_length) + ")\n";
  for (const std::string& w : c.words) out += "  " + w + "\n";
  if (c.place)
    out += "  in the source  line " + std::to_string(c.place->position.line) + ", column " + std::to_string(c.place->position.column) +
           ": " + c.place->what + " of " + eds::printable(c.place->xpath) + "\n";
  for (const auto& [name, w] : {std::pair<const char*, const window&>{"ours  ", c.ours}, {"theirs", c.theirs}}) {
    out += "  " + std::string(name) + "  from offset " + std::to_string(w.begin) + "\n    " + w.hex + "\n    " + w.text + "\n";
    if (c.offset >= w.begin && !w.hex.empty()) out += "    " + std::string(c.offset - w.begin, ' ') + "^\n";
  }
  return out;
}

}  // namespace shep::forensics
