#include "routing/senders.hpp"

#include "core/bytes.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::routing {
namespace {

bool allows(const std::vector<std::string>& list, std::string_view wanted) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& allowed) { return allowed == "*" || allowed == wanted; });
}

/// The certificate's own word on who it belongs to, against what is configured for the sender (C11). Numbers stay out of the sentence:
/// it goes into logs and onto the wire.
result<void> check_named(const sender& s, const std::optional<crypto::certificate>& signer) {
  if (s.iin.empty() && s.bin.empty()) return {};
  const std::string who = "the certificate that signed for sender '" + s.id + "' ";
  if (!signer)
    return problem(problems::sender_not_named, "the message of sender '" + s.id + "' is not signed, so nobody is named", "wsse:Security");
  const auto& subject = signer->info();
  if (!s.iin.empty() && subject.iin != s.iin)
    return problem(problems::sender_not_named, who + (subject.iin.empty() ? "names no IIN" : "names another IIN"), "wsse:Security",
                   "sign with a certificate of the person configured as the sender's iin");
  if (!s.bin.empty() && subject.bin != s.bin)
    return problem(problems::sender_not_named, who + (subject.bin.empty() ? "names no BIN" : "names another BIN"), "wsse:Security",
                   "sign with a certificate of the organization configured as the sender's bin");
  return {};
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

result<void> sender_registry::admit(const asking& a, const std::optional<crypto::certificate>& signer) const {
  const auto found = by_id_.find(a.sender_id);
  if (found == by_id_.end())
    return problem(problems::unknown_sender, "sender '" + clipped(a.sender_id) + "' is not registered", "requestInfo/sender/senderId",
                   "add a [[sender]] to shepsim.toml");
  const sender& s = found->second;
  if (s.password && !equal_constant_time(*s.password, a.password))
    return problem(problems::wrong_password, "the password of sender '" + s.id + "' is wrong", "requestInfo/sender/password");
  if (!allows(s.channels, a.channel))
    return problem(problems::no_right, "sender '" + s.id + "' may not use the channel " + std::string(a.channel), {},
                   "add the channel to the sender's channels in shepsim.toml");
  if (!allows(s.services, a.service_id))
    return problem(problems::no_right, "sender '" + s.id + "' has no right to service '" + clipped(a.service_id) + "'",
                   "requestInfo/serviceId", "add the service to the sender's services in shepsim.toml");
  if (!signed_by_own(s, signer))
    return problem(problems::no_right, "the message of sender '" + s.id + "' is not signed with a certificate of the sender's",
                   "wsse:Security", "sign with a certificate configured for this sender");
  return check_named(s, signer);
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
