#include "mocks/engine/kdp_token.hpp"
#include "mocks/engine/template_helpers.hpp"
#include "xml/text.hpp"

#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;

// Members of the population are generated on demand.
constexpr std::size_t lookup_cost = 20;
constexpr std::size_t search_cost = 2000;

problem no_population() { return unusable("there is no population here"); }

result<json::value> person(const helper_call& c) {
  if (!c.context.around.population) return no_population();
  if (const auto* found = c.context.person(c.text(0))) return json::value(*found);
  return json::value(nullptr);
}

result<json::value> organization(const helper_call& c) {
  if (!c.context.around.population) return no_population();
  if (const auto* found = c.context.organization(c.text(0))) return json::value(*found);
  return json::value(nullptr);
}

result<json::value> find_persons(const helper_call& c) {
  if (!c.context.around.population) return no_population();
  json::array found;
  const std::string surname = c.text(0), name = c.text(1), patronymic = c.text(2), birth_date = c.text(3);
  if (!surname.empty() || !name.empty() || !patronymic.empty() || !birth_date.empty())
    for (const auto& iin : c.context.around.population->find_persons(surname, name, patronymic, birth_date)) found.emplace_back(iin);
  return json::value(std::move(found));
}

result<json::value> person_by_document(const helper_call& c) {
  if (!c.context.around.population) return no_population();
  const auto number = c.text(0);
  const auto iin = number.empty() ? std::nullopt : c.context.around.population->person_by_document(number);
  return iin ? json::value(*iin) : json::value(nullptr);
}

result<json::value> registry(const helper_call& c) {
  const auto name = printed(*c.positional[0]);
  if (!name) return name.error();
  const auto key = printed(*c.positional[1]);
  if (!key) return key.error();
  const auto* found = c.context.record(*name, std::string(xml::trimmed(*key)));
  return found ? *found : json::value(nullptr);
}

/// KDP's expiresIn: milliseconds, 600000 when it is not given (shep-protocol.md section 5.3).
result<std::chrono::milliseconds> lifetime(const std::string& text) {
  constexpr std::int64_t usual = 600'000, longest = 315'360'000'000;  // ten years
  if (text.empty()) return std::chrono::milliseconds(usual);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > longest)
    return unusable("expiresIn is not a number of milliseconds up to ten years");
  return std::chrono::milliseconds(number);
}

result<json::value> kdp_token(const helper_call& c) {
  const auto& around = c.context.around;
  if (!around.tokens || !around.identifiers) return unusable("there is nobody here to sign tokens");
  const auto time = lifetime(c.text(3));
  if (!time) return time.error();
  const time_point now = c.context.view.now;
  const kdp_claims claims{c.text(0), c.text(1), c.text(2), now, now + *time, around.identifiers->uuid()};
  if (claims.iin.empty() || claims.access_name.empty())
    return unusable("a consent token needs an iin and an accessName that are not empty");
  auto token = write_kdp_token(claims, *around.tokens);
  if (!token) return token.error();
  return json::value(*token);
}

result<json::value> kdp_public_key(const helper_call& c) {
  if (!c.context.around.tokens) return unusable("there is nobody here to sign tokens");
  return json::value(c.context.around.tokens->public_key());
}

constexpr std::string_view iin_argument[] = {"iin"};
constexpr std::string_view bin_argument[] = {"bin"};
constexpr std::string_view number_argument[] = {"number"};
constexpr std::string_view search_arguments[] = {"surname", "name", "patronymic", "birthDate"};
constexpr std::string_view token_arguments[] = {"iin", "accessName", "companyBin", "expiresIn"};

constexpr helper data_helper(std::string_view name, std::span<const std::string_view> named, std::size_t required, std::size_t cost,
                             result<json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.named = named;
  h.required = required;
  h.cost = cost;
  h.run = run;
  return h;
}

constexpr helper registry_helper() {
  helper h;
  h.name = "registry";
  h.least = h.most = 2;
  h.cost = lookup_cost;
  h.run = registry;
  return h;
}

constexpr helper data_table[] = {
    registry_helper(),
    data_helper("person", iin_argument, 1, lookup_cost, person),
    data_helper("organization", bin_argument, 1, lookup_cost, organization),
    data_helper("findPersons", search_arguments, 0, search_cost, find_persons),
    data_helper("personByDocument", number_argument, 1, lookup_cost, person_by_document),
    data_helper("kdpToken", token_arguments, 2, search_cost, kdp_token),
    data_helper("kdpPublicKey", {}, 0, 1, kdp_public_key),
};

}  // namespace

std::span<const helper> data_helpers() { return data_table; }

}  // namespace shep::mocks
