#pragma once

#include <string>
#include <string_view>

/// Changes to the octets of messages that this gateway wrote: it knows where things stand in them. Each returns whether it found its
/// place, and leaves the text alone when it did not.
namespace shep::pipeline {

bool leave_out_status(std::string& text);       ///< responseInfo/status
bool alter_message_id(std::string& text);       ///< another first digit: the id stays well-formed
bool alter_signature_value(std::string& text);  ///< another character of the first SignatureValue: it stays base64
bool double_body(std::string& text, std::string_view soap_prefix);

/// XSW: the Body that the signature covers goes into the Header; a copy with another wsu:Id and another status code takes its place.
bool wrap_signed_body(std::string& text, std::string_view soap_prefix);

/// Another namespace for the root of a business document (and for whatever else is in the same one). False when it is not XML.
bool give_other_namespace(std::string& document);

bool break_encoding(std::string& text);  ///< two octets that are not UTF-8 before the last end tag, or at the end

}  // namespace shep::pipeline
