#pragma once

#include "pipeline/exchange.hpp"

#include <boost/asio/awaitable.hpp>

/// The stages of an exchange, in the order in which `process` calls them. Each fills its part of the exchange.
namespace shep::pipeline {

result<void> admit(exchange&);   ///< octets → document, SOAP version and headers
result<void> verify(exchange&);  ///< document → verified message; a message without any signature passes to `choose_route`
boost::asio::awaitable<result<void>> ask_about_signer(exchange&);  ///< a held message is verified once no certificate of it was revoked
result<void> read(exchange&);                                      ///< verified message → request
result<void> choose_route(exchange&);            ///< request → route, and what the route demands of the transport signature
result<void> admit_sender(exchange&);            ///< password, rights, own certificate
result<void> check_request_contract(exchange&);  ///< the business data against the service's schema, as the route demands
result<void> verify_business_data(exchange&);    ///< the signatures inside, as the route demands
boost::asio::awaitable<result<void>> ask_about_business_signers(exchange&);
result<void> check_business_signers(exchange&);  ///< who signed inside: role, policy, and the person whom the data name
adapters::call call_of(
    const exchange&);  ///< what is asked of an adapter; points into the exchange, which has a route and a verified message
boost::asio::awaitable<result<void>> ask_adapter(exchange&);

}  // namespace shep::pipeline
