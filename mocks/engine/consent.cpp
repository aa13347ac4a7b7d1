#include "mocks/engine/consent.hpp"

#include "mocks/engine/evaluation.hpp"
#include "xml/text.hpp"

#include <algorithm>
#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 6> verdict_names = {"absent", "forged", "expired", "otherPerson", "otherService", "valid"};

}  // namespace

std::string_view name_of(consent_verdict verdict) { return verdict_names[static_cast<std::size_t>(verdict)]; }

std::span<const std::string_view> consent_verdict_names() { return verdict_names; }

std::optional<consent_verdict> consent_verdict_named(std::string_view name) {
  const auto found = std::find(verdict_names.begin(), verdict_names.end(), name);
  if (found == verdict_names.end()) return std::nullopt;
  return static_cast<consent_verdict>(found - verdict_names.begin());
}

consent_verdict judge_consent(const consent_question& question, evaluation& e) {
  const auto text = xml::trimmed(e.first(*question.token));
  if (text.empty()) return consent_verdict::absent;
  const auto& claims = e.token(text);
  if (!claims) return consent_verdict::forged;
  if (e.view.now >= claims->expires) return consent_verdict::expired;
  if (question.iin && xml::trimmed(e.first(*question.iin)) != claims->iin) return consent_verdict::other_person;
  const std::string_view service = question.access_name.empty() ? e.view.service_id : std::string_view(question.access_name);
  if (service != claims->access_name) return consent_verdict::other_service;
  return consent_verdict::valid;
}

criterion_report consent_criterion::explain(evaluation& e) const {
  const auto verdict = judge_consent(question_, e);
  const bool exact = verdict == question_.verdict;
  // Verdicts only: the token itself is a secret.
  return {"consent", exact, exact ? 0.0 : 1.0, std::string(name_of(question_.verdict)), std::string(name_of(verdict))};
}

}  // namespace shep::mocks
