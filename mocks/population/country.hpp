#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

/// One synthetic country: people and companies that agree with each other, whoever asks.
namespace shep::population {

/// A curated record and what it is there for.
struct persona {
  std::string number;  ///< IIN or BIN
  bool is_person;
  std::string name;   ///< "ҮЛГІБАЕВ ӘДІЛ СЫНАҚҰЛЫ", "ТОО «Үлгі»"
  std::string label;  ///< "deceased", "company in liquidation": one short phrase
};

/// Beside the curated records: answer for every other test number too?
struct generation {
  bool on = false;
  std::uint64_t seed = 1;
};

/// Immutable, so any thread may ask; a copy shares the records. Answers are copies. Fields of a person and of an organisation: README.md.
/// Work is bounded whatever the text of a question is, and nobody is stored who was only generated.
class country {
 public:
  /// The personas compiled into the program, personas*.json. Throws std::logic_error when that file is broken, which a test excludes.
  static country shipped(generation = {});

  /// Reads a file of the same form as personas.json. Refuses it when a number is not a valid test number, a coded value is not in its
  /// dictionary, or a record names somebody who is not there; the problem's `where` is the record's JSON pointer.
  static result<country> load(std::string_view json, generation = {});

  /// The same of several files, read as one: each may have some of the sections, lists are joined, an entry may stand in one file only.
  static result<country> load(const std::vector<std::string_view>& files, generation = {});

  /// Empty for a number that is unknown, malformed, or not a test number: "no data".
  std::optional<boost::json::object> person(std::string_view iin) const;
  std::optional<boost::json::object> organization(std::string_view bin) const;

  /// IINs of at most `most_found` people who agree with every argument that is not empty; the surname must not be. Letter case does not
  /// matter; birth_date is YYYY-MM-DD and what follows it (a zone) is ignored. Curated people come first, generated ones are found only
  /// with a birth date.
  std::vector<std::string> find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                        std::string_view birth_date) const;

  /// IIN, or BIN, of whoever holds, or held, this document: identity cards, and whatever `registers` have by a number.
  std::optional<std::string> person_by_document(std::string_view number) const;

  /// In the order of the file.
  const std::vector<persona>& personas() const;

  static constexpr std::size_t most_found = 20;

 private:
  struct records;
  explicit country(std::shared_ptr<const records> r) : records_(std::move(r)) {}

  std::shared_ptr<const records> records_;
};

}  // namespace shep::population
