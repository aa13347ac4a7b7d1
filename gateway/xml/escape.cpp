#include "xml/escape.hpp"

#include "xml/escape_runs.hpp"

namespace shep::xml {

void append_text(std::string& out, std::string_view text) {
  escape_runs(text, in_text, [&](std::string_view piece) { out.append(piece); });
}

void append_attribute_value(std::string& out, std::string_view text) {
  escape_runs(text, in_attribute, [&](std::string_view piece) { out.append(piece); });
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  append_text(out, text);
  return out;
}

}  // namespace shep::xml
