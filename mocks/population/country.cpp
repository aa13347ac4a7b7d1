#include "mocks/population/country.hpp"

#include "core/embedded.hpp"
#include "mocks/population/records.hpp"
#include "mocks/population/text.hpp"

#include <stdexcept>

namespace shep::population {
namespace {

constexpr std::string_view shipped_files = "mocks/population/personas";
constexpr std::size_t longest_name = 400;

}  // namespace

country country::shipped(generation g) {
  std::vector<std::string_view> files;
  for (const embedded::file& file : embedded::files()) {
    if (file.path.starts_with(shipped_files) && file.path.ends_with(".json")) files.push_back(file.content);
  }
  if (files.empty()) throw std::logic_error(std::string(shipped_files) + "*.json are not in the program");
  auto read = load(files, g);
  if (!read) throw std::logic_error(describe(read.error()));
  return *read;
}

result<country> country::load(std::string_view json, generation g) { return load(std::vector{json}, g); }

result<country> country::load(const std::vector<std::string_view>& files, generation g) {
  auto read = records::read(files, g);
  if (!read) return read.error();
  return country(std::move(*read));
}

std::optional<boost::json::object> country::person(std::string_view iin) const { return records_->person(iin); }

std::optional<boost::json::object> country::organization(std::string_view bin) const { return records_->organization(bin); }

std::vector<std::string> country::find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                               std::string_view birth_date) const {
  std::vector<std::string> found;
  if (surname.empty()) return found;
  for (const std::string_view part : {surname, name, patronymic}) {
    if (part.size() > longest_name) return found;
  }
  const full_name wanted{to_upper(surname), to_upper(name), to_upper(patronymic)};
  const std::string_view date = birth_date.substr(0, 10);
  const auto agrees = [](std::string_view asked, std::string_view held) { return asked.empty() || asked == held; };
  for (const persona& label : records_->labels) {
    if (!label.is_person || found.size() == most_found) continue;
    const boost::json::object& person = records_->persons.find(label.number)->second;
    if (wanted.surname == text_at(person, "surname") && agrees(wanted.name, text_at(person, "name")) &&
        agrees(wanted.patronymic, text_at(person, "patronymic")) && agrees(date, text_at(person, "birthDate"))) {
      found.push_back(label.number);
    }
  }
  if (const auto day = day_of(date); records_->generated.on && day) {
    for (std::string& iin : records_->people.find(wanted, *day, most_found - found.size())) found.push_back(std::move(iin));
  }
  return found;
}

std::optional<std::string> country::person_by_document(std::string_view number) const {
  if (const auto found = records_->holders.find(number); found != records_->holders.end()) return found->second;
  if (!records_->generated.on) return std::nullopt;
  if (auto company = generated_companies::holder(number)) return company;
  return records_->people.by_document(number);
}

const std::vector<persona>& country::personas() const { return records_->labels; }

}  // namespace shep::population
