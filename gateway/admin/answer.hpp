#pragma once

#include "core/problem.hpp"
#include "http/message.hpp"

#include <boost/json.hpp>

/// How the admin API answers.
namespace shep::admin {

http::response json_answer(unsigned status, const boost::json::value&);

/// RFC 9457 problem document with code, pointer and hint.
http::response problem_answer(unsigned status, const problem&);
http::response problem_answer(unsigned status, const std::vector<problem>&);

}  // namespace shep::admin
