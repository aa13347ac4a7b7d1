#include "mocks/population/generated_people.hpp"

#include "mocks/population/names.hpp"
#include "mocks/population/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/json/array.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

constexpr std::int32_t year_days = 365;
constexpr std::int32_t card_from = 16 * year_days + 4;
constexpr std::int32_t card_lasts = 3652;
constexpr std::int32_t old_age = 60 * year_days + 15;
constexpr std::int64_t first_card = 600'000'000;
constexpr std::uint32_t russians_of_100 = 25;
constexpr std::uint32_t dead_old_of_100 = 20;
constexpr std::uint32_t nameless_fathers_of_100 = 5;

bool has_card(birth b) { return b.day + card_from < days_counted; }

std::string card_number(birth b) { return std::to_string(first_card + std::int64_t{b.day} * serials_a_day + b.serial); }

template <class T>
const T& pick(std::span<const T> words, std::uint64_t seed, std::uint64_t key, purpose why) {
  return words[draw(seed, key, why, static_cast<std::uint32_t>(words.size()))];
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 27> people_codes{{
    {"gender", "1"},
    {"gender", "2"},
    {"nationality", "005"},
    {"nationality", "001"},
    {"citizenship", "398"},
    {"country", "398"},
    {"lifeStatus", "0"},
    {"lifeStatus", "1"},
    {"district", "9001"},
    {"district", "9002"},
    {"district", "9003"},
    {"district", "9004"},
    {"region", "9001001"},
    {"region", "9002001"},
    {"region", "9003001"},
    {"region", "9004001"},
    {"documents.type", "002"},
    {"documents.status", "00"},
    {"documents.status", "07"},
    {"issueOrganization", "002"},
    {"issueOrganisation", "900"},
    {"regAddress.status", "1"},
    {"invalidity", "0"},
    {"position", "1"},
    {"position", "3"},
    {"regStatus", "1"},
    {"regStatus", "2"},
}};

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> generated_people::codes() { return people_codes; }

birth generated_people::oldest_ancestor(birth one) const {
  // At most four steps: a father is 26 years older and the calendar has a century.
  for (auto father = kinship_.father(one); father; father = kinship_.father(one)) one = *father;
  return one;
}

bool generated_people::is_russian(birth oldest_ancestor) const {
  return draw(seed_, key_of(oldest_ancestor), "people", 100) < russians_of_100;
}

std::string_view generated_people::family_name(birth oldest_ancestor) const {
  return pick(is_russian(oldest_ancestor) ? names::russian_surnames() : names::kazakh_surnames(), seed_, key_of(oldest_ancestor),
              "surname");
}

full_name generated_people::name_of(birth one) const {
  if (!kinship_.exists(one)) return {};
  const birth root = oldest_ancestor(one);
  const auto father = kinship_.father(one);
  const std::uint64_t key = key_of(one);
  // Whose father is not known still has his name in the patronymic: that of somebody with the next key after all people's.
  const std::uint64_t fathers_key = father ? key_of(*father) : key + std::uint64_t{days_counted} * serials_a_day;

  full_name name;
  name.surname = std::string(family_name(root)) + (is_man(one) ? "" : "А");
  if (is_russian(root)) {
    const names::russian_name& fathers = pick(names::russian_men(), seed_, fathers_key, "name");
    name.name = is_man(one) ? pick(names::russian_men(), seed_, key, "name").name : pick(names::russian_women(), seed_, key, "name");
    name.patronymic = is_man(one) ? fathers.sons : fathers.daughters;
  } else {
    name.name = pick(is_man(one) ? names::kazakh_men() : names::kazakh_women(), seed_, key, "name");
    name.patronymic = std::string(pick(names::kazakh_men(), seed_, fathers_key, "name")) + (is_man(one) ? "ҰЛЫ" : "ҚЫЗЫ");
  }
  if (!father && draw(seed_, key, "no patronymic", 100) < nameless_fathers_of_100) name.patronymic.clear();
  return name;
}

bool generated_people::is_dead(birth b) const {
  return b.day + old_age < days_counted && draw(seed_, key_of(b), "dead", 100) < dead_old_of_100;
}

birth generated_people::household(birth b) const {
  if (!has_card(b)) return kinship_.father(b).value_or(b);
  return is_man(b) ? b : kinship_.spouse(b).value_or(b);
}

json::object generated_people::address(birth b, std::optional<std::int32_t> death) const {
  const birth home = household(b);
  const std::uint64_t key = key_of(home);
  const names::place& place = pick(names::places(), seed_, key, "place");
  const auto moved =
      static_cast<std::int32_t>(draw(seed_, key_of(b), "moved", static_cast<std::uint32_t>(death.value_or(days_counted) - b.day)));
  std::string code = std::to_string(key);
  code.insert(0, 14 - code.size(), '0');
  json::object address{{"country", "398"},
                       {"district", place.district},
                       {"region", place.region},
                       {"city", to_upper(place.city_ru)},
                       {"street", to_upper(place.street_ru)},
                       {"building", std::to_string(1 + draw(seed_, key, "building", 99))},
                       {"flat", std::to_string(1 + draw(seed_, key, "flat", 200))},
                       {"beginDate", date_of(b.day + moved)},
                       {"status", "1"},
                       {"invalidity", "0"},
                       {"arCode", "09" + code}};
  if (death) address["endDate"] = date_of(*death);
  return address;
}

json::array generated_people::documents(birth b, std::optional<std::int32_t> death) const {
  if (!has_card(b)) return {};
  const auto age = static_cast<std::int32_t>(draw(seed_, key_of(b), "age of the card", card_lasts));
  const std::int32_t issued = std::max(b.day + card_from, death.value_or(days_counted - 1) - age);
  json::object card{{"type", "002"},
                    {"number", card_number(b)},
                    {"beginDate", date_of(issued)},
                    {"endDate", date_of(issued + card_lasts)},
                    {"issueOrganization", "002"},
                    {"status", death ? "07" : "00"}};
  if (death) card["invalidityDate"] = date_of(*death);
  return {std::move(card)};
}

json::object generated_people::family(birth b) const {
  json::object family;
  if (const auto spouse = kinship_.spouse(b)) family["spouse"] = *iin_of(*spouse);
  if (const auto father = kinship_.father(b)) {
    family["father"] = *iin_of(*father);
    family["mother"] = *iin_of(*kinship_.spouse(*father));
  }
  json::array children;
  for (const birth child : kinship_.children(b)) children.emplace_back(*iin_of(child));
  family["children"] = std::move(children);
  return family;
}

std::string_view generated_people::consent(birth b) const {
  if (is_dead(b) || !has_card(b)) return "NOT_FOUND";
  const std::uint32_t answer = draw(seed_, key_of(b), "consent", 100);
  if (answer < 90) return "VALID";
  if (answer < 94) return "INVALID";
  if (answer < 96) return "PENDING";
  return answer < 98 ? "TIMEOUT" : "NOT_FOUND";
}

std::optional<json::object> generated_people::person(std::string_view iin) const {
  const auto found = birth_of(iin);
  if (!found || !kinship_.exists(*found)) return std::nullopt;
  const birth b = *found;
  const full_name name = name_of(b);
  std::optional<std::int32_t> death;
  if (is_dead(b)) {
    const std::int32_t grown_old = b.day + old_age;
    death = grown_old + static_cast<std::int32_t>(draw(seed_, key_of(b), "death", static_cast<std::uint32_t>(days_counted - grown_old)));
  }
  json::object person{{"iin", iin}, {"surname", name.surname}, {"name", name.name}};
  if (!name.patronymic.empty()) person["patronymic"] = name.patronymic;
  person["engSurname"] = to_latin(name.surname);
  person["engFirstName"] = to_latin(name.name);
  person["birthDate"] = date_of(b.day);
  if (death) person["deathDate"] = date_of(*death);
  person["gender"] = is_man(b) ? "1" : "2";
  person["nationality"] = is_russian(oldest_ancestor(b)) ? "001" : "005";
  person["citizenship"] = "398";
  person["lifeStatus"] = death ? "1" : "0";
  person["consent"] = consent(b);
  if (!has_card(b)) {
    person["birthCertificate"] = {{"number", "ТЕСТ-" + card_number(b)}, {"beginDate", date_of(b.day)}, {"issueOrganisation", "900"}};
  }
  const names::place& born_in = pick(names::places(), seed_, key_of(b), "birth place");
  person["birthPlace"] = {
      {"country", "398"}, {"district", born_in.district}, {"region", born_in.region}, {"city", to_upper(born_in.city_ru)}};
  person["regAddress"] = address(b, death);
  person["documents"] = documents(b, death);
  person["addresses"] = json::array();
  person["family"] = family(b);
  person["registers"] = registers_.of_person(b, death);
  return person;
}

std::vector<std::string> generated_people::find(const full_name& wanted, std::int32_t day, std::size_t at_most) const {
  std::vector<std::string> found;
  for (std::int32_t serial = 0; serial < serials_a_day && found.size() < at_most; ++serial) {
    const birth one{day, serial};
    // The surname alone excludes nearly everybody; the whole name costs more.
    if (!wanted.surname.starts_with(family_name(oldest_ancestor(one)))) continue;
    const full_name name = name_of(one);
    if (wanted.surname != name.surname || (!wanted.name.empty() && wanted.name != name.name)) continue;
    if (!wanted.patronymic.empty() && wanted.patronymic != name.patronymic) continue;
    found.push_back(*iin_of(one));
  }
  return found;
}

std::optional<std::string> generated_people::by_document(std::string_view number) const {
  if (const auto found = registers_.holder(number)) return iin_of(*found);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (number.size() != 9 || error != std::errc() || end != number.data() + number.size() || value < first_card) return std::nullopt;
  const birth holder{static_cast<std::int32_t>((value - first_card) / serials_a_day),
                     static_cast<std::int32_t>((value - first_card) % serials_a_day)};
  if (!has_card(holder) || !kinship_.exists(holder)) return std::nullopt;
  return iin_of(holder);
}

std::string generated_people::living(std::int32_t day, std::uint32_t serial) const {
  for (std::int32_t i = 0;; ++i) {
    const birth one{day + i / serials_a_day, static_cast<std::int32_t>((serial + static_cast<std::uint32_t>(i)) % serials_a_day)};
    if (kinship_.exists(one) && !is_dead(one)) return *iin_of(one);
  }
}

}  // namespace shep::population
