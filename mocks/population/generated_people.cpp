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

bool is_man(birth b) { return b.serial % 2 == 0; }

bool has_card(birth b) { return b.day + card_from < days_counted; }

std::string card_number(birth b) { return std::to_string(first_card + std::int64_t{b.day} * serials_a_day + b.serial); }

template <class T>
const T& pick(std::span<const T> words, std::uint64_t seed, std::string_view number, std::string_view purpose) {
  return words[draw(seed, number, purpose, static_cast<std::uint32_t>(words.size()))];
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 27> used_codes{{
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

std::span<const std::pair<std::string_view, std::string_view>> generated_people::codes() { return used_codes; }

birth generated_people::oldest_ancestor(birth one) const {
  // At most four steps: a father is 26 years older and the calendar has a century.
  for (auto father = kinship_.father(one); father; father = kinship_.father(one)) one = *father;
  return one;
}

full_name generated_people::name_of(birth one) const {
  const auto iin = kinship_.iin(one);
  if (!iin) return {};
  const std::string root = *kinship_.iin(oldest_ancestor(one));
  const auto father = kinship_.father(one);
  const std::string father_iin = father ? *kinship_.iin(*father) : *iin + "'s father";
  const bool russian = draw(seed_, root, "people", 100) < russians_of_100;

  full_name name;
  name.surname = std::string(pick(russian ? names::russian_surnames() : names::kazakh_surnames(), seed_, root, "surname"));
  if (!is_man(one)) name.surname += "А";
  if (russian) {
    const names::russian_name& fathers = pick(names::russian_men(), seed_, father_iin, "name");
    name.name =
        std::string(is_man(one) ? pick(names::russian_men(), seed_, *iin, "name").name : pick(names::russian_women(), seed_, *iin, "name"));
    name.patronymic = std::string(is_man(one) ? fathers.sons : fathers.daughters);
  } else {
    const std::string_view fathers = pick(names::kazakh_men(), seed_, father_iin, "name");
    name.name = std::string(pick(is_man(one) ? names::kazakh_men() : names::kazakh_women(), seed_, *iin, "name"));
    name.patronymic = std::string(fathers) + (is_man(one) ? "ҰЛЫ" : "ҚЫЗЫ");
  }
  if (!father && draw(seed_, *iin, "no patronymic", 100) < 5) name.patronymic.clear();
  return name;
}

bool generated_people::is_dead(const std::string& iin, birth b) const {
  return b.day + old_age < days_counted && draw(seed_, iin, "dead", 100) < dead_old_of_100;
}

std::string generated_people::household(const std::string& iin, birth b) const {
  if (!has_card(b)) {
    const auto father = kinship_.father(b);
    return father ? *kinship_.iin(*father) : iin;
  }
  const auto spouse = kinship_.spouse(b);
  return spouse && !is_man(b) ? *kinship_.iin(*spouse) : iin;
}

json::object generated_people::address(const std::string& iin, birth b) const {
  const std::string home = household(iin, b);
  const names::place& place = pick(names::places(), seed_, home, "place");
  const auto moved = static_cast<std::int32_t>(draw(seed_, iin, "moved", static_cast<std::uint32_t>(days_counted - b.day)));
  const auto at = birth_of(home);
  std::string code = std::to_string(std::int64_t{at->day} * serials_a_day + at->serial);
  code.insert(0, 14 - code.size(), '0');
  return {{"country", "398"},
          {"district", place.district},
          {"region", place.region},
          {"city", to_upper(place.city_ru)},
          {"street", to_upper(place.street_ru)},
          {"building", std::to_string(1 + draw(seed_, home, "building", 99))},
          {"flat", std::to_string(1 + draw(seed_, home, "flat", 200))},
          {"beginDate", date_of(b.day + moved)},
          {"status", "1"},
          {"invalidity", "0"},
          {"arCode", "09" + code}};
}

std::optional<json::object> generated_people::person(std::string_view asked) const {
  const auto b = birth_of(asked);
  if (!b) return std::nullopt;
  const auto iin = kinship_.iin(*b);
  if (!iin) return std::nullopt;
  const full_name name = name_of(*b);
  const names::place& born_in = pick(names::places(), seed_, *iin, "birth place");
  const bool dead = is_dead(*iin, *b);
  const std::int32_t death =
      dead ? b->day + old_age +
                 static_cast<std::int32_t>(draw(seed_, *iin, "death", static_cast<std::uint32_t>(days_counted - b->day - old_age)))
           : 0;
  const bool russian = draw(seed_, *kinship_.iin(oldest_ancestor(*b)), "people", 100) < russians_of_100;

  json::object person{{"iin", *iin}, {"surname", name.surname}, {"name", name.name}};
  if (!name.patronymic.empty()) person["patronymic"] = name.patronymic;
  person["engSurname"] = to_latin(name.surname);
  person["engFirstName"] = to_latin(name.name);
  person["birthDate"] = date_of(b->day);
  if (dead) person["deathDate"] = date_of(death);
  person["gender"] = is_man(*b) ? "1" : "2";
  person["nationality"] = russian ? "001" : "005";
  person["citizenship"] = "398";
  person["lifeStatus"] = dead ? "1" : "0";

  const std::uint32_t answer = draw(seed_, *iin, "consent", 100);
  person["consent"] = dead || !has_card(*b) ? "NOT_FOUND"
                      : answer < 90         ? "VALID"
                      : answer < 94         ? "INVALID"
                      : answer < 96         ? "PENDING"
                      : answer < 98         ? "TIMEOUT"
                                            : "NOT_FOUND";
  if (!has_card(*b)) {
    person["birthCertificate"] =
        json::object{{"number", "ТЕСТ-" + card_number(*b)}, {"beginDate", date_of(b->day)}, {"issueOrganisation", "900"}};
  }
  person["birthPlace"] =
      json::object{{"country", "398"}, {"district", born_in.district}, {"region", born_in.region}, {"city", to_upper(born_in.city_ru)}};
  person["regAddress"] = address(*iin, *b);
  json::array documents;
  if (has_card(*b)) {
    const std::int32_t latest = dead ? death : days_counted - 1;
    const std::int32_t issued =
        std::max(b->day + card_from, latest - static_cast<std::int32_t>(draw(seed_, *iin, "card issued", card_lasts)));
    json::object card{{"type", "002"},
                      {"number", card_number(*b)},
                      {"beginDate", date_of(issued)},
                      {"endDate", date_of(issued + card_lasts)},
                      {"issueOrganization", "002"},
                      {"status", dead ? "07" : "00"}};
    if (dead) card["invalidityDate"] = date_of(death);
    documents.push_back(std::move(card));
  }
  person["documents"] = std::move(documents);
  person["addresses"] = json::array();

  json::object family;
  if (const auto spouse = kinship_.spouse(*b)) family["spouse"] = *kinship_.iin(*spouse);
  if (const auto father = kinship_.father(*b)) {
    family["father"] = *kinship_.iin(*father);
    family["mother"] = *kinship_.iin(*kinship_.spouse(*father));
  }
  json::array children;
  for (const birth child : kinship_.children(*b)) children.push_back(json::string(*kinship_.iin(child)));
  family["children"] = std::move(children);
  person["family"] = std::move(family);
  return person;
}

std::vector<std::string> generated_people::find(const full_name& wanted, std::int32_t day, std::size_t at_most) const {
  std::vector<std::string> found;
  for (std::int32_t serial = 0; serial < serials_a_day && found.size() < at_most; ++serial) {
    const birth one{day, serial};
    const auto iin = kinship_.iin(one);
    if (!iin) continue;
    const full_name name = name_of(one);
    if (wanted.surname != name.surname || (!wanted.name.empty() && wanted.name != name.name)) continue;
    if (!wanted.patronymic.empty() && wanted.patronymic != name.patronymic) continue;
    found.push_back(*iin);
  }
  return found;
}

std::optional<std::string> generated_people::by_document(std::string_view number) const {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (number.size() != 9 || error != std::errc() || end != number.data() + number.size() || value < first_card) return std::nullopt;
  const birth holder{static_cast<std::int32_t>((value - first_card) / serials_a_day),
                     static_cast<std::int32_t>((value - first_card) % serials_a_day)};
  if (!has_card(holder)) return std::nullopt;
  return kinship_.iin(holder);
}

std::string generated_people::living(std::int32_t day, std::uint32_t serial) const {
  for (std::int32_t i = 0;; ++i) {
    const birth one{day + i / serials_a_day, static_cast<std::int32_t>((serial + static_cast<std::uint32_t>(i)) % serials_a_day)};
    const auto iin = kinship_.iin(one);
    if (iin && !is_dead(*iin, one)) return *iin;
  }
}

}  // namespace shep::population
