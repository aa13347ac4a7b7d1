#include "mocks/engine/evaluation.hpp"

#include "mocks/engine/problems.hpp"

namespace shep::mocks {
namespace {

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

const result<kdp_claims>& evaluation::token(std::string_view text) {
  const auto known = tokens_.find(text);
  if (known != tokens_.end()) return known->second;
  auto read = around.tokens ? read_kdp_token(text, *around.tokens)
                            : result<kdp_claims>(problem(problems::token_forged, "no token authority is configured"));
  return tokens_.emplace(std::string(text), std::move(read)).first->second;
}

}  // namespace shep::mocks
