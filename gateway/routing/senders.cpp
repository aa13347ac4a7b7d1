#include "routing/senders.hpp"

#include "core/bytes.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::routing {
namespace {

bool may_call(const sender& s, std::string_view service) {
  return std::any_of(s.services.begin(), s.services.end(),
                     [&](const std::string& allowed) { return allowed == "*" || allowed == service; });
}

bool signed_by_own(const sender& s, const std::optional<crypto::certificate>& signer) {
  if (s.certificates.empty()) return true;
  return signer && std::any_of(s.certificates.begin(), s.certificates.end(),
                               [&](const crypto::certificate& c) { return c.sha256() == signer->sha256(); });
}

}  // namespace

result<sender_registry> sender_registry::create(std::vector<sender> senders) {
  sender_registry registry;
  for (sender& s : senders) {
    const std::string id = s.id;
    if (!registry.by_id_.emplace(id, std::move(s)).second) return problem(problems::usage, "the sender '" + id + "' is configured twice");
  }
  return registry;
}

result<void> sender_registry::admit(std::string_view sender_id, std::string_view password, std::string_view service_id,
                                    const std::optional<crypto::certificate>& signer) const {
  const auto found = by_id_.find(sender_id);
  if (found == by_id_.end())
    return problem(problems::unknown_sender, "sender '" + clipped(sender_id) + "' is not registered", "requestInfo/sender/senderId",
                   "add a [[sender]] to shepsim.toml");
  const sender& s = found->second;
  if (s.password && !equal_constant_time(*s.password, password))
    return problem(problems::wrong_password, "the password of sender '" + s.id + "' is wrong", "requestInfo/sender/password");
  if (!may_call(s, service_id))
    return problem(problems::no_right, "sender '" + s.id + "' has no right to service '" + std::string(service_id) + "'",
                   "requestInfo/serviceId", "add the service to the sender's services in shepsim.toml");
  if (!signed_by_own(s, signer))
    return problem(problems::no_right, "the message of sender '" + s.id + "' is not signed with a certificate of the sender's",
                   "wsse:Security", "sign with a certificate configured for this sender");
  return {};
}

bool sender_registry::may_ask_faults(std::string_view sender_id) const {
  const auto found = by_id_.find(sender_id);
  return found != by_id_.end() && found->second.faults;
}

std::vector<std::string> sender_registry::ids() const {
  std::vector<std::string> out;
  for (const auto& [id, s] : by_id_) out.push_back(id);
  return out;
}

}  // namespace shep::routing
