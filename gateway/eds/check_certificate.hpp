#pragma once

#include "eds/judgement.hpp"

#include <vector>

namespace shep::eds {

/// What the report says of a certificate.
certificate_report describe_certificate(const crypto::certificate&);

/// Is this a certificate that may sign? Usage, the policy's certificate rules, and the chain to an anchor at `with.at`; the same for every
/// kind of signature (XML, CMS). Failures and weaknesses go into the judgement with their place; certificate and chain into the report when
/// the policy asks for detail. Returns the chain, leaf first and anchor last; empty when there is none.
std::vector<crypto::certificate> check_certificate(const crypto::certificate&, const place&, const checking&, judgement&,
                                                   signature_report&);

/// The chain alone, for a certificate of any use.
std::vector<crypto::certificate> check_chain(const crypto::certificate&, const place&, const checking&, judgement&, signature_report&);

/// The first of the certificate rules that the certificate breaks. Errors: certificate_usage, certificate_role, certificate_policy.
result<void> check_rules(const crypto::certificate&, const certificate_rules&);

}  // namespace shep::eds
