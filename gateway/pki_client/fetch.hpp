#pragma once

#include "pki_client/address_book.hpp"

namespace shep::pki {

/// One exchange with a revocation or time-stamping server.
struct errand {
  target where;
  std::string content_type{};  ///< of `body`; empty: GET without one
  std::string accept{};
  shared_bytes body{};
  http::client_deadlines within{};
  std::size_t largest = 0;
};

/// The body of an answer with status 200. Error revocation_unavailable for everything else: silence, other statuses, redirects (which are
/// never followed), too many octets.
boost::asio::awaitable<result<shared_bytes>> fetch(errand);

}  // namespace shep::pki
