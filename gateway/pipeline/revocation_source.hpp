#pragma once

#include "crypto/certificate.hpp"
#include "revocation/finding.hpp"

#include <vector>

#include <boost/asio/awaitable.hpp>

namespace shep::pipeline {

/// Who knows what became of certificates: lists at hand, responders asked over the network.
class revocation_source {
 public:
  virtual ~revocation_source() = default;

  /// One answer for each certificate of the path (leaf first) but the last, the anchor. Called from any thread, many at a time; never
  /// blocks; ends within the source's own deadlines, which are its configuration.
  virtual boost::asio::awaitable<revocation::chain_status> gather(std::vector<crypto::certificate> path, revocation::mode,
                                                                  time_point at) const = 0;
};

}  // namespace shep::pipeline
