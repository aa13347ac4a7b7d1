#include "mocks/population/records.hpp"

#include "mocks/population/identifiers.hpp"
#include "mocks/population/problems.hpp"
#include "mocks/population/register_records.hpp"

#include <stdexcept>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

struct kind_of_record {
  std::string_view list;
  std::string_view number_field;
  bool (*is_test_number)(std::string_view);
  std::string_view rule;
};

constexpr kind_of_record a_person{"persons", "iin", &is_test_iin, "a valid IIN with 0 as its seventh digit"};
constexpr kind_of_record an_organization{"organizations", "bin", &is_test_bin, "a valid BIN with 9 as its fifth digit"};

/// Puts the list into the table by number; gives back the labels.
result<std::vector<persona>> take(const json::object& file, const kind_of_record& kind,
                                  std::map<std::string, json::object, std::less<>>& table) {
  const std::string list = "/" + std::string(kind.list);
  const json::value* items = file.if_contains(kind.list);
  if (items == nullptr || !items->is_array()) return problem(problems::bad_record, "there must be a list of records", list);
  std::vector<persona> labels;
  std::size_t index = 0;
  for (const json::value& item : items->get_array()) {
    const std::string pointer = list + "/" + std::to_string(index++);
    if (!item.is_object()) return problem(problems::bad_record, "a record must be an object", pointer);
    json::object record = item.get_object();
    const std::string number(text_at(record, kind.number_field));
    if (!kind.is_test_number(number)) {
      return problem(problems::not_a_test_number, "\"" + number + "\" is not " + std::string(kind.rule),
                     pointer + "/" + std::string(kind.number_field));
    }
    const std::string_view label = text_at(record, "persona");
    if (label.empty()) return problem(problems::bad_record, "a record must say in \"persona\" what it is there for", pointer);
    labels.push_back({number, kind.list == a_person.list, "", std::string(label)});
    record.erase("persona");
    if (!table.emplace(number, std::move(record)).second)
      return problem(problems::bad_record, "the number " + number + " occurs twice", pointer);
  }
  return labels;
}

/// The sections of all files in one object.
result<json::object> joined(const std::vector<std::string_view>& files) {
  json::object whole;
  for (const std::string_view text : files) {
    json::error_code failure;
    const json::value parsed = json::parse({text.data(), text.size()}, failure);
    if (failure) return problem(problems::bad_json, failure.message());
    const json::object* file = parsed.if_object();
    if (file == nullptr) return problem(problems::bad_json, "the file must hold one object");
    for (const auto& [section, content] : *file) {
      json::value& place = whole[section];
      if (place.is_null()) {
        place = content;
      } else if (place.is_array() && content.is_array()) {
        for (const json::value& item : content.get_array()) place.get_array().push_back(item);
      } else if (place.is_object() && content.is_object()) {
        for (const auto& [key, value] : content.get_object()) {
          if (!place.get_object().emplace(key, value).second) {
            return problem(problems::bad_record, "this entry stands in two files", "/" + std::string(section) + "/" + std::string(key));
          }
        }
      } else if (section != "about") {
        return problem(problems::bad_record, "the files do not agree what this section is", "/" + std::string(section));
      }
    }
  }
  return whole;
}

}  // namespace

country::records::records(generation g, dictionaries w)
    : generated(g),
      words(std::move(w)),
      people(
          g.seed, [this](birth b) { return births.contains(key_of(b)); }, schools),
      companies(g.seed, people, [this](std::string_view bin) { return organizations.find(bin) != organizations.end(); }) {}

result<std::shared_ptr<const country::records>> country::records::read(const std::vector<std::string_view>& files, generation g) {
  auto whole = joined(files);
  if (!whole) return whole.error();
  const json::object* file = &*whole;
  const json::value* table = file->if_contains("dictionaries");
  if (table == nullptr || !table->is_object()) return problem(problems::bad_record, "there must be an object", "/dictionaries");
  auto words = dictionaries::read(table->get_object());
  if (!words) return words.error();

  auto read = std::make_shared<records>(g, std::move(*words));
  for (const auto step : {&records::take_persons, &records::take_organizations, &records::take_registers}) {
    if (const auto done = ((*read).*step)(*file); !done) return done.error();
  }
  if (const auto done = read->finish(); !done) return done.error();
  if (g.on) {
    if (const auto done = read->check_codes(); !done) return done.error();
  }
  return std::shared_ptr<const records>(std::move(read));
}

result<void> country::records::take_persons(const json::object& file) {
  auto taken = take(file, a_person, persons);
  if (!taken) return taken.error();
  labels = std::move(*taken);
  for (const auto& [iin, record] : persons) births.insert(key_of(*birth_of(iin)));
  return {};
}

result<void> country::records::take_organizations(const json::object& file) {
  auto taken = take(file, an_organization, organizations);
  if (!taken) return taken.error();
  labels.insert(labels.end(), taken->begin(), taken->end());
  return {};
}

