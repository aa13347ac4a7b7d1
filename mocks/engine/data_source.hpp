#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace shep::mocks {

/// The people and companies that criteria and templates may ask about. `population::country` has the same shape; module app joins them.
/// Implementations answer the same for the same arguments, from any thread, and never fail: unknown is empty.
class data_source {
 public:
  virtual ~data_source() = default;

  virtual std::optional<boost::json::object> person(std::string_view iin) const = 0;
  virtual std::optional<boost::json::object> organization(std::string_view bin) const = 0;

  /// IINs of those who agree with every argument that is not empty; birth_date as "2001-02-03".
  virtual std::vector<std::string> find_persons(std::string_view surname, std::string_view name, std::string_view patronymic,
                                                std::string_view birth_date) const = 0;

  /// IIN of the holder of an identity document.
  virtual std::optional<std::string> person_by_document(std::string_view number) const = 0;
};

}  // namespace shep::mocks
