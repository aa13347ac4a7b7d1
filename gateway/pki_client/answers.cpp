#include "pki_client/answers.hpp"

namespace shep::pki {
namespace {

std::string key_of(const crypto::certificate& subject, const crypto::certificate& issuer) { return subject.sha256() + issuer.sha256(); }

}  // namespace

std::optional<revocation::finding> answers::find(const crypto::certificate& subject, const crypto::certificate& issuer, time_point at) {
  if (!enabled_) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const kept* found = findings_.find(key_of(subject, issuer));
  if (found == nullptr || std::chrono::steady_clock::now() >= found->since + keep_) return std::nullopt;
  const revocation::finding& f = found->what;
  if (at < f.this_update || (f.next_update && at > *f.next_update)) return std::nullopt;
  return f;
}

void answers::put(const crypto::certificate& subject, const crypto::certificate& issuer, const revocation::finding& f) {
  if (!enabled_ || f.in_grace) return;
  const std::lock_guard lock(mutex_);
  findings_.put(key_of(subject, issuer), {f, std::chrono::steady_clock::now()});
}

}  // namespace shep::pki
