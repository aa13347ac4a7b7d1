#pragma once

#include "core/result.hpp"

#include <map>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace shep::population {

/// The coded values of the population file. A dictionary's name is the name of the field it is for, or "parent.field" where fields of
/// one name differ. Immutable after `read`; any thread.
class dictionaries {
 public:
  /// `{"gender": {"1": ["МУЖСКОЙ", "ЕР"]}, "citizenship": "country"}`: code → names in Russian and Kazakh, or the name of another
  /// dictionary. Error: `problems::bad_record`.
  static result<dictionaries> read(const boost::json::object& table);

  /// `{code, nameRu, nameKz}`; null when there is no such code.
  const boost::json::object* find(std::string_view dictionary, std::string_view code) const;

  /// Replaces every string that stands in a coded field, at any depth, by its `{code, nameRu, nameKz}`.
  /// Error: `problems::bad_record` with the pointer of a code that is in no dictionary. Recursive: the depth is the JSON parser's
  /// limit, 32.
  result<void> expand(boost::json::object& record, const std::string& pointer) const;

 private:
  using codes = std::map<std::string, boost::json::object, std::less<>>;

  const codes* for_field(std::string_view parent, std::string_view field) const;
  result<void> expand_below(boost::json::object& record, std::string_view name, const std::string& pointer) const;

  std::map<std::string, codes, std::less<>> tables_;
};

}  // namespace shep::population
