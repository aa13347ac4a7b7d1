#include "pipeline/exposition.hpp"

namespace shep::pipeline::exposition {

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

std::string label(std::string_view name, std::string_view value) {
  std::string out(name);
  out += "=\"";
  for (const char c : value)
    if (c == '\n') out += "\\n";
    else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  return out + '"';
}

void line(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, std::string_view value) {
  head(out, name, type, help);
  line(out, name, {}, value);
}

}  // namespace shep::pipeline::exposition
