#include "forensics/html_octets.hpp"

#include "forensics/visible.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

constexpr std::size_t row_width = 100;

/// Rows of text with changing colours. A colour is a CSS class of one letter, or none.
class rows {
 public:
  void write(const glyph& g, char colour) {
    if (width_ == row_width) end_row();
    if (width_ == 0 && !row_open_) begin_row();
    if (colour != colour_) {
      close_colour();
      if (colour != '\0') out_ += std::string("<span class=\"") + colour + "\">";
      colour_ = colour;
    }
    if (g.octets == "\n") {
      out_ += "<span class=\"n\">\xE2\x8F\x8E</span>";
      end_row();
      ++line_;
      column_ = 1;
      return;
    }
    if (g.plain) out_ += html_text(g.octets);
    else out_ += "<span class=\"c\">" + number_of(g) + "</span>";
    ++width_;
    ++column_;
  }

  std::string take() {
    close_colour();
    return "<pre>" + out_ + "</pre>\n";
  }

 private:
  void begin_row() {
    close_colour();
    std::string place = std::to_string(line_) + ":" + std::to_string(column_);
    place.insert(0, place.size() < 10 ? 10 - place.size() : 0, ' ');
    out_ += "<span class=\"n\">" + place + "  </span>";
    row_open_ = true;
  }
  void end_row() {
    close_colour();
    out_ += "\n";
    width_ = 0;
    row_open_ = false;
  }
  void close_colour() {
    if (colour_ != '\0') out_ += "</span>";
    colour_ = '\0';
  }

  std::string out_;
  std::size_t line_ = 1, column_ = 1, width_ = 0;
  bool row_open_ = false;
  char colour_ = '\0';
};

std::string cut_note(std::size_t all, std::size_t shown) {
  return all <= shown ? "" : "<p>" + std::to_string(all - shown) + " more octets are not shown.</p>\n";
}

}  // namespace

std::string octets_block(std::string_view octets, std::size_t most_shown) {
  rows out;
  std::string_view rest = octets.substr(0, most_shown);
  while (!rest.empty()) {
    const glyph g = first_glyph(rest);
    out.write(g, '\0');
    rest.remove_prefix(g.octets.size());
  }
  return out.take() + cut_note(octets.size(), most_shown);
}

std::string source_block(std::string_view source, const std::vector<eds::covered_part>& parts, std::size_t most_shown) {
  // Parts come in document order, an outer one before what it holds: a stack of them says which is innermost.
  std::vector<const eds::covered_part*> open;
  std::size_t next = 0, at = 0;
  rows out;
  std::string_view rest = source.substr(0, most_shown);
  while (!rest.empty()) {
    while (!open.empty() && at >= open.back()->end) open.pop_back();
    while (next < parts.size() && parts[next].position.offset <= at) {
      if (parts[next].position.line != 0 && parts[next].end > at) open.push_back(&parts[next]);
      ++next;
    }
    const glyph g = first_glyph(rest);
    // Only the leaves of the map are coloured as unsigned: an envelope holds both.
    const char colour = open.empty() ? '\0' : open.back()->is_signed ? 's' : open.back()->kind == "Envelope" ? '\0' : 'u';
    out.write(g, colour);
    rest.remove_prefix(g.octets.size());
    at += g.octets.size();
  }
  return out.take() + cut_note(source.size(), most_shown);
}

}  // namespace shep::forensics
