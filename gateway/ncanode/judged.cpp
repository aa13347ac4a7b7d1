#include "ncanode/judged.hpp"

#include "crypto/problems.hpp"

#include <algorithm>

namespace shep::ncanode {
namespace {

bool by_sha1(const crypto::certificate& c) {
  return crypto::signature_by_oid(c.info().signature_algorithm_oid) == crypto::signature_algorithm::rsa_sha1;
}

}  // namespace

bool judged_certificate::valid() const {
  return !failure && std::all_of(revocations.begin(), revocations.end(), [](const auto& r) { return r.decided && !r.revoked; });
}

judged_certificate judge_certificate(const crypto::certificate& c, const crypto::trust_store& trust, time_point at) {
  judged_certificate out{c, at, {}, false, {}, {}};
  auto chain = trust.build(c, at);
  if (!chain) {
    out.failure = chain.error();
    return out;
  }
  out.weak = chain->weak_signature;
  out.chain = std::move(chain->path);
  // The anchor's own signature proves nothing and is not looked at.
  if (std::any_of(out.chain.begin(), std::prev(out.chain.end()), by_sha1))
    out.failure = problem(problems::certificate_no_chain, "a certificate of the chain is signed with SHA-1", c.info().subject);
  return out;
}

}  // namespace shep::ncanode