result<void> country::records::take_registers(const json::object& file) {
  const json::value* section = file.if_contains("registers");
  if (section == nullptr) return {};
  if (!section->is_object()) return problem(problems::bad_record, "there must be an object", "/registers");
  for (const auto& [number, held] : section->get_object()) {
    const std::string pointer = "/registers/" + std::string(number);
    json::object* record = nullptr;
    for (table* all : {&persons, &organizations}) {
      if (const auto found = all->find(std::string_view(number)); found != all->end()) record = &found->second;
    }
    if (record == nullptr) return problem(problems::dangling_reference, "nobody in the population has this number", pointer);
    if (!held.is_object()) return problem(problems::bad_record, "there must be an object", pointer);
    if (record->contains("registers")) return problem(problems::bad_record, "the record has registers of its own already", pointer);
    (*record)["registers"] = held;
  }
  return {};
}

result<void> country::records::note_holders(const json::object& record, const std::string& number, const std::string& pointer) {
  for (const std::string& document : document_numbers(record)) {
    const auto [place, fresh] = holders.emplace(document, number);
    // A card and its printing, a couple's marriage: several entries of one person may name one document.
    if (!fresh && place->second != number) {
      return problem(problems::bad_record, "the document number " + document + " occurs twice", pointer);
    }
  }
  return {};
}

result<void> country::records::finish() {
  for (const auto& [bin, record] : organizations) {
    if (const auto kind = text_at(record, "school"); !kind.empty()) schools[std::string(kind)].push_back(bin);
  }
  const auto exists = [this](std::string_view iin) { return persons.find(iin) != persons.end(); };
  const auto in = [](const table& all) {
    return [&all](std::string_view number) -> std::optional<json::object> {
      const auto found = all.find(number);
      if (found == all.end()) return std::nullopt;
      return found->second;
    };
  };
  for (persona& label : labels) {
    const std::string pointer = "/" + std::string(label.is_person ? a_person.list : an_organization.list) + "/" + label.number;
    json::object& record = (label.is_person ? persons : organizations).find(label.number)->second;
    const auto done = label.is_person ? finish_person(record, words, exists, pointer)
                                      : finish_organization(record, words, in(persons), in(organizations), pointer);
    if (!done) return done;
    if (label.is_person) {
      label.name = std::string(text_at(record, "surname")) + " " + std::string(text_at(record, "name"));
      if (const auto patronymic = text_at(record, "patronymic"); !patronymic.empty()) label.name += " " + std::string(patronymic);
      for (const json::value& document : record["documents"].get_array()) {
        const std::string number(text_at(document.get_object(), "number"));
        if (!holders.emplace(number, label.number).second) {
          return problem(problems::bad_record, "the document number " + number + " occurs twice", pointer + "/documents");
        }
      }
    } else {
      label.name = std::string(text_at(record, record.contains("shortNameRu") ? "shortNameRu" : "fullNameRu"));
    }
  }
  // Registers lend names from finished records of organisations.
  for (const persona& label : labels) {
    const std::string pointer = "/" + std::string(label.is_person ? a_person.list : an_organization.list) + "/" + label.number;
    json::object& record = (label.is_person ? persons : organizations).find(label.number)->second;
    if (const auto done = finish_registers(record, exists, in(organizations), pointer); !done) return done;
    if (const auto noted = note_holders(record, label.number, pointer); !noted) return noted;
  }
  return {};
}

result<void> country::records::check_codes() const {
  for (const auto codes : {generated_people::codes(), generated_registers::codes(), generated_companies::codes()}) {
    for (const auto& [dictionary, code] : codes) {
      if (words.find(dictionary, code) == nullptr) {
        return problem(problems::bad_record, "generated records need the code " + std::string(code),
                       "/dictionaries/" + std::string(dictionary));
      }
    }
  }
  return {};
}

std::optional<json::object> country::records::person(std::string_view iin) const {
  if (const auto found = persons.find(iin); found != persons.end()) return found->second;
  if (!generated.on) return std::nullopt;
  auto person = people.person(iin);
  if (!person) return std::nullopt;
  const auto anyone = [](std::string_view) { return true; };
  if (const auto done = finish_person(*person, words, anyone, "/generated/" + std::string(iin)); !done)
    throw std::logic_error(describe(done.error()));
  const auto school = [this](std::string_view bin) -> std::optional<json::object> {
    const auto found = organizations.find(bin);
    if (found == organizations.end()) return std::nullopt;
    return found->second;
  };
  if (const auto done = finish_registers(*person, anyone, school, "/generated/" + std::string(iin)); !done)
    throw std::logic_error(describe(done.error()));
  return person;
}

std::optional<json::object> country::records::organization(std::string_view bin) const {
  if (const auto found = organizations.find(bin); found != organizations.end()) return found->second;
  if (!generated.on) return std::nullopt;
  auto organization = companies.organization(bin);
  if (!organization) return std::nullopt;
  const auto anyone = [this](std::string_view iin) { return person(iin); };
  const auto any_company = [this](std::string_view other) { return companies.names(other); };
  const auto done = finish_organization(*organization, words, anyone, any_company, "/generated/" + std::string(bin));
  if (!done) throw std::logic_error(describe(done.error()));
  return organization;
}

}  // namespace shep::population
