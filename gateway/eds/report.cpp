#include "eds/report.hpp"

namespace shep::eds {

std::string_view name_of(indication i) {
  switch (i) {
    case indication::total_passed: return "TOTAL_PASSED";
    case indication::total_failed: return "TOTAL_FAILED";
    case indication::indeterminate: break;
  }
  return "INDETERMINATE";
}

std::string_view name_of(sub_indication s) {
  switch (s) {
    case sub_indication::none: return "";
    case sub_indication::no_signature_found: return "NO_SIGNATURE_FOUND";
    case sub_indication::format_failure: return "FORMAT_FAILURE";
    case sub_indication::sig_constraints_failure: return "SIG_CONSTRAINTS_FAILURE";
    case sub_indication::signed_data_not_found: return "SIGNED_DATA_NOT_FOUND";
    case sub_indication::hash_failure: return "HASH_FAILURE";
    case sub_indication::sig_crypto_failure: return "SIG_CRYPTO_FAILURE";
    case sub_indication::crypto_constraints_failure: return "CRYPTO_CONSTRAINTS_FAILURE";
    case sub_indication::chain_constraints_failure: return "CHAIN_CONSTRAINTS_FAILURE";
    case sub_indication::no_signing_certificate_found: return "NO_SIGNING_CERTIFICATE_FOUND";
    case sub_indication::no_certificate_chain_found: return "NO_CERTIFICATE_CHAIN_FOUND";
    case sub_indication::expired: return "EXPIRED";
    case sub_indication::not_yet_valid: return "NOT_YET_VALID";
    case sub_indication::revoked: return "REVOKED";
    case sub_indication::timestamp_order_failure: return "TIMESTAMP_ORDER_FAILURE";
    case sub_indication::try_later: break;
  }
  return "TRY_LATER";
}

indication indication_for(sub_indication s) {
  switch (s) {
    case sub_indication::none: return indication::total_passed;
    case sub_indication::no_signing_certificate_found:
    case sub_indication::no_certificate_chain_found:
    case sub_indication::crypto_constraints_failure:
    case sub_indication::timestamp_order_failure:
    case sub_indication::try_later: return indication::indeterminate;
    default: return indication::total_failed;
  }
}

void locate(report& r, const xml::document& document) {
  const auto fill = [&](target_report& t) {
    if (t.element) t.position = document.position_of(t.element);
  };
  for (signature_report& s : r.signatures) {
    fill(s.location);
    for (reference_report& reference : s.references) fill(reference.target);
  }
}

}  // namespace shep::eds
