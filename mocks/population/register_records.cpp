#include "mocks/population/register_records.hpp"

#include "mocks/population/problems.hpp"

#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> people_fields{"father", "mother", "with", "guardian", "ward", "recipient"};
constexpr std::array<std::string_view, 5> lists_of_a_person{"restrictions", "dispensary", "duties", "printJobs", "requests"};
// Examinations taken in a conversation, beside those of the register.
constexpr std::array<std::string_view, 3> moments{"now", "afterOne", "afterTwo"};
constexpr std::string_view paid = "2";

struct reference_check {
  const std::function<bool(std::string_view)>& exists;
  const record_lookup& organization;

  result<void> object(json::object& o, const std::string& pointer) const {
    for (auto& [field, value] : o) {
      const std::string here = pointer + "/" + std::string(field);
      const bool names_somebody = std::find(people_fields.begin(), people_fields.end(), std::string_view(field)) != people_fields.end();
      if (names_somebody && value.is_string() && !exists(value.get_string())) return nobody(value.get_string(), here);
      if (auto* nested = value.if_object()) {
        if (auto done = object(*nested, here); !done) return done;
      } else if (auto* items = value.if_array()) {
        for (json::value& item : *items) {
          if (!item.is_object()) continue;
          if (auto done = object(item.get_object(), here); !done) return done;
        }
      }
    }
    return names_of_organization(o, pointer);
  }

  result<void> names_of_organization(json::object& o, const std::string& pointer) const {
    const std::string bin(text_at(o, "bin"));
    if (bin.empty()) return {};
    const auto found = organization(bin);
    if (!found) return nobody(bin, pointer + "/bin");
    for (const std::string_view field : {"fullNameRu", "fullNameKz", "regStatus"}) {
      if (const auto* value = found->if_contains(field)) o[field] = *value;
    }
    return {};
  }

  static problem nobody(std::string_view number, const std::string& pointer) {
    return {problems::dangling_reference, "nobody in the population has the number " + std::string(number), pointer,
            "add the record, or correct the number"};
  }
};

/// What the registers of births and marriages hold follows from the family.
json::object civil_records(const json::object& person, const json::object& family) {
  const std::string own(text_at(person, "iin"));
  json::object birth{
      {"actDate", person.at("birthDate")}, {"registered", person.at("birthDate")}, {"office", "Отдел регистрации актов (тест)"}};
  const auto* certificate = person.if_contains("birthCertificate");
  birth["number"] = certificate != nullptr && certificate->is_object() ? certificate->get_object().at("number") : json::value("АТ-" + own);
  for (const std::string_view parent : {"father", "mother"}) {
    if (const auto* iin = family.if_contains(parent)) birth[parent] = *iin;
  }
  json::array marriages;
  if (const std::string spouse(text_at(family, "spouse")); !spouse.empty()) {
    // One number for both: that of the act, made of the smaller and the larger IIN.
    const auto [first, second] = std::minmax(own, spouse);
    marriages.push_back(json::object{{"act", "АТ-" + first + "-" + second.substr(8)},
                                     {"actDate", "2012-05-19"},
                                     {"office", "Отдел регистрации актов (тест)"},
                                     {"with", spouse}});
  }
  return {{"birth", std::move(birth)}, {"marriages", std::move(marriages)}, {"divorces", json::array()}};
}

/// 1 targeted assistance, 2 disability, 3 income below the subsistence level: what the statuses of S18 are made of.
json::array social_statuses(const json::object& social) {
  json::array found;
  if (social.contains("assistance")) found.emplace_back("1");
  if (social.contains("disability")) found.emplace_back("2");
  const auto* income = social.if_contains("income");
  const auto* below = income != nullptr && income->is_object() ? income->get_object().if_contains("below") : nullptr;
  if (below != nullptr && *below == json::value(true)) found.emplace_back("3");
  return found;
}

std::string_view code_at(const json::object& entry, std::string_view field) {
  const auto* coded = entry.if_contains(field);
  return coded != nullptr && coded->is_object() ? text_at(coded->get_object(), "code") : std::string_view();
}

