#include "mocks/population/generated_companies.hpp"

#include "mocks/population/identifiers.hpp"
#include "mocks/population/names.hpp"
#include "mocks/population/vehicles.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <boost/json/array.hpp>

namespace shep::population {
namespace {

namespace json = boost::json;

constexpr int first_year = 1991;
constexpr std::uint64_t months_counted = 35 * 12;  // up to 2025

struct registration {
  int month;  ///< months from January 1991
  int kind;   ///< 0 company, 1 branch, 2 representation
};

std::optional<registration> registration_of(std::string_view bin) {
  if (!is_test_bin(bin)) return std::nullopt;
  const int yy = (bin[0] - '0') * 10 + (bin[1] - '0');
  const int mm = (bin[2] - '0') * 10 + (bin[3] - '0');
  if ((yy > 25 && yy < first_year - 1900) || bin[5] > '2') return std::nullopt;
  return registration{((yy > 25 ? 1900 : 2000) + yy - first_year) * 12 + mm - 1, bin[5] - '0'};
}

std::string text(const char* format, int value) {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), format, value);
  return out.data();
}

std::uint64_t key_of(std::string_view bin) {
  std::uint64_t key = 0;
  for (const char c : bin) key = key * 10 + static_cast<std::uint64_t>(c - '0');
  return key;
}

constexpr std::uint64_t serials_a_month = 100000, kinds_of_bodies = 3;

/// Of the companies that `registration_of` knows: the month and the kind, then the serial number.
std::uint64_t plate_key_of(std::string_view bin) {
  const registration own = *registration_of(bin);
  std::uint64_t serial = 0;
  for (const char c : bin.substr(6, 5)) serial = serial * 10 + static_cast<std::uint64_t>(c - '0');
  return (static_cast<std::uint64_t>(own.month) * kinds_of_bodies + static_cast<std::uint64_t>(own.kind)) * serials_a_month + serial;
}

std::optional<std::string> bin_of_plate_key(std::uint64_t key) {
  const auto serial = static_cast<int>(key % serials_a_month);
  const auto kind = static_cast<int>(key / serials_a_month % kinds_of_bodies);
  const std::uint64_t month = key / serials_a_month / kinds_of_bodies;
  if (month >= months_counted) return std::nullopt;
  std::string bin = text("%02d", (first_year + static_cast<int>(month) / 12) % 100) + text("%02d", static_cast<int>(month) % 12 + 1) + "9" +
                    std::to_string(kind) + text("%05d", serial);
  const auto last = check_digit(bin);
  if (!last) return std::nullopt;
  return bin + *last;
}

/// What each of `founders` holds, in hundredths of a percent: the last one has what is left, so that all have exactly 100.
std::string share_of(std::size_t founder, std::size_t founders) {
  constexpr std::size_t whole = 10000;
  const std::size_t equal = whole / founders;
  const auto share = static_cast<int>(founder + 1 == founders ? whole - equal * founder : equal);
  return std::to_string(share / 100) + (share % 100 == 0 ? "" : text(".%02d", share % 100));
}

std::uint32_t founding_people(std::uint64_t seed, std::string_view bin) { return draw(seed, key_of(bin), "founders who are people", 3); }

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> company_codes{{{"registrationDepartment", "900"},
                                                                                       {"orgForm", "1"},
                                                                                       {"orgForm", "2"},
                                                                                       {"orgForm", "3"},
                                                                                       {"formOfLaw", "901"},
                                                                                       {"formOfLaw", "902"},
                                                                                       {"privateEnterpriseType", "1"},
                                                                                       {"privateEnterpriseType", "2"},
                                                                                       {"privateEnterpriseType", "3"},
                                                                                       {"licences.activity", "901"},
                                                                                       {"licences.activity", "902"},
                                                                                       {"licences.state", "1"},
                                                                                       {"licences.state", "3"},
                                                                                       {"producerKind", "1"},
                                                                                       {"producerKind", "99"}}};

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> generated_companies::codes() { return company_codes; }

