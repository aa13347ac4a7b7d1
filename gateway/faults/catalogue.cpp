#include "faults/catalogue.hpp"

#include <array>

namespace shep::faults {
namespace {

constexpr std::array<row, kinds> rows = {{
    {kind::connection_reset, "CONNECTION_RESET_BY_PEER", layer::transport, false, "TCP RST instead of an answer, not one octet sent",
     "the read fails with ECONNRESET; whether the request was processed is unknown, so repeat only with the same messageId"},
    {kind::empty_response, "EMPTY_RESPONSE", layer::transport, false, "the connection is closed, not one octet sent",
     "end of stream where a status line should be"},
    {kind::malformed_response_chunk, "MALFORMED_RESPONSE_CHUNK", layer::transport, false,
     "status 200 and Transfer-Encoding: chunked, then octets that are no chunk, then close",
     "the HTTP library refuses the chunk size; no part of the body may be used"},
    {kind::random_data_then_close, "RANDOM_DATA_THEN_CLOSE", layer::transport, false, "octets that are not HTTP, then close",
     "there is no status line"},
    {kind::slow_drip, "SLOW_DRIP", layer::transport, true, "a right head at once, the right body in at most 50 pieces over `milliseconds`",
     "the limit for the whole answer ends the wait, not only the one between two reads"},
    {kind::half_close, "HALF_CLOSE", layer::transport, true, "the announced Content-Length, half of the body, then FIN",
     "end of stream before Content-Length octets"},
    {kind::stall, "STALL", layer::transport, true,
     "the announced Content-Length, half of the body, then silence for `milliseconds`, then FIN", "the read limit ends the wait"},
    {kind::http_500, "HTTP_500", layer::http, false,
     "status 500 with an HTML page instead of SOAP, as a proxy or a servlet container sends it",
     "the content type is not XML: there is no fault to read"},
    {kind::http_503, "HTTP_503", layer::http, false, "status 503 with Retry-After: 5 and an HTML page",
     "wait as long as Retry-After says, then repeat"},
    {kind::http_404, "HTTP_404", layer::http, false, "status 404 with an HTML page", "the address is wrong; repeating does not help"},
    {kind::http_429, "HTTP_429", layer::http, false, "status 429 with Retry-After: 5 and an HTML page",
     "send less, wait as long as Retry-After says"},
    {kind::wrong_content_type, "WRONG_CONTENT_TYPE", layer::http, true, "the right answer under Content-Type: text/html",
     "the content type is not XML; a strict client refuses, a lenient one reads the answer"},
    {kind::gzip_lie, "GZIP_LIE", layer::http, true, "the right answer under Content-Encoding: gzip, not compressed",
     "decompression fails at the first octet"},
    {kind::wrong_content_length, "WRONG_CONTENT_LENGTH", layer::http, true,
     "the whole answer under a Content-Length that is 64 too large, then FIN",
     "end of stream before Content-Length octets, although the document looks complete"},
    {kind::broken_encoding, "BROKEN_ENCODING", layer::http, true,
     "charset=utf-8 and, before the last end tag, two octets that are not UTF-8", "the XML parser refuses the octets"},
    {kind::fault_errorinfo, "FAULT_ERRORINFO", layer::soap, false, "HTTP 500 and a SOAP fault with ErrorInfo: `code`, `message`, `data`",
     "errorCode and errorMessage reach whoever has to know"},
    {kind::soap_version_mismatch, "SOAP_VERSION_MISMATCH", layer::soap, false, "HTTP 500 and a SOAP fault VersionMismatch",
     "faultcode is a qualified name of SOAP's namespace, not a code of SHEP"},
    {kind::must_understand, "MUST_UNDERSTAND", layer::soap, false, "HTTP 500 and a SOAP fault MustUnderstand", "the same"},
    {kind::wrong_correlation_id, "WRONG_CORRELATION_ID", layer::soap, true, "a correlationId that belongs to no request, rightly signed",
     "correlationId is compared with the messageId that was sent"},
    {kind::wrong_message_id, "WRONG_MESSAGE_ID", layer::soap, true, "the request's own messageId as the answer's, rightly signed",
     "an answer has a messageId of its own; whoever keeps messages by it overwrites the request"},
    {kind::missing_status, "MISSING_STATUS", layer::soap, true, "responseInfo without status, rightly signed",
     "the answer does not validate against the schema; an absent status is no success"},
    {kind::not_xml, "NOT_XML", layer::soap, false, "status 200, text/xml, a line of text as body",
     "the XML parser refuses the first character"},
    {kind::truncated_xml, "TRUNCATED_XML", layer::soap, true, "the first half of the answer, rightly framed",
     "the XML parser finds the end inside an element"},
    {kind::duplicate_body, "DUPLICATE_BODY", layer::soap, true, "a second Body that is a copy of the first, the signature over the first",
     "SOAP 1.1 has one Body; two elements carry one wsu:Id"},
    {kind::two_payloads, "TWO_PAYLOADS", layer::soap, true, "the business document twice in data, rightly signed",
     "data holds more than one document: choosing one of them is guessing"},
    {kind::wrong_payload_namespace, "WRONG_PAYLOAD_NAMESPACE", layer::soap, true,
     "the business document with another namespace, rightly signed",
     "names are compared with their namespace, or the document is validated"},
    {kind::signature_missing, "SIGNATURE_MISSING", layer::signature, true, "no transport signature where there would be one",
     "TOTAL_FAILED/NO_SIGNATURE_FOUND: an unsigned answer is refused"},
    {kind::signature_digest_mismatch, "SIGNATURE_DIGEST_MISMATCH", layer::signature, true,
     "one character of messageId altered after signing", "TOTAL_FAILED/HASH_FAILURE"},
    {kind::signature_value_mismatch, "SIGNATURE_VALUE_MISMATCH", layer::signature, true, "one character of SignatureValue altered",
     "TOTAL_FAILED/SIG_CRYPTO_FAILURE"},
    {kind::cert_expired, "CERT_EXPIRED", layer::signature, true, "signed with certs/keys/expired.p12, whose certificate has ended",
     "TOTAL_FAILED/EXPIRED"},
    {kind::cert_revoked, "CERT_REVOKED", layer::signature, true,
     "signed with the key of a member of the test PKI that is revoked at that moment",
     "TOTAL_FAILED/REVOKED when revocation is asked about; without that nothing is noticed"},
    {kind::cert_unknown_ca, "CERT_UNKNOWN_CA", layer::signature, true, "signed with certs/keys/stranger.p12, whose root nobody trusts",
     "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND"},
    {kind::wrong_key, "WRONG_KEY", layer::signature, true, "signed with a key that does not belong to the certificate it names",
     "TOTAL_FAILED/SIG_CRYPTO_FAILURE"},
    {kind::signature_wrapped, "SIGNATURE_WRAPPED", layer::signature, true,
     "the signed Body moved into the Header, an unsigned one with another status code in its place (XSW)",
     "what was signed is not what stands in Body: the Reference is followed to the element, and that must be the Body itself"},
    {kind::inner_signature_missing, "INNER_SIGNATURE_MISSING", layer::signature, true,
     "the business document unsigned where it would be signed", "the business document has to carry a signature"},
    {kind::inner_signature_broken, "INNER_SIGNATURE_BROKEN", layer::signature, true,
     "the business document with one character of its SignatureValue altered, transport signature right",
     "TOTAL_FAILED/SIG_CRYPTO_FAILURE for the business document only"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (static_cast<std::size_t>(rows[i].what) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

std::string_view name_of(layer l) {
  constexpr std::string_view names[] = {"transport", "http", "soap", "signature"};
  return names[static_cast<std::size_t>(l)];
}

std::span<const row> catalogue() { return rows; }

const row& row_of(kind k) { return rows[static_cast<std::size_t>(k)]; }

std::optional<kind> kind_named(std::string_view name) {
  for (const row& r : rows)
    if (r.name == name) return r.what;
  return std::nullopt;
}

bool is_wiremock(kind k) { return k <= kind::random_data_then_close; }

}  // namespace shep::faults