bool passed(const json::object& examination, std::string_view kind) {
  const auto* attempts = examination.if_contains("attempts");
  if (attempts == nullptr || !attempts->is_array()) return false;
  return std::any_of(attempts->get_array().begin(), attempts->get_array().end(), [&](const json::value& attempt) {
    return attempt.is_object() && text_at(attempt.get_object(), "kind") == kind && attempt.get_object().contains("passed") &&
           attempt.at("passed") == json::value(true);
  });
}

/// What the services branch on, so that a mapping can ask for it: a member is there when it is so.
json::object standing_of(const json::object& registers) {
  json::object standing;
  const auto& duties = registers.at("duties").as_array();
  const auto is_paid = [](const json::value& duty) { return duty.is_object() && code_at(duty.get_object(), "state") == paid; };
  if (!duties.empty() && !is_paid(duties.front())) standing["dutyOpen"] = true;
  if (std::any_of(duties.begin(), duties.end(), is_paid)) standing["dutyPaid"] = true;
  const auto* examination = registers.if_contains("examination");
  if (examination == nullptr || !examination->is_object()) return standing;
  if (passed(examination->get_object(), "theory")) standing["theoryPassed"] = true;
  if (passed(examination->get_object(), "practice")) standing["practicePassed"] = true;
  const auto count = [&](std::string_view field) {
    const auto* value = examination->get_object().if_contains(field);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
  };
  json::object left, used;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const auto taken = static_cast<std::int64_t>(i);
    if (count("left") > taken) left[moments[i]] = count("left") - taken;
    used[moments[i]] = count("used") + taken;
  }
  standing["attemptsLeft"] = std::move(left);
  standing["attemptsUsed"] = std::move(used);
  return standing;
}

void collect_numbers(const json::value& value, std::vector<std::string>& found) {
  if (const auto* o = value.if_object()) {
    if (const auto number = text_at(*o, "number"); !number.empty()) found.emplace_back(number);
    for (const auto& [field, nested] : *o) collect_numbers(nested, found);
  } else if (const auto* items = value.if_array()) {
    for (const json::value& item : *items) collect_numbers(item, found);
  }
}

}  // namespace

result<void> finish_registers(json::object& record, const std::function<bool(std::string_view)>& exists, const record_lookup& organization,
                              const std::string& pointer) {
  json::value& held = record["registers"];
  if (held.is_null()) held = json::object();
  const std::string here = pointer + "/registers";
  if (!held.is_object()) return problem(problems::bad_record, "there must be an object", here);
  json::object& registers = held.get_object();
  const auto usual = [&registers](std::string_view name, json::value value) {
    if (!registers.contains(name)) registers[name] = std::move(value);
  };
  if (const auto* family = record.if_contains("family")) {
    usual("civil", civil_records(record, family->get_object()));
    for (const std::string_view name : lists_of_a_person) usual(name, json::array());
    usual("social", json::object{{"income", json::object{{"perHead", "150000"}, {"subsistence", "50000"}, {"below", false}}}});
    if (json::object* social = registers["social"].if_object()) (*social)["statuses"] = social_statuses(*social);
    usual("guardianship", json::object{{"wards", json::array()}});
    usual("education", json::object());
    json::object* education = registers["education"].if_object();
    if (education == nullptr) return problem(problems::bad_record, "there must be an object", here + "/education");
    if (!education->contains("diplomas")) (*education)["diplomas"] = json::array();
    if (!registers["duties"].is_array()) return problem(problems::bad_record, "there must be a list", here + "/duties");
    registers["standing"] = standing_of(registers);
  }
  usual("licences", json::array());
  usual("vehicles", json::array());
  return reference_check{exists, organization}.object(registers, here);
}

std::vector<std::string> document_numbers(const json::object& record) {
  std::vector<std::string> found;
  if (const auto* registers = record.if_contains("registers")) collect_numbers(*registers, found);
  return found;
}

}  // namespace shep::population
