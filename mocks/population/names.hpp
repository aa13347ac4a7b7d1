#pragma once

#include <span>
#include <string>
#include <string_view>

/// Words from which generated people and companies get their names. Capital letters for people, as the registers write them.
namespace shep::population::names {

struct russian_name {
  std::string_view name;
  std::string_view sons, daughters;  ///< patronymics made from it
};

struct place {
  std::string_view district, region;  ///< codes of the dictionaries "district" and "region"
  std::string_view city_ru, city_kz;
  std::string_view street_ru, street_kz;
};

struct activity {
  std::string_view oked, ru, kz;
};

std::span<const std::string_view> kazakh_surnames();  ///< masculine; a woman's has "А" at its end
std::span<const std::string_view> kazakh_men();
std::span<const std::string_view> kazakh_women();
std::span<const std::string_view> russian_surnames();
std::span<const russian_name> russian_men();
std::span<const std::string_view> russian_women();
std::span<const place> places();
std::span<const activity> activities();
std::span<const std::string_view> company_words();

}  // namespace shep::population::names
