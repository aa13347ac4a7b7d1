#pragma once

#include "core/problem.hpp"
#include "http/message.hpp"

#include <string_view>

#include <boost/json/object.hpp>

/// How the service answers: always an object with `status` (the HTTP status again) and `message`, as NCANode does.
namespace shep::ncanode {

/// 200 with `members` after status and message.
http::response ok_answer(boost::json::object members, std::string_view message = "OK");

/// {status, message, shepsim: {code, where, hint}}; NCANode clients read status and message. What a code keeps to the house
/// (`exposure::code_only`) is told all the same when it is about the caller's own document or key; internal errors are not.
http::response problem_answer(const problem&);

/// The same shape for a request that HTTP itself refuses.
http::response refusal_answer(unsigned status, std::string_view message, std::string_view code);

/// Spring Boot's health document: no status number, no message.
http::response bare_answer(unsigned status, const boost::json::object&);

/// The one table from codes to HTTP statuses.
unsigned status_of(const problem&);

}  // namespace shep::ncanode
