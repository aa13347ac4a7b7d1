#include "mocks/population/dictionaries.hpp"

#include "mocks/population/problems.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

problem not_a_dictionary(std::string_view name) {
  return {problems::bad_record, "a dictionary is code → [name in Russian, name in Kazakh], or the name of another one",
          "/dictionaries/" + std::string(name)};
}

}  // namespace

result<dictionaries> dictionaries::read(const json::object& table) {
  dictionaries read;
  for (const auto& [name, value] : table) {
    if (!value.is_object()) continue;
    codes& rows = read.tables_[name];
    for (const auto& [code, names] : value.get_object()) {
      const json::array* pair = names.if_array();
      if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) return not_a_dictionary(name);
      rows[code] = json::object{{"code", code}, {"nameRu", (*pair)[0]}, {"nameKz", (*pair)[1]}};
    }
  }
  for (const auto& [name, value] : table) {
    if (value.is_object()) continue;
    const json::string* other = value.if_string();
    if (other == nullptr) return not_a_dictionary(name);
    const auto found = read.tables_.find(std::string_view(*other));
    if (found == read.tables_.end()) return not_a_dictionary(name);
    const codes copied = found->second;
    read.tables_[name] = copied;
  }
  return read;
}

const json::object* dictionaries::find(std::string_view dictionary, std::string_view code) const {
  const auto table = tables_.find(dictionary);
  if (table == tables_.end()) return nullptr;
  const auto row = table->second.find(code);
  return row == table->second.end() ? nullptr : &row->second;
}

const dictionaries::codes* dictionaries::for_field(std::string_view parent, std::string_view field) const {
  const auto by_parent = tables_.find(std::string(parent) + "." + std::string(field));
  if (by_parent != tables_.end()) return &by_parent->second;
  const auto by_field = tables_.find(field);
  return by_field == tables_.end() ? nullptr : &by_field->second;
}

result<void> dictionaries::expand(json::object& record, const std::string& pointer) const { return expand_below(record, "", pointer); }

result<void> dictionaries::expand_below(json::object& record, std::string_view name, const std::string& pointer) const {
  for (auto& [field, value] : record) {
    const std::string here = pointer + "/" + std::string(field);
    if (const json::string* code = value.if_string()) {
      const codes* table = for_field(name, field);
      if (table == nullptr) continue;
      const auto row = table->find(std::string_view(*code));
      if (row == table->end()) {
        return problem(problems::bad_record, "code \"" + std::string(*code) + "\" is in no dictionary for this field", here,
                       "add it to /dictionaries");
      }
      value = row->second;
    } else if (json::object* nested = value.if_object()) {
      if (const auto done = expand_below(*nested, field, here); !done) return done;
    } else if (json::array* items = value.if_array()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        json::object* item = (*items)[i].if_object();
        if (item == nullptr) continue;
        if (const auto done = expand_below(*item, field, here + "/" + std::to_string(i)); !done) return done;
      }
    }
  }
  return {};
}

}  // namespace shep::population