std::optional<std::string> generated_companies::holder(std::string_view document) {
  if (const auto owner = owner_of_plate(document)) return owner->kind == owner_kind::company ? bin_of_plate_key(owner->key) : std::nullopt;
  constexpr std::string_view prefix = "ТЛ";
  if (!document.starts_with(prefix) || !is_test_bin(document.substr(prefix.size()))) return std::nullopt;
  return std::string(document.substr(prefix.size()));
}

bool generated_companies::is_liquidated(std::string_view bin) const { return draw(seed_, key_of(bin), "liquidated", 100) < 8; }

json::object generated_companies::registers(std::string_view bin, std::int32_t registered, std::optional<std::int32_t> liquidated,
                                            std::string_view oked) const {
  const std::uint64_t key = key_of(bin);
  const auto after = [&](std::int32_t days) { return date_of(std::min(registered + days, liquidated.value_or(days_counted - 1))); };
  json::object held;
  json::array licences;
  if (draw(seed_, key, "licensed", 100) < 25) {
    licences.push_back(json::object{{"series", "ТЛ"},
                                    {"number", "ТЛ" + std::string(bin)},
                                    {"activity", oked == "46461" ? "901" : "902"},
                                    {"issued", after(30)},
                                    {"state", liquidated ? "3" : "1"}});
    if (liquidated) licences.back().get_object()["stopped"] = date_of(*liquidated);
  }
  held["licences"] = std::move(licences);
  json::array vehicles;
  if (!liquidated && draw(seed_, key, "owns a vehicle", 100) < 30) {
    vehicles.push_back(generated_vehicle(seed_, {owner_kind::company, plate_key_of(bin)}, after(90)));
  }
  held["vehicles"] = std::move(vehicles);
  if (!liquidated && draw(seed_, key, "producer", 100) < 15) {
    held["producer"] = json::object{{"number", "ТР" + std::string(bin)},
                                    {"entered", after(60)},
                                    {"validUntil", date_of(days_counted + 3650)},
                                    {"producerKind", oked == "62011" ? "1" : "99"}};
  }
  return held;
}

std::optional<std::string> generated_companies::earlier(std::string_view bin, purpose why) const {
  const auto own = registration_of(bin);
  if (own->month == 0) return std::nullopt;
  const int month = own->month - 1 - static_cast<int>(draw(seed_, key_of(bin), why, static_cast<std::uint32_t>(std::min(own->month, 60))));
  const int serial = static_cast<int>(draw(seed_, key_of(bin), why, 100000));
  const std::string start = text("%02d", (first_year + month / 12) % 100) + text("%02d", month % 12 + 1) + "90";
  for (int i = 0; i < 100000; ++i) {
    std::string other = start + text("%05d", (serial + i) % 100000);
    const auto last = check_digit(other);
    if (!last) continue;
    other += *last;
    if (!is_curated_(other) && !is_liquidated(other)) return other;
  }
  return std::nullopt;
}

std::optional<json::object> generated_companies::names(std::string_view bin) const {
  const auto own = registration_of(bin);
  if (!own || is_curated_(bin)) return std::nullopt;
  const auto words = names::company_words();
  const std::string word =
      std::string(words[draw(seed_, key_of(bin), "word", static_cast<std::uint32_t>(words.size()))]) + "-" + std::string(bin.substr(8, 3));
  const bool joint_stock = founding_people(seed_, bin) == 0;
  const std::string quoted = "«" + word + "»";
  json::object named;
  if (own->kind == 0) {
    named["fullNameRu"] = (joint_stock ? "Акционерное общество " : "Товарищество с ограниченной ответственностью ") + quoted;
    named["fullNameKz"] = quoted + (joint_stock ? " акционерлік қоғамы" : " жауапкершілігі шектеулі серіктестігі");
    named["shortNameRu"] = (joint_stock ? "АО " : "ТОО ") + quoted;
    named["shortNameKz"] = quoted + (joint_stock ? " АҚ" : " ЖШС");
  } else {
    named["fullNameRu"] = (own->kind == 1 ? "Филиал " : "Представительство ") + quoted;
    named["fullNameKz"] = quoted + (own->kind == 1 ? " филиалы" : " өкілдігі");
  }
  named["registrationDate"] = text("%04d-", first_year + own->month / 12) + text("%02d-", own->month % 12 + 1) +
                              text("%02d", 1 + static_cast<int>(draw(seed_, key_of(bin), "day", 28)));
  return named;
}

