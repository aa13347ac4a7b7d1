#include "mocks/population/generated_registers.hpp"

#include <algorithm>

namespace shep::population {
namespace {

namespace json = boost::json;
using namespace registers;

constexpr std::string_view registry_office = "Отдел регистрации актов (тест)";
constexpr std::int32_t grown_up = 18;
// So that the couple is married when their first child is born (kinship.hpp).
constexpr std::int32_t waits_for_the_wedding_up_to = 1400;
// The figure of the simulator, in tenge a month; not the one of any year.
constexpr std::uint32_t subsistence = 50'000;
constexpr std::uint32_t poor_of_100 = 12;
constexpr std::uint32_t assisted_of_100 = 60;  // of poor households with children
constexpr std::uint32_t disabled_of_100 = 3;
constexpr std::uint32_t wards_of_100 = 4;  // of children whose father is not known
// A ward and a guardian stand so far apart, with one serial: each is computed from the other.
constexpr std::int32_t guardian_is_older = 11'111;

}  // namespace

void generated_registers::add_civil(json::object& held, birth b) const {
  json::object civil;
  json::object born{{"number", number("АТ", b)}, {"actDate", date_of(b.day)}, {"registered", date_of(b.day)}, {"office", registry_office}};
  if (const auto father = kinship_.father(b)) {
    born["father"] = *iin_of(*father);
    born["mother"] = *iin_of(*kinship_.spouse(*father));
  }
  civil["birth"] = std::move(born);
  json::array marriages, divorces;
  const auto wedding = [&](birth other) {
    const birth man = b.serial % 2 == 0 ? b : other;
    const std::int32_t of_age = std::max(b.day, other.day) + 20 * year_days;
    const auto waited = static_cast<std::int32_t>(
        draw(seed_, key_of(man), "wedding", static_cast<std::uint32_t>(std::clamp(days_counted - of_age, 1, waits_for_the_wedding_up_to))));
    return std::pair{man, std::min(of_age + waited, days_counted - 1)};
  };
  const auto record = [&](birth man, std::int32_t day, birth other, std::string_view mark) {
    return json::object{
        {"act", number("АТ", man) + std::string(mark)}, {"actDate", date_of(day)}, {"office", registry_office}, {"with", *iin_of(other)}};
  };
  if (const auto spouse = kinship_.spouse(b)) {
    const auto [man, day] = wedding(*spouse);
    marriages.push_back(record(man, day, *spouse, "М"));
  } else if (const auto former = kinship_.former_spouse(b)) {
    const auto [man, day] = wedding(*former);
    marriages.push_back(record(man, day, *former, "М"));
    divorces.push_back(record(man, std::min(day + 400, days_counted - 1), *former, "Р"));
  }
  civil["marriages"] = std::move(marriages);
  civil["divorces"] = std::move(divorces);
  held["civil"] = std::move(civil);
}

void generated_registers::add_social(json::object& held, birth b) const {
  // Children share what is said of their father's household, a wife what is said of her husband's.
  const auto father = age(b) < grown_up ? kinship_.father(b) : std::nullopt;
  birth home = father.value_or(b);
  if (!father && home.serial % 2 == 1) home = kinship_.spouse(home).value_or(home);
  const bool poor = chance(home, "poor", 100) < poor_of_100;
  const std::uint32_t income = poor ? 20'000 + chance(home, "income", subsistence - 20'000) : subsistence + chance(home, "income", 400'000);
  json::object social;
  social["income"] = {{"perHead", std::to_string(income)}, {"subsistence", std::to_string(subsistence)}, {"below", poor}};
  const auto children = kinship_.children(home);
  const bool has_minor = std::any_of(children.begin(), children.end(), [](birth child) { return age(child) < grown_up; });
  if (poor && has_minor && chance(home, "assistance", 100) < assisted_of_100) {
    std::int32_t from = days_counted - 90;
    for (const birth child : children) from = std::max(from, child.day);
    social["assistance"] = {{"decision", number("ТБД", home)},
                            {"recipient", *iin_of(home)},
                            {"from", date_of(from)},
                            {"until", date_of(from + 3650)},
                            {"amount", std::to_string(subsistence - income)}};
  }
  if (chance(b, "disabled", 100) < disabled_of_100) {
    social["disability"] = {{"group", chance(b, "group of disability", 2) == 0 ? "2" : "3"},
                            {"from", date_of(std::max(b.day, days_counted - 900))}};
  }
  held["social"] = std::move(social);
}

void generated_registers::add_guardianship(json::object& held, birth b) const {
  const auto guardian_of = [this](birth child) -> std::optional<birth> {
    if (age(child) >= grown_up || kinship_.father(child) || chance(child, "ward", 100) >= wards_of_100) return std::nullopt;
    const birth guardian{child.day - guardian_is_older, child.serial};
    if (!kinship_.exists(guardian)) return std::nullopt;
    return guardian;
  };
  const auto entry = [this](birth child) {
    return json::object{{"guardianKind", chance(child, "kind of guardian", 3) == 0 ? "3" : "1"},
                        {"decision", number("АТ", child) + "О"},
                        {"decided", date_of(std::min(child.day + 200, days_counted - 1))},
                        {"authority", "Отдел образования (тест)"}};
  };
  json::object care;
  if (const auto guardian = guardian_of(b)) {
    care["ward"] = entry(b);
    care["ward"].get_object()["guardian"] = *iin_of(*guardian);
    care["orphan"] = true;
  }
  json::array wards;
  if (const birth child{b.day + guardian_is_older, b.serial}; kinship_.exists(child) && guardian_of(child) == b) {
    json::object one = entry(child);
    one["ward"] = *iin_of(child);
    wards.push_back(std::move(one));
  }
  care["wards"] = std::move(wards);
  held["guardianship"] = std::move(care);
}

}  // namespace shep::population
