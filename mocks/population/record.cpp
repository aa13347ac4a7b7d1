#include "mocks/population/record.hpp"

#include "mocks/population/problems.hpp"

#include <array>

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> consents{"VALID", "INVALID", "PENDING", "TIMEOUT", "NOT_FOUND"};

problem missing(const std::string& pointer, std::string_view field, std::string_view expected) {
  return {problems::bad_record, "the record has no field " + std::string(field) + ", which must be " + std::string(expected), pointer};
}

problem nobody(std::string_view number, const std::string& pointer) {
  return {problems::dangling_reference, "nobody in the population has the number " + std::string(number), pointer,
          "add the record, or correct the number"};
}

result<void> require_texts(const json::object& record, std::initializer_list<std::string_view> fields, const std::string& pointer) {
  for (const std::string_view field : fields) {
    if (text_at(record, field).empty()) return missing(pointer, field, "text");
  }
  return {};
}

result<void> require_arrays(const json::object& record, std::initializer_list<std::string_view> fields, const std::string& pointer) {
  for (const std::string_view field : fields) {
    const json::value* value = record.if_contains(field);
    if (value == nullptr || !value->is_array()) return missing(pointer, field, "a list of objects");
    for (const json::value& item : value->get_array()) {
      if (!item.is_object()) return missing(pointer, field, "a list of objects");
    }
  }
  return {};
}

void copy_absent(json::object& to, const json::object& from, std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    const json::value* value = from.if_contains(field);
    if (value != nullptr && !to.contains(field)) to[field] = *value;
  }
}

result<void> check_family(const json::object& person, const std::function<bool(std::string_view)>& exists, const std::string& pointer) {
  const json::value* value = person.if_contains("family");
  if (value == nullptr || !value->is_object()) return missing(pointer, "family", "an object");
  const json::object& family = value->get_object();
  const std::string here = pointer + "/family";
  for (const std::string_view relation : {"spouse", "father", "mother"}) {
    const std::string_view iin = text_at(family, relation);
    if (family.contains(relation) && !exists(iin)) return nobody(iin, here + "/" + std::string(relation));
  }
  const json::value* children = family.if_contains("children");
  if (children == nullptr || !children->is_array()) return missing(here, "children", "a list of IINs");
  for (const json::value& child : children->get_array()) {
    if (!child.is_string() || !exists(child.get_string())) return nobody(child.is_string() ? child.get_string() : "", here + "/children");
  }
  return {};
}

result<void> join_person(json::object& reference, const record_lookup& person, const std::string& pointer) {
  const std::string_view iin = text_at(reference, "iin");
  const auto found = person(iin);
  if (!found) return nobody(iin, pointer);
  copy_absent(reference, *found, {"surname", "name", "patronymic", "citizenship"});
  return {};
}

result<void> join_organization(json::object& reference, const record_lookup& organization, const std::string& pointer) {
  const std::string_view bin = text_at(reference, "bin");
  const auto found = organization(bin);
  if (!found) return nobody(bin, pointer);
  copy_absent(reference, *found, {"fullNameRu", "fullNameKz", "registrationDate", "registrationLastDate"});
  return {};
}

}  // namespace

std::string_view text_at(const json::object& record, std::string_view field) {
  const json::value* value = record.if_contains(field);
  if (value == nullptr || !value->is_string()) return {};
  return value->get_string();
}

result<void> finish_person(json::object& person, const dictionaries& words, const std::function<bool(std::string_view)>& exists,
                           const std::string& pointer) {
  auto sound =
      require_texts(person, {"surname", "name", "birthDate", "gender", "nationality", "citizenship", "lifeStatus", "consent"}, pointer);
  if (sound) sound = require_arrays(person, {"documents", "addresses"}, pointer);
  if (sound) sound = check_family(person, exists, pointer);
  if (!sound) return sound;
  if (!person.contains("birthPlace")) return missing(pointer, "birthPlace", "an object");
  if (std::find(consents.begin(), consents.end(), text_at(person, "consent")) == consents.end()) {
    return missing(pointer, "consent", "VALID, INVALID, PENDING, TIMEOUT or NOT_FOUND");
  }
  for (json::value& item : person["documents"].get_array()) {
    json::object& document = item.get_object();
    if (const auto named = require_texts(document, {"type", "number", "beginDate", "issueOrganization", "status"}, pointer + "/documents");
        !named)
      return named;
    const bool has_names = document.contains("surname");
    copy_absent(document, person, {"birthDate"});
    if (!has_names) copy_absent(document, person, {"surname", "name", "patronymic"});
  }
  return words.expand(person, pointer);
}

result<void> finish_organization(json::object& organization, const dictionaries& words, const record_lookup& person,
                                 const record_lookup& organization_names, const std::string& pointer) {
  auto sound = require_texts(organization,
                             {"regStatus", "registrationDepartment", "registrationDate", "fullNameRu", "fullNameKz", "orgForm"}, pointer);
  if (sound) sound = require_arrays(organization, {"activities", "foundersUL", "foundersFL"}, pointer);
  if (!sound) return sound;
  if (const json::value* inactive = organization.if_contains("taxOrgStatus"); inactive == nullptr || !inactive->is_bool()) {
    return missing(pointer, "taxOrgStatus", "true (inactive) or false");
  }
  if (auto done = words.expand(organization, pointer); !done) return done;

  for (const auto& [field, join, lookup] :
       {std::tuple{"leader", &join_person, &person}, std::tuple{"headOrganization", &join_organization, &organization_names}}) {
    json::value* value = organization.if_contains(field);
    if (value == nullptr) continue;
    if (!value->is_object()) return missing(pointer, field, "an object");
    if (auto done = join(value->get_object(), *lookup, pointer + "/" + field); !done) return done;
  }
  std::int64_t founders = 0;
  for (const auto& [field, count, join, lookup] : {std::tuple{"foundersUL", "foundersCountUL", &join_organization, &organization_names},
                                                   std::tuple{"foundersFL", "foundersCountFL", &join_person, &person}}) {
    json::array& items = organization[field].get_array();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (auto done = join(items[i].get_object(), *lookup, pointer + "/" + field + "/" + std::to_string(i)); !done) return done;
    }
    organization[count] = items.size();
    founders += static_cast<std::int64_t>(items.size());
  }
  organization["foundersCount"] = founders;
  return {};
}

}  // namespace shep::population
