#include "eds/id_attributes.hpp"

#include <algorithm>
#include <array>

namespace shep::eds {

std::vector<xml::element> elements_with_id(xml::element root, std::string_view id) {
  constexpr std::array<std::string_view, 4> flavours = {"Id", "ID", "id", "AssertionID"};
  std::vector<xml::element> found;
  for (xml::element e = root; e; e = e.next_in_document(root)) {
    if (e.has_attribute(flavours, id)) found.push_back(e);
  }
  return found;
}

bool is_plain_id(std::string_view id) {
  constexpr std::size_t longest = 255;
  const auto allowed = [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  };
  return !id.empty() && id.size() <= longest && std::all_of(id.begin(), id.end(), allowed);
}

}  // namespace shep::eds
