#pragma once

#include "mocks/population/dictionaries.hpp"

#include <functional>
#include <optional>

/// From a record as it is written (codes, bare numbers of other people and companies) to a record as it is answered (README.md).
namespace shep::population {

using record_lookup = std::function<std::optional<boost::json::object>(std::string_view number)>;

/// Documents take the person's names and birth date where they say nothing, coded values get their names, `family` is checked.
/// Errors: `problems::bad_record`, `problems::dangling_reference`; `where` begins with `pointer`.
result<void> finish_person(boost::json::object& person, const dictionaries&, const std::function<bool(std::string_view iin)>& exists,
                           const std::string& pointer);

/// Leader, founders and head organisation get the names that their own records have; founders are counted.
/// Errors: as above.
result<void> finish_organization(boost::json::object& organization, const dictionaries&, const record_lookup& person,
                                 const record_lookup& organization_names, const std::string& pointer);

/// The text of a field; empty when it is absent or not text.
std::string_view text_at(const boost::json::object& record, std::string_view field);

}  // namespace shep::population
