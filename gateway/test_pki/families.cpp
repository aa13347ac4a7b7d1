#include "test_pki/families.hpp"

#include <array>

namespace shep::test_pki {
namespace {

struct family_row {
  family which;
  std::string_view name, title;
  crypto::key_kind keys;
};

constexpr std::array rows{
    family_row{family::rsa, "rsa", "RSA", crypto::key_kind::rsa},
    family_row{family::gost2015, "gost2015", "GOST 2015", crypto::key_kind::gost2015_512},
    family_row{family::gost2004, "gost2004", "GOST 2004", crypto::key_kind::gost2004},
};

const family_row& row(family f) { return rows.at(static_cast<std::size_t>(f)); }

}  // namespace

std::string_view name_of(family f) { return row(f).name; }
std::string_view title_of(family f) { return row(f).title; }
crypto::key_kind key_kind_of(family f) { return row(f).keys; }

std::optional<std::vector<family>> families_by_word(std::string_view word) {
  if (word == "gost") return std::vector{family::gost2015};
  if (word == "both") return std::vector{family::rsa, family::gost2015};
  if (word == "all") return std::vector{family::rsa, family::gost2015, family::gost2004};
  for (const family_row& r : rows)
    if (r.name == word) return std::vector{r.which};
  return std::nullopt;
}

std::string prefix_of(const std::vector<family>& all, family one) {
  return !all.empty() && all.front() == one ? std::string() : std::string(name_of(one)) + "/";
}

}  // namespace shep::test_pki
