#pragma once

#include "ncanode/ncanode.hpp"

#include <string>
#include <vector>

namespace shep::ncanode {

/// The questions about revocation that one request raises: each is put once however many certificates raise it, and all at the same time,
/// so that the slowest answer is the whole wait. Used on the connection's strand.
class inquiry {
 public:
  inquiry(std::shared_ptr<const grounds>, time_point at);

  /// Notes what has to be known of a chain, leaf first. The authorities above have lists, and often no responder: for them anything that is
  /// configured will do. A chain without an issuer raises no question.
  void want(const std::vector<crypto::certificate>& chain, revocation::mode);

  /// Asks all that is wanted and not yet known.
  boost::asio::awaitable<void> ask();

  /// What was found out: one status for each certificate of the chain but the anchor, a problem for those that nobody asked or answered
  /// about.
  revocation::chain_status about(const std::vector<crypto::certificate>& chain, revocation::mode) const;

 private:
  struct question {
    std::string key;
    std::vector<crypto::certificate> path;
    revocation::mode how;
    bool asked = false;
    revocation::chain_status answer;
  };
  struct gathering;
  static std::vector<question> questions_of(const std::vector<crypto::certificate>& chain, revocation::mode);
  const question* find(const std::string& key) const;

  std::shared_ptr<const grounds> world_;
  time_point at_;
  std::vector<question> questions_;
};

}  // namespace shep::ncanode
