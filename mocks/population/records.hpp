#pragma once

#include "mocks/population/country.hpp"
#include "mocks/population/generated_companies.hpp"
#include "mocks/population/record.hpp"

#include <map>
#include <set>

namespace shep::population {

/// What a country stands on. Filled once by `read`, then only read; it does not move, because the generators refer into it.
struct country::records {
  using table = std::map<std::string, boost::json::object, std::less<>>;

  records(generation g, dictionaries w);
  records(const records&) = delete;
  records& operator=(const records&) = delete;

  static result<std::shared_ptr<const records>> read(const std::vector<std::string_view>& files, generation);

  std::optional<boost::json::object> person(std::string_view iin) const;
  std::optional<boost::json::object> organization(std::string_view bin) const;

  generation generated;
  dictionaries words;
  table persons;
  table organizations;
  std::map<std::string, std::string, std::less<>> holders;  ///< document number → IIN or BIN
  std::vector<persona> labels;
  std::set<std::uint64_t> births;  ///< key_of the people in `persons`
  school_list schools;
  generated_people people;
  generated_companies companies;

 private:
  result<void> take_persons(const boost::json::object& file);
  result<void> take_organizations(const boost::json::object& file);
  result<void> take_registers(const boost::json::object& file);
  result<void> finish();
  result<void> note_holders(const boost::json::object& record, const std::string& number, const std::string& pointer);
  result<void> check_codes() const;
};

}  // namespace shep::population
