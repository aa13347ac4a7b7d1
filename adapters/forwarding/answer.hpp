#pragma once

#include "adapters/adapter.hpp"
#include "crypto/trust.hpp"
#include "eds/verify.hpp"
#include "http/client.hpp"
#include "xml/document.hpp"

#include <string_view>

/// What a recipient answered, from octets to a reply. No I/O.
namespace shep::forwarding {

/// An answer of the synchronous channel: a SOAP fault, or SendMessageResponse.
struct soap_answer {
  xml::document document;
  bool is_fault = false;
  xml::element response_info;  ///< null in a fault
  xml::element data;           ///< null when there is none
};

/// The SOAP message in an HTTP answer. Status and content must agree: 200 with SendMessageResponse, and a fault with 500, or 200 as some
/// services send it; everything else is refused (security catalogue R07). Error: recipient_answer, and recipient_unavailable for 502 to
/// 504.
result<soap_answer> read_answer(const http::incoming_response&, const xml::limits&);

/// The same from octets that were an answer once.
result<soap_answer> read_answer(shared_bytes message, const xml::limits&, std::string_view charset = {});

/// Is the signature what the route asks for? `waiting` when revocation has to be asked about first: conclude with
/// eds::conclude_revocation and `judge`. Faults are believed unsigned, as the gateway's own are (decision 0004).
struct judged {
  std::optional<problem> refusal;
  std::optional<eds::signatory> signatory;  ///< who signed, when the signature holds and nothing has to be asked
  std::optional<eds::verification> waiting;
};
judged judge_signature(const soap_answer&, bool required, const crypto::trust_store&, const eds::policy&, time_point at);

/// Is the certificate that signed one of those the route names? None named: any will do. Error: recipient_untrusted.
result<void> check_signer(const eds::signatory&, const std::vector<crypto::certificate>& named);

/// recipient_untrusted, in the words of the verdict.
problem untrusted(const problem& verdict);

/// Is it an answer to the request with this messageId? One without correlationId is believed (shep-protocol.md section 1.4). Faults carry
/// none. Error: recipient_answer.
result<void> check_correlation(const soap_answer&, std::string_view asked);

/// The answer as data, to be rendered and signed by the gateway. `asked`: the messageId of the request; an answer to another one is
/// refused. Empty: not compared. Error: recipient_answer.
result<adapters::reply> reply_from(const soap_answer&, std::string_view asked, const xml::limits&);

}  // namespace shep::forwarding
