#include "app/shadowed.hpp"

#include "app/files.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace shep::app {
namespace {

namespace json = boost::json;

/// The same text for the same value, whatever order its keys were written in. The depth is what the mapping loader admits.
std::string canonical(const json::value& v) {
  if (const auto* object = v.if_object()) {
    std::vector<std::string> members;
    for (const auto& m : *object) members.push_back(json::serialize(json::string(m.key())) + ":" + canonical(m.value()));
    std::sort(members.begin(), members.end());
    std::string out = "{";
    for (const std::string& m : members) out += m + ",";
    return out + "}";
  }
  if (const auto* array = v.if_array()) {
    std::string out = "[";
    for (const json::value& item : *array) out += canonical(item) + ",";
    return out + "]";
  }
  return json::serialize(v);
}

/// One criterion a line; a list is a criterion for each of its items, because all of them must hold.
void add_criteria(const json::object& from, const std::string& path, std::vector<std::string>& out) {
  for (const auto& member : from) {
    const std::string key = path + std::string(member.key());
    if (const auto* list = member.value().if_array()) {
      for (const json::value& item : *list) out.push_back(key + "=" + canonical(item));
    } else if (const auto* inner = member.value().if_object(); inner != nullptr && member.key() == "shep") {
      add_criteria(*inner, key + ".", out);
    } else if (member.value().is_string()) {
      out.push_back(key + "=" + canonical(json::object{{"equalTo", member.value()}}));
    } else {
      out.push_back(key + "=" + canonical(member.value()));
    }
  }
}

struct written {
  const mocks::mapping* mapping;
  std::size_t loaded_as;
  std::vector<std::string> criteria;  ///< sorted
};

written read(const mocks::mapping& m, std::size_t loaded_as) {
  written out{&m, loaded_as, {}};
  boost::system::error_code failed;
  const json::value source = json::parse(m.source, failed);
  const json::object* top = failed ? nullptr : source.if_object();
  if (top == nullptr) return out;
  if (const auto* request = top->if_contains("request"); request != nullptr && request->is_object())
    add_criteria(request->get_object(), {}, out.criteria);
  // Requests meet a mapping of a scenario in one of its states only.
  for (const char* key : {"scenarioName", "scenarioKey", "requiredScenarioState"})
    if (const auto* value = top->if_contains(key)) out.criteria.push_back(std::string(key) + "=" + canonical(*value));
  std::sort(out.criteria.begin(), out.criteria.end());
  return out;
}

bool asked_before(const written& a, const written& b) {
  return a.mapping->priority != b.mapping->priority ? a.mapping->priority < b.mapping->priority : a.loaded_as > b.loaded_as;
}

bool hides(const written& a, const written& b) {
  if (!a.mapping->service_id.empty() && a.mapping->service_id != b.mapping->service_id) return false;
  return asked_before(a, b) && std::includes(b.criteria.begin(), b.criteria.end(), a.criteria.begin(), a.criteria.end());
}

}  // namespace

std::vector<problem> shadowed_mappings(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>> mappings) {
  std::vector<written> all;
  for (const auto& m : mappings) all.push_back(read(*m, all.size()));
  std::vector<problem> out;
  for (const written& later : all)
    for (const written& earlier : all) {
      if (&earlier == &later || !hides(earlier, later)) continue;
      out.push_back({problems::usage,
                     "mapping '" + later.mapping->name + "' can never answer: whatever it matches is answered by '" +
                         earlier.mapping->name + "' in " + earlier.mapping->file + " before",
                     place_of_mapping(root, *later.mapping), "give it a lower priority number, or one more criterion to the other"});
      break;
    }
  return out;
}

std::string place_of_mapping(const std::string& root, const mocks::mapping& m) {
  const auto text = read_file(resolved(root, m.file));
  if (!text) return m.file;
  for (const std::string& name : {m.id, m.name}) {
    const std::size_t at = text->find(json::serialize(json::string(name)));
    if (at != std::string::npos)
      return m.file + ":" + std::to_string(1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }
  return m.file + ":1";
}

}  // namespace shep::app
