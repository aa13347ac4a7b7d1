#pragma once

#include "mocks/population/generated_people.hpp"

namespace shep::population {

/// Companies that exist as soon as somebody asks for their number. Records have the form of personas.json. Immutable, any thread.
/// The years of a test BIN: 91…99 of the last century, 00…25 of this one; the sixth digit: 0 company, 1 branch, 2 representation.
class generated_companies {
 public:
  generated_companies(std::uint64_t seed, const generated_people& people, std::function<bool(std::string_view bin)> is_curated)
      : seed_(seed), people_(people), is_curated_(std::move(is_curated)) {}

  /// Empty for curated companies, for whatever is not a test BIN, and for other years and sixth digits.
  /// Founders and head organisations are generated ones that were registered before and are not liquidated.
  std::optional<boost::json::object> organization(std::string_view bin) const;

  /// Of the same companies, the names and the day of registration only.
  std::optional<boost::json::object> names(std::string_view bin) const;

  /// BIN of the company that a licence number ("ТЛ", then the BIN) or a plate (vehicles.hpp) belongs to; it need not exist.
  static std::optional<std::string> holder(std::string_view document_number);

  /// Every dictionary code that `organization` writes beside those of generated_people.
  static std::span<const std::pair<std::string_view, std::string_view>> codes();

 private:
  boost::json::object registers(std::string_view bin, std::int32_t registered, std::optional<std::int32_t> liquidated,
                                std::string_view oked) const;
  bool is_liquidated(std::string_view bin) const;
  std::optional<std::string> earlier(std::string_view bin, purpose why) const;

  std::uint64_t seed_;
  const generated_people& people_;
  std::function<bool(std::string_view)> is_curated_;
};

}  // namespace shep::population
