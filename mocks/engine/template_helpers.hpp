#pragma once

#include "core/result.hpp"
#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/template_tree.hpp"

#include <span>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

/// The functions of the template language, one table; README.md lists them for users.
namespace shep::mocks {

/// Arguments of one call, evaluated. Everything lives until the helper returns.
struct helper_call {
  std::span<const boost::json::value* const> positional;
  std::span<const boost::json::value* const> named;  ///< in the order of helper::named; null when not given
  const query* asked = nullptr;
  evaluation& context;

  std::string text(std::size_t named_index) const;  ///< printed, white space trimmed; empty when not given
};

struct helper {
  std::string_view name;
  std::size_t least = 0, most = 0;          ///< positional arguments
  std::span<const std::string_view> named;  ///< known names
  std::size_t required = 0;                 ///< so many of them, the first ones, must be given
  bool takes_xpath = false;                 ///< the last positional argument is a literal XPath, taken out and compiled
  scope looks_at = scope::business_data;
  bool only_with_names = false;  ///< without a named argument the word is a value: records have members of that name
  std::size_t cost = 1;          ///< steps beside those for the size of its result

  /// Errors: any code, without place.
  result<boost::json::value> (*run)(const helper_call&) = nullptr;

  /// Looks at one literal argument while the template is read; empty when acceptable. Null when there is nothing to look at.
  std::string (*check)(std::string_view name, std::string_view text) = nullptr;
};

/// A helper of positional arguments alone.
constexpr helper plain_helper(std::string_view name, std::size_t least, std::size_t most,
                              result<boost::json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.least = least;
  h.most = most;
  h.run = run;
  return h;
}

std::span<const helper> logic_helpers();
std::span<const helper> text_helpers();
std::span<const helper> time_helpers();
std::span<const helper> request_helpers();
std::span<const helper> data_helpers();
std::span<const helper> kazakh_helpers();

const helper* find_helper(std::string_view name);
std::vector<std::string_view> helper_names();

/// Handlebars: null, false, 0, "" and [] are not true.
bool is_true(const boost::json::value&);

/// Text of a scalar; null is empty. Error: problems::template_value for lists and objects.
result<std::string> printed(const boost::json::value&);

problem unusable(std::string what, std::string hint = {});

}  // namespace shep::mocks
