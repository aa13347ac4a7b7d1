#pragma once

#include "ncanode/ncanode.hpp"
#include "ncanode/verdict.hpp"

#include <functional>
#include <span>
#include <string_view>
#include <variant>

#include <boost/json/object.hpp>

namespace shep::ncanode {

/// One call of an endpoint. `body` is empty for GET.
struct call {
  const parts& of;
  const grounds& world;
  time_point now;
  const boost::json::object& body;
};

/// What an endpoint leaves to be done after its CPU work: asking servers on the network. Runs on the connection's strand; takes what it
/// needs as values.
using continuation = std::function<boost::asio::awaitable<http::response>(const parts&)>;
using outcome = std::variant<http::response, continuation>;

/// One row of the table that is the service. `answer` runs on a worker thread.
struct row {
  std::string_view method;
  std::string_view path;
  outcome (*answer)(const call&);
  std::string_view about;
};
std::span<const row> table();

// The rows' functions, by subject.
outcome xml_verify(const call&);
outcome xml_sign(const call&);
outcome wsse_verify(const call&);
outcome wsse_sign(const call&);
outcome cms_verify(const call&);
outcome cms_sign(const call&);
outcome cms_sign_add(const call&);
outcome cms_extract(const call&);
outcome x509_info(const call&);
outcome x509_verify(const call&);
outcome x509_sign(const call&);
outcome pkcs12_info(const call&);
outcome pkcs12_aliases(const call&);
outcome health(const call&);
outcome front_page(const call&);
outcome not_offered(const call&);

/// Ends a verification: asks about revocation when the request wants it, and answers.
outcome concluded(verdict, const revocation_check&);

}  // namespace shep::ncanode
