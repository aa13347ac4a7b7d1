#pragma once

#include "pki_client/client.hpp"
#include "pki_client/list_store.hpp"

namespace shep::pki {

/// The addresses of the lists that speak about a certificate; several of a kind stand for each other.
struct list_addresses {
  address_book::choice complete, delta;
};

/// What the lists at hand say, when nothing has to be downloaded first. A refresh that is due is started on the executor and not waited
/// for.
std::optional<revocation::finding> at_hand(list_store&, const question&, const list_addresses&, const settings&,
                                           const boost::asio::any_io_executor&);

/// Brings the lists that are missing or due, and looks up. To be awaited on a strand. Errors: those of crl_set::look_up; when no list is at
/// hand, why it could not be brought.
boost::asio::awaitable<result<revocation::finding>> ask_crl(std::shared_ptr<list_store>, question, list_addresses, const settings&);

}  // namespace shep::pki
