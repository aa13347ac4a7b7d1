#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code message_format{"protocol.message_format", "the message does not follow the format of the channel"};
inline constexpr problem_code version_mismatch{"protocol.version_mismatch", "only SOAP 1.1 is accepted"};
inline constexpr problem_code must_understand{"protocol.must_understand", "a header that must be understood is not known"};
inline constexpr problem_code business_data_format{"protocol.business_data_format", "the business data is not a well-formed document"};
inline constexpr problem_code contract_violation{"protocol.contract_violation", "the business data do not follow the service's schema"};
inline constexpr problem_code answer_contract{"protocol.answer_contract", "the answer's business data do not follow the service's schema",
                                              exposure::code_only};
inline constexpr problem_code answer_document{"protocol.answer_document", "the answer's business document cannot be used"};
}  // namespace shep::problems

/// What the gateway answers beside format and signatures: raised by routing, adapters and the pipeline.
namespace shep::problems {
inline constexpr problem_code unknown_service{"gateway.unknown_service", "no route leads to this service"};
inline constexpr problem_code unknown_sender{"gateway.unknown_sender", "the sender is not registered"};
inline constexpr problem_code wrong_password{"gateway.wrong_password", "the sender's password is wrong", exposure::code_only};
inline constexpr problem_code no_right{"gateway.no_right", "the sender may not call this service"};
inline constexpr problem_code sender_not_named{"gateway.sender_not_named", "the certificate names another IIN or BIN than the sender's"};
inline constexpr problem_code no_match{"gateway.no_match", "no mapping matches the request"};
inline constexpr problem_code recipient_timeout{"gateway.recipient_timeout", "the recipient did not answer in time"};
inline constexpr problem_code unavailable{"gateway.unavailable", "the gateway cannot take the request now", exposure::code_only};
inline constexpr problem_code recipient_unavailable{"gateway.recipient_unavailable", "the recipient cannot be asked now",
                                                    exposure::code_only};
inline constexpr problem_code recipient_answer{"gateway.recipient_answer", "the recipient's answer cannot be used"};
inline constexpr problem_code recipient_untrusted{"gateway.recipient_untrusted", "the signature of the recipient's answer is not believed",
                                                  exposure::code_only};
inline constexpr problem_code too_large{"gateway.too_large", "the message is larger than the gateway takes"};
}  // namespace shep::problems
