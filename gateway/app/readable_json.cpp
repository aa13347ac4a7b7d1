#include "app/readable_json.hpp"

#include <boost/json.hpp>

namespace shep::app {

namespace json = boost::json;

std::string readable(const json::value& v, std::size_t level) {
  const auto* object = v.if_object();
  const auto* list = v.if_array();
  if ((object == nullptr || object->empty()) && (list == nullptr || list->empty())) return json::serialize(v);
  const std::string inner = "\n" + std::string(2 * (level + 1), ' ');
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? inner : "," + inner) + text; };
  if (object != nullptr)
    for (const auto& member : *object) add(json::serialize(json::string(member.key())) + ": " + readable(member.value(), level + 1));
  else
    for (const json::value& item : *list) add(readable(item, level + 1));
  const std::string end = "\n" + std::string(2 * level, ' ');
  return object != nullptr ? "{" + out + end + "}" : "[" + out + end + "]";
}

}  // namespace shep::app