std::optional<json::object> generated_companies::organization(std::string_view bin) const {
  auto named = names(bin);
  if (!named) return std::nullopt;
  const registration own = *registration_of(bin);
  const std::uint64_t key = key_of(bin);
  std::optional<std::string> head;
  if (own.kind != 0) {
    head = earlier(bin, "head organisation");
    if (!head) return std::nullopt;
  }
  const std::int32_t registered = *day_of(std::string_view((*named)["registrationDate"].get_string()));
  const auto someone = [&](purpose age, purpose serial) {
    const auto days = static_cast<std::int32_t>(9200 + draw(seed_, key, age, 11000));
    return people_.living(registered - days, draw(seed_, key, serial, serials_a_day));
  };
  std::optional<std::int32_t> liquidated;
  if (is_liquidated(bin)) {
    liquidated = registered + 1 +
                 static_cast<std::int32_t>(draw(seed_, key, "liquidation", static_cast<std::uint32_t>(days_counted - 1 - registered)));
  }
  const std::uint32_t size = draw(seed_, key, "size", 100);

  json::object organization{{"bin", bin}, {"regStatus", liquidated ? "2" : "1"}, {"registrationDepartment", "900"}};
  for (const auto& [field, value] : *named) organization[field] = value;
  if (liquidated) organization["liquidationDate"] = date_of(*liquidated);
  organization["orgForm"] = own.kind == 0 ? "1" : own.kind == 1 ? "2" : "3";
  organization["taxOrgStatus"] = liquidated.has_value();
  organization["leader"] =
      json::object{{"position", own.kind == 0 ? "1" : "3"}, {"iin", someone("age of the leader", "serial of the leader")}};
  const auto kinds = names::activities();
  const names::activity& main = kinds[draw(seed_, key, "activity", static_cast<std::uint32_t>(kinds.size()))];
  organization["activities"] = json::array{json::object{{"main", true}, {"oked", main.oked}, {"nameRu", main.ru}, {"nameKz", main.kz}}};
  organization["registers"] = registers(bin, registered, liquidated, main.oked);
  const auto towns = names::places();
  const names::place& town = towns[draw(seed_, key, "place", static_cast<std::uint32_t>(towns.size()))];
  organization["address"] = json::object{{"cityRu", town.city_ru},
                                         {"cityKz", town.city_kz},
                                         {"streetRu", town.street_ru},
                                         {"streetKz", town.street_kz},
                                         {"buildingNumber", std::to_string(1 + draw(seed_, key, "building", 99))}};
  json::array people;
  json::array companies;
  if (own.kind == 0) {
    const std::uint32_t wanted = founding_people(seed_, bin);
    organization["formOfLaw"] = wanted == 0 ? "902" : "901";
    organization["privateEnterpriseType"] = size < 80 ? "1" : size < 95 ? "2" : "3";
    organization["authCapital"] = std::to_string(100000 * (1 + draw(seed_, key, "capital", 500)));
    if (wanted > 0) people.push_back(json::object{{"iin", someone("age of the first founder", "serial of the first founder")}});
    if (wanted > 1) {
      const std::string second = someone("age of the second founder", "serial of the second founder");
      if (people[0].at("iin").as_string() != second) people.push_back(json::object{{"iin", second}});
    }
    if (wanted != 0 && draw(seed_, key, "has a founding company", 100) < 20) {
      if (const auto founder = earlier(bin, "founding company")) companies.push_back(json::object{{"bin", *founder}});
    }
    const std::size_t shares = people.size() + companies.size();
    std::size_t share = 0;
    for (json::array* founders : {&people, &companies}) {
      for (json::value& founder : *founders) founder.get_object()["percent"] = share_of(share++, shares);
    }
  } else {
    organization["headOrganization"] = json::object{{"bin", *head}};
  }
  organization["foundersFL"] = std::move(people);
  organization["foundersUL"] = std::move(companies);
  return organization;
}

}  // namespace shep::population
