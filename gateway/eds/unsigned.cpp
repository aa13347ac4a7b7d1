#include "eds/envelope.hpp"
#include "eds/problems.hpp"
#include "eds/verified_maker.hpp"

namespace shep::eds {

result<verified> accept_without_signature(const xml::document& document) {
  const auto parts = read_envelope(document);
  if (!parts) return parts.error();
  for (xml::element e = parts->header; e; e = e.next_in_document(parts->header))
    if (e.is({xml::ns::ds, "Signature"}))
      return problem(problems::signature_constraints, "the header carries a signature that was not verified", e.xpath());
  return verified_maker::make(parts->body, verified::assurance::accepted_unsigned, std::nullopt);
}

}  // namespace shep::eds
