#pragma once

#include <string>
#include <string_view>

#include <boost/assert/source_location.hpp>

namespace shep {

/// May the detail of a problem leave the house, or only its code? The wire never says more than this allows.
enum class exposure { detail, code_only };

/// The stable name of one kind of failure, for programs: "xml.doctype", "eds.hash_failure".
/// Each module declares its own in `<module>/problems.hpp`; equality is equality of names. A literal type without ownership.
struct problem_code {
  std::string_view name;
  std::string_view summary;  ///< one plain sentence that holds for every occurrence; safe to show to anybody
  exposure shown = exposure::detail;

  friend constexpr bool operator==(const problem_code& a, const problem_code& b) { return a.name == b.name; }
};

/// What went wrong in normal use: a code for programs and sentences for a tired person.
/// `detail` says what is wrong and what was expected, `where` the place, `hint` what to do. Copied on failing paths only.
struct problem {
  problem_code code{"", ""};
  std::string detail;
  std::string where;
  std::string hint;

  problem() = default;
  problem(problem_code c, std::string what, std::string place = {}, std::string advice = {})
      : code(c), detail(std::move(what)), where(std::move(place)), hint(std::move(advice)) {}
};

/// "eds.hash_failure: detail (where); hint", for logs and terminals; never for the wire.
std::string describe(const problem&);

/// Found by boost::system::result when `.value()` is called on a failure: tools and tests only. Throws std::runtime_error.
[[noreturn]] void throw_exception_from_error(const problem&, const boost::source_location&);

namespace problems {
inline constexpr problem_code internal{"internal", "internal error", exposure::code_only};
inline constexpr problem_code usage{"usage", "the command line or configuration is wrong"};
inline constexpr problem_code environment{"environment", "a file, port, key or target could not be used", exposure::code_only};
}  // namespace problems

}  // namespace shep
