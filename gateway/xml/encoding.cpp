#include "xml/encoding.hpp"

#include "xml/problems.hpp"

#include <algorithm>
#include <string>

namespace shep::xml {
namespace {

using namespace std::string_view_literals;

struct signature {
  std::string_view octets;
  std::string_view encoding;
};

// XML 1.0 appendix F. Longer signatures first: the mark of UTF-32LE begins with that of UTF-16LE.
constexpr signature refused[] = {
    {"\x00\x00\xfe\xff"sv, "UTF-32BE"},
    {"\xff\xfe\x00\x00"sv, "UTF-32LE"},
    {"\x00\x00\x00<"sv, "UTF-32BE without a byte order mark"},
    {"<\x00\x00\x00"sv, "UTF-32LE without a byte order mark"},
    {"\x00<"sv, "UTF-16BE without a byte order mark"},
    {"<\x00"sv, "UTF-16LE without a byte order mark"},
    {"\x4c\x6f\xa7\x94"sv, "EBCDIC"},
};

constexpr std::string_view advice = "send the document as UTF-8";
constexpr std::string_view beginning = "line 1, column 1, byte 0";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// The label may be 10 MiB of anything: the report shows enough to recognize it.
std::string shown(std::string_view label) {
  std::string out;
  for (const char c : label.substr(0, 64)) out += (c >= ' ' && c <= '~') ? c : '?';
  if (label.size() > 64) out += "...";
  return out;
}

}  // namespace

result<encoding_form> form_of_octets(std::string_view bytes) {
  for (const signature& s : refused) {
    if (bytes.starts_with(s.octets)) {
      return problem(problems::xml_encoding, "the text is " + std::string(s.encoding) + "; UTF-8 was expected", std::string(beginning),
                     std::string(advice));
    }
  }
  if (bytes.starts_with("\xff\xfe"sv)) return encoding_form::utf16le;
  if (bytes.starts_with("\xfe\xff"sv)) return encoding_form::utf16be;
  return encoding_form::utf8;
}

result<void> check_units(std::string_view bytes, encoding_form form) {
  if (form == encoding_form::utf8) return {};
  const std::size_t high = form == encoding_form::utf16be ? 0 : 1;
  const auto unit = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(bytes[i + high]) << 8 | static_cast<unsigned char>(bytes[i + 1 - high]));
  };
  const auto low_surrogate = [&](std::size_t i) { return i + 1 < bytes.size() && (unit(i) & 0xFC00U) == 0xDC00U; };
  std::size_t line = 1;
  std::size_t line_start = 2;  // the text begins behind its byte order mark
  for (std::size_t i = 2; i < bytes.size(); i += 2) {
    std::string wrong;
    if (i + 1 == bytes.size()) wrong = "the text ends within a unit of UTF-16";
    else if (low_surrogate(i)) wrong = "a low surrogate without a high one before it";
    else if ((unit(i) & 0xFC00U) == 0xD800U && !low_surrogate(i + 2)) wrong = "a high surrogate without a low one after it";
    if (!wrong.empty()) {
      return problem(
          problems::xml_not_well_formed, std::move(wrong),
          "line " + std::to_string(line) + ", column " + std::to_string((i - line_start) / 2 + 1) + ", byte " + std::to_string(i),
          std::string(advice));
    }
    if (unit(i) == '\n') {
      ++line;
      line_start = i + 2;
    }
    if ((unit(i) & 0xFC00U) == 0xD800U) i += 2;
  }
  return {};
}

bool agrees(std::string_view label, encoding_form form) {
  const std::string name = lower(label.substr(0, 16));
  switch (form) {
    case encoding_form::utf8: return name == "utf-8";
    case encoding_form::utf16le: return name == "utf-16" || name == "utf-16le";
    case encoding_form::utf16be: return name == "utf-16" || name == "utf-16be";
  }
  return false;
}

std::string_view name_of(encoding_form form) {
  switch (form) {
    case encoding_form::utf8: return "UTF-8";
    case encoding_form::utf16le: return "UTF-16LE";
    case encoding_form::utf16be: return "UTF-16BE";
  }
  return "";
}

problem encoding_refused(std::string_view label, encoding_form form, std::string_view place, std::string where) {
  return problem(problems::xml_encoding,
                 std::string(place) + " names the encoding \"" + shown(label) + "\" but the text was read as " +
                     std::string(name_of(form)) + "; UTF-8 was expected, or UTF-16 with a byte order mark and its name",
                 std::move(where), std::string(advice));
}

}  // namespace shep::xml
