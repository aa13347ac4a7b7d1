#include "mocks/engine/evaluation.hpp"

#include "mocks/engine/problems.hpp"

namespace shep::mocks {
namespace {

xml::element root_for(scope where, const request_view& view) {
  if (where == scope::envelope) return view.envelope;
  if (where == scope::business_data || view.business_data) return view.business_data;
  return view.envelope;
}

}  // namespace

const query_values& evaluation::values(const query& asked) {
  const auto known = values_.find(&asked);
  if (known != values_.end()) return known->second;
  return values_.emplace(&asked, asked.evaluate(root_for(asked.where(), view))).first->second;
}

std::string_view evaluation::first(const query& asked) {
  const auto& texts = values(asked).texts;
  return texts.empty() ? std::string_view() : std::string_view(texts.front());
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
