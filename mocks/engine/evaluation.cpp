#include "mocks/engine/evaluation.hpp"

#include "mocks/engine/problems.hpp"
#include "mocks/population/identifiers.hpp"

#include <algorithm>

#include <boost/json/array.hpp>

namespace shep::mocks {
namespace {

// No number is longer; a client may send any text.
constexpr std::size_t longest_key = 256;

bool has_number(const boost::json::value& entry, std::string_view number) {
  const auto* object = entry.if_object();
  const auto* own = object != nullptr ? object->if_contains("number") : nullptr;
  return own != nullptr && own->is_string() && std::string_view(own->get_string()) == number;
}

/// The member at a path such as "registers.civil.marriages"; null when there is none.
const boost::json::value* member_at(const boost::json::object& record, std::string_view path) {
  const boost::json::object* object = &record;
  while (true) {
    const auto end = std::min(path.find('.'), path.size());
    const auto* member = object->if_contains(path.substr(0, end));
    if (member == nullptr || end == path.size()) return member;
    object = member->if_object();
    if (object == nullptr) return nullptr;
    path.remove_prefix(end + 1);
  }
}

xml::element root_for(scope where, const request_view& view) { return where == scope::envelope ? view.envelope : view.business_data; }

}  // namespace

const std::vector<std::string>& evaluation::texts(const query& asked) {
  const auto known = texts_.find(&asked);
  if (known != texts_.end()) return known->second;
  return texts_.emplace(&asked, asked.texts(root_for(asked.where(), view))).first->second;
}

bool evaluation::holds(const query& asked) {
  const auto known = truths_.find(&asked);
  if (known != truths_.end()) return known->second;
  return truths_.emplace(&asked, asked.holds(root_for(asked.where(), view))).first->second;
}

std::vector<xml::element> evaluation::elements(const query& asked) const { return asked.elements(root_for(asked.where(), view)); }

std::string_view evaluation::first(const query& asked) {
  const auto& found = texts(asked);
  return found.empty() ? std::string_view() : std::string_view(found.front());
}

const boost::json::object* evaluation::person(const std::string& iin) {
  if (iin.empty() || !around.population) return nullptr;
  const auto [place, fresh] = persons_.try_emplace(iin);
  if (fresh) place->second = around.population->person(iin);
  return place->second ? &*place->second : nullptr;
}

const boost::json::object* evaluation::organization(const std::string& bin) {
  if (bin.empty() || !around.population) return nullptr;
  const auto [place, fresh] = organizations_.try_emplace(bin);
  if (fresh) place->second = around.population->organization(bin);
  return place->second ? &*place->second : nullptr;
}

const boost::json::value* evaluation::record(const std::string& registry, const std::string& key) {
  if (key.empty() || key.size() > longest_key) return nullptr;
  const auto [place, fresh] = records_.try_emplace({registry, key});
  if (fresh) place->second = find_record(registry, key);
  return place->second.is_null() ? nullptr : &place->second;
}

boost::json::value evaluation::find_record(const std::string& registry, const std::string& key) {
  namespace json = boost::json;
  if (registry == "iin") return population::is_valid_iin(key) ? json::value(true) : json::value();
  if (registry == "bin") return population::is_valid_bin(key) ? json::value(true) : json::value();
  if (!around.population) return {};
  const json::object* someone = person(key);
  const json::object* something = someone == nullptr ? organization(key) : nullptr;
  const bool by_document = someone == nullptr && something == nullptr;
  if (by_document) {
    const std::string holder = around.population->person_by_document(key).value_or("");
    someone = person(holder);
    if (someone == nullptr) something = organization(holder);
  }
  if (registry == "person") return someone == nullptr ? json::value() : json::value(*someone);
  if (registry == "organization") return something == nullptr ? json::value() : json::value(*something);
  const json::object* holder = someone != nullptr ? someone : something;
  const json::value* found = holder != nullptr ? member_at(*holder, "registers." + registry) : nullptr;
  if (found == nullptr) return {};
  if (const auto* entries = found->if_array()) {
    json::array wanted;
    for (const json::value& entry : *entries) {
      if (!by_document || has_number(entry, key)) wanted.push_back(entry);
    }
    return wanted.empty() ? json::value() : json::value(std::move(wanted));
  }
  if (by_document && found->is_object() && found->get_object().contains("number") && !has_number(*found, key)) return {};
  return *found;
}

const std::string& evaluation::scenario_state(const std::string& scenario, const std::string& key) {
  const auto [place, fresh] = states_.try_emplace({scenario, key});
  if (fresh) place->second = around.scenarios ? around.scenarios->state(scenario, key) : std::string(first_state);
  return place->second;
}

const result<kdp_claims>& evaluation::token(std::string_view text) {
  const auto known = tokens_.find(text);
  if (known != tokens_.end()) return known->second;
  auto read = around.tokens ? read_kdp_token(text, *around.tokens)
                            : result<kdp_claims>(problem(problems::token_forged, "no token authority is configured"));
  return tokens_.emplace(std::string(text), std::move(read)).first->second;
}

}  // namespace shep::mocks
