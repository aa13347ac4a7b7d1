#include "crypto/name.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <array>

namespace shep::crypto {
namespace {

struct keyword_row {
  std::string_view type;
  std::string_view keyword;
};

/// The first row of a type is how it is written; all are understood.
constexpr std::array keywords{
    keyword_row{attribute::common_name, "CN"},
    keyword_row{attribute::surname, "SURNAME"},
    keyword_row{attribute::surname, "SN"},
    keyword_row{attribute::serial_number, "SERIALNUMBER"},
    keyword_row{attribute::country, "C"},
    keyword_row{attribute::locality, "L"},
    keyword_row{attribute::state, "ST"},
    keyword_row{attribute::state, "S"},
    keyword_row{attribute::state, "SP"},
    keyword_row{"2.5.4.9", "STREET"},
    keyword_row{attribute::organization, "O"},
    keyword_row{attribute::organizational_unit, "OU"},
    keyword_row{"2.5.4.12", "T"},
    keyword_row{"2.5.4.12", "TITLE"},
    keyword_row{attribute::given_name, "GIVENNAME"},
    keyword_row{attribute::given_name, "G"},
    keyword_row{attribute::given_name, "GN"},
    keyword_row{attribute::email, "E"},
    keyword_row{attribute::email, "EMAIL"},
    keyword_row{attribute::email, "EMAILADDRESS"},
    keyword_row{"0.9.2342.19200300.100.1.25", "DC"},
    keyword_row{"0.9.2342.19200300.100.1.1", "UID"},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_character_string(std::uint8_t tag) {
  using namespace asn1::tags;
  return tag == utf8_string || tag == printable_string || tag == numeric_string || tag == ia5_string || tag == visible_string ||
         tag == bmp_string;
}

name_part read_part(asn1::reader& r, std::string_view what) {
  asn1::reader pair = r.enter(asn1::tags::sequence, "an attribute of " + std::string(what));
  name_part part;
  part.type = pair.oid("an attribute type of " + std::string(what));
  const asn1::element value = pair.any("an attribute value of " + std::string(what));
  pair.end("an attribute of " + std::string(what));
  if (r.failed()) return part;
  part.tag = value.tag;
  part.der = value.whole;
  if (std::optional<std::string> text = asn1::text(value)) {
    part.readable = true;
    part.text = std::move(*text);
  } else if (is_character_string(value.tag)) {
    r.fail("attribute " + part.type + " of " + std::string(what) + " is not valid text of its type, or holds a NUL character");
  }
  return part;
}

// RFC 4514 section 2.4. Control characters too, so that a name stays on one line of a log.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view special = "\"+,;<>\\";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool edge_space = c == ' ' && (i == 0 || i + 1 == text.size());
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += '\\';
      out += to_hex(std::string_view(&c, 1));
      continue;
    }
    if (edge_space || (c == '#' && i == 0) || special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
}

void append_part(std::string& out, const name_part& part) {
  const auto row = std::find_if(keywords.begin(), keywords.end(), [&](const keyword_row& r) { return r.type == part.type; });
  out += row == keywords.end() ? std::string_view(part.type) : row->keyword;
  out += '=';
  if (row != keywords.end() && part.readable) {
    append_escaped(out, part.text);
  } else {
    out += '#';
    out += to_hex(part.der);
  }
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      out += lower(c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string part_key(const name_part& part) {
  const std::string value = part.readable ? folded(part.text) : part.der;
  return part.type + (part.readable ? '=' : '#') + std::to_string(value.size()) + ':' + value;
}

}  // namespace

distinguished_name read_name(asn1::reader& r, std::string_view what) {
  distinguished_name name;
  asn1::reader sequence = r.enter(asn1::tags::sequence, what);
  while (sequence.more()) {
    asn1::reader set = sequence.enter(asn1::tags::set, "a relative distinguished name of " + std::string(what));
    if (!set.more()) set.fail("a relative distinguished name of " + std::string(what) + " is empty");
    std::vector<name_part> parts;
    while (set.more()) parts.push_back(read_part(set, what));
    name.push_back(std::move(parts));
  }
  return name;
}

distinguished_name parse_name(std::string_view der) {
  asn1::failure failure;
  asn1::reader r(der, failure);
  return read_name(r, "the name");
}

std::string name_text(const distinguished_name& name) {
  std::string out;
  for (auto rdn = name.rbegin(); rdn != name.rend(); ++rdn) {
    if (!out.empty()) out += ',';
    bool first = true;
    for (const name_part& part : *rdn) {
      if (!first) out += '+';
      first = false;
      append_part(out, part);
    }
  }
  return out;
}

std::string name_key(const distinguished_name& name) {
  std::string key;
  for (const auto& rdn : name) {
    std::vector<std::string> parts;
    for (const name_part& part : rdn) parts.push_back(part_key(part));
    std::sort(parts.begin(), parts.end());
    for (const std::string& part : parts) key += part + '+';
    key += ',';
  }
  return key;
}

std::string attribute_type(std::string_view keyword) {
  for (const keyword_row& row : keywords) {
    if (equal_ignoring_case(row.keyword, keyword)) return std::string(row.type);
  }
  if (keyword.size() > 4 && equal_ignoring_case(keyword.substr(0, 4), "OID.")) keyword.remove_prefix(4);
  const bool dotted = !keyword.empty() && keyword.find_first_not_of("0123456789.") == std::string_view::npos;
  return dotted ? std::string(keyword) : std::string();
}

}  // namespace shep::crypto
