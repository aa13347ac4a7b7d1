#include "ncanode/java_name.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <array>

namespace shep::ncanode {
namespace {

struct keyword {
  std::string_view type;
  std::string_view word;
};

constexpr std::array keywords{
    keyword{crypto::attribute::common_name, "CN"},
    keyword{crypto::attribute::surname, "SURNAME"},
    keyword{crypto::attribute::serial_number, "SERIALNUMBER"},
    keyword{crypto::attribute::country, "C"},
    keyword{crypto::attribute::locality, "L"},
    keyword{crypto::attribute::state, "ST"},
    keyword{crypto::attribute::organization, "O"},
    keyword{crypto::attribute::organizational_unit, "OU"},
    keyword{crypto::attribute::given_name, "GIVENNAME"},
    keyword{crypto::attribute::email, "EMAILADDRESS"},
    keyword{"2.5.4.9", "STREET"},
    keyword{"2.5.4.12", "T"},
    keyword{"0.9.2342.19200300.100.1.25", "DC"},
    keyword{"0.9.2342.19200300.100.1.1", "UID"},
};

std::string word_for(const std::string& type) {
  const auto found = std::find_if(keywords.begin(), keywords.end(), [&](const keyword& k) { return k.type == type; });
  return found == keywords.end() ? "OID." + type : std::string(found->word);
}

bool needs_quotes(std::string_view text) {
  return text.empty() || text.front() == ' ' || text.back() == ' ' || text.find("  ") != std::string_view::npos ||
         text.find_first_of(",+=\n<>#;\\\"") != std::string_view::npos;
}

std::string shown(const crypto::name_part& part) {
  if (!part.readable) return "#" + to_hex(part.der);
  if (!needs_quotes(part.text)) return part.text;
  std::string out = "\"";
  for (const char c : part.text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string java_name(const crypto::distinguished_name& name) {
  std::string out;
  for (auto rdn = name.rbegin(); rdn != name.rend(); ++rdn) {
    if (!out.empty()) out += ", ";
    for (std::size_t i = 0; i < rdn->size(); ++i) out += (i > 0 ? " + " : "") + word_for((*rdn)[i].type) + "=" + shown((*rdn)[i]);
  }
  return out;
}

std::string text_of(const crypto::distinguished_name& name, std::string_view type) {
  std::string out;
  for (const auto& rdn : name)
    for (const auto& part : rdn)
      if (part.type == type && part.readable) out = part.text;
  return out;
}

}  // namespace shep::ncanode
