#pragma once

#include "mocks/engine/criterion.hpp"
#include "mocks/engine/query.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace shep::mocks {

/// What the consent token of a request is worth. The first that applies, in this order; `valid` when none of the others does.
enum class consent_verdict { absent, forged, expired, other_person, other_service, valid };

/// "otherPerson", as mappings write it.
std::string_view name_of(consent_verdict);
std::span<const std::string_view> consent_verdict_names();
std::optional<consent_verdict> consent_verdict_named(std::string_view);

/// request.shep.consent: where the token and the person stand in the request, and the verdict the mapping answers to.
struct consent_question {
  std::shared_ptr<const query> token;
  std::shared_ptr<const query> iin;  ///< null: whoever the token names
  std::string access_name;           ///< empty: the request's serviceId
  consent_verdict verdict = consent_verdict::valid;
};

/// Expiry is judged by the request's time: a token is good until its last second begins (RFC 7519 section 4.1.4). When `iin` is asked
/// for and the request names nobody, the token is somebody else's.
consent_verdict judge_consent(const consent_question&, evaluation&);

class consent_criterion final : public criterion {
 public:
  explicit consent_criterion(consent_question question) : question_(std::move(question)) {}
  bool holds(evaluation& e) const override { return judge_consent(question_, e) == question_.verdict; }
  criterion_report explain(evaluation&) const override;

 private:
  consent_question question_;
};

}  // namespace shep::mocks
