#pragma once

#include "pki_client/address_book.hpp"
#include "pki_client/client.hpp"

namespace shep::pki {

/// Asks one address after the other until one of them decides. `unknown` is what remains when a responder did not know the certificate and
/// no other one did. Errors: those of ocsp::read_response, revocation_unavailable, revocation_url; try_later when several failed.
boost::asio::awaitable<result<revocation::finding>> ask_ocsp(question, address_book::choice, const settings&, revocation::crl_set lists);

/// Nothing to ask, with the reason: which addresses stand in the certificate and why they are not followed.
problem no_address(const address_book::choice&, const crypto::certificate& subject, std::string_view kind);

/// One problem out of several, in order; that one when it is alone, else try_later telling of all.
problem joined(const std::vector<problem>&);

}  // namespace shep::pki
