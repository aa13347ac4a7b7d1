#pragma once

#include "mocks/population/generated_registers.hpp"

#include <span>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace shep::population {

struct full_name {
  std::string surname, name, patronymic;  ///< capital letters; the patronymic may be empty
};

/// People who exist as soon as somebody asks for their number. Records have the form of personas.json. Immutable, any thread.
class generated_people {
 public:
  generated_people(std::uint64_t seed, std::function<bool(birth)> is_curated, const school_list& schools)
      : seed_(seed), kinship_(seed, std::move(is_curated)), registers_(seed, kinship_, schools) {}
  generated_people(const generated_people&) = delete;
  generated_people& operator=(const generated_people&) = delete;

  /// Empty for curated people and for whatever is not a test IIN.
  std::optional<boost::json::object> person(std::string_view iin) const;

  full_name name_of(birth) const;

  /// IINs of those born that day; empty name fields match everybody. Looks at every serial of the day, about 10 000.
  std::vector<std::string> find(const full_name& wanted, std::int32_t day, std::size_t at_most) const;

  /// The number of an identity card is 600 000 000 + day of birth · 10 000 + serial; real cards' numbers begin with 0. Other documents:
  /// generated_registers::holder.
  std::optional<std::string> by_document(std::string_view number) const;

  /// Somebody alive who was born about that day.
  std::string living(std::int32_t day, std::uint32_t serial) const;

  /// Every dictionary code that `person` writes.
  static std::span<const std::pair<std::string_view, std::string_view>> codes();

 private:
  bool is_dead(birth) const;
  bool is_russian(birth oldest_ancestor) const;
  birth oldest_ancestor(birth) const;
  birth household(birth) const;  ///< whose address is shared
  boost::json::object address(birth, std::optional<std::int32_t> death) const;
  std::string_view family_name(birth oldest_ancestor) const;  ///< of a man
  std::string_view consent(birth) const;
  boost::json::array documents(birth, std::optional<std::int32_t> death) const;
  boost::json::object family(birth) const;

  std::uint64_t seed_;
  kinship kinship_;
  generated_registers registers_;
};

}  // namespace shep::population
