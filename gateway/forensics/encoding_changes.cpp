#include "forensics/changes.hpp"
#include "forensics/charsets.hpp"
#include "forensics/text_changes.hpp"

#include <algorithm>

namespace shep::forensics {

bool encoding_changes(std::string_view canonical, const visitor& look) {
  changes visit(canonical, look);
  for (const charset* c : charsets()) {
    const auto whole = reread(*c, canonical);
    if (!whole) continue;
    const std::string name(name_of(*c));
    if (visit(mistakes::mojibake_after, "It was read as " + name + ".", *whole)) return true;
    if (const auto twice = reread(*c, *whole); twice && visit(mistakes::mojibake_after, "It was read as " + name + ", twice.", *twice))
      return true;
  }
  if (std::all_of(canonical.begin(), canonical.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    if (visit(mistakes::byte_order_mark, "", "\xEF\xBB\xBF" + std::string(canonical))) return true;
  } else {
    for (const charset* c : charsets())
      if (const auto octets = encoded(*c, canonical);
          octets && visit(mistakes::wrong_charset, "It was digested in " + std::string(name_of(*c)) + ".", *octets))
        return true;
    for (const charset* c : charsets())
      for (const bool lossy : {false, true})
        if (visit(mistakes::mojibake_before, "It was read as " + std::string(name_of(*c)) + ".", misread(*c, canonical, lossy)))
          return true;
    if (visit(mistakes::byte_order_mark, "", "\xEF\xBB\xBF" + std::string(canonical))) return true;
  }
  for (const bool big : {false, true}) {
    const auto octets = utf16(canonical, big);
    if (!octets) return false;
    const std::string name = big ? "UTF-16BE" : "UTF-16LE";
    if (visit(mistakes::wrong_charset, "It was digested in " + name + ".", *octets) ||
        visit(mistakes::wrong_charset, "It was digested in " + name + " with a byte order mark.",
              (big ? "\xFE\xFF" : "\xFF\xFE") + *octets))
      return true;
  }
  return false;
}

}  // namespace shep::forensics
