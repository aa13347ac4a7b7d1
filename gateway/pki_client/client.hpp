#pragma once

#include "core/clock.hpp"
#include "pki_client/settings.hpp"
#include "revocation/finding.hpp"

#include <memory>

namespace shep::pki {

/// What is asked about one certificate.
struct question {
  crypto::certificate subject;
  crypto::certificate issuer;  ///< who issued it, already verified by the caller
  revocation::mode how = revocation::mode::best_effort;
  time_point at{};  ///< now: the moment at which the evidence has to be current

  /// The certificate chains to a configured anchor. Only then the addresses inside it count, and only those on allowed hosts (security
  /// catalogue C10).
  bool chained = false;
};

/// Asks OCSP responders and time-stamping authorities and downloads revocation lists over plain HTTP: hosts from the configuration only,
/// no redirects, a deadline on every wait, a cap on every answer. Keeps lists and answers. Copies share everything; any thread; the
/// executor is the one of the coroutine that asks. The last copy goes before the io threads' context does; a list that is just being parsed
/// is waited for then.
class client {
 public:
  /// Error problems::usage: an address that is not http://host…, an allowed host that is malformed.
  static result<client> create(settings);

  /// The finding, or why there is none. mode::none is refused (usage). A problem never means good nor revoked.
  /// best_effort: OCSP; when that is undecided or the responder does not know the certificate, the list; when both are undecided
  /// try_later, whose detail tells of both.
  boost::asio::awaitable<result<revocation::finding>> ask(question) const;

  /// One for each certificate of the path (leaf first) but the last, which is the anchor. The path is one that trust_store::build made:
  /// addresses inside its certificates count. The certificates are asked about at the same time. Empty for mode::none.
  boost::asio::awaitable<revocation::chain_status> gather(std::vector<crypto::certificate> path, revocation::mode, time_point at) const;

  /// Sends the DER of a TimeStampReq (RFC 3161 section 3.4) to the configured authorities in their order; the octets of the first answer
  /// with status 200. What they say is not looked at here. Errors: revocation_unavailable.
  boost::asio::awaitable<result<std::string>> time_stamp(std::string request) const;

  /// The lists at hand. Never null.
  std::shared_ptr<const revocation::crl_set> lists() const;

 private:
  struct owner;
  explicit client(std::shared_ptr<owner>);
  std::shared_ptr<owner> owner_;
};

}  // namespace shep::pki
