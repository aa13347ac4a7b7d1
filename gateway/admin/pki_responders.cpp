#include "admin/answer.hpp"
#include "admin/pki_of.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"

#include <algorithm>

namespace shep::admin {
namespace {

delayed_response send(test_pki::answer a) {
  http::response r;
  r.status = a.status;
  r.content_type = std::move(a.content_type);
  r.headers.push_back({"Cache-Control", "no-store"});
  r.headers.push_back({"X-Content-Type-Options", "nosniff"});
  if (a.status == 503) r.headers.push_back({"Retry-After", "60"});
  r.body = share(std::move(a.octets));
  return {std::move(r), a.delay};
}

delayed_response no_pki_text() { return {http::text_response(404, "this gateway has no test PKI: see pki.folder in shepsim.toml\n")}; }

/// RFC 6960 appendix A.1: the last part of the path is the request in base64, percent-decoded already. Clients that wrote '+' and '/'
/// as they are, and those that wrote the URL-safe letters, are understood too.
result<std::string> request_in_path(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  return from_base64(text);
}

}  // namespace

delayed_response pki_ocsp(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki_text();
  const auto in_path = c.named.find("request");
  if (in_path == c.named.end()) return send(responders->ocsp(*c.request.body));
  const auto octets = request_in_path(in_path->second);
  // What is no base64 is no request either; the responder has words for that.
  return send(responders->ocsp(octets ? std::string_view(*octets) : std::string_view()));
}

delayed_response pki_list(const call& c) {
  const pki responders = responders_of(c);
  return responders ? send(responders->list(c.named.find("file")->second)) : no_pki_text();
}

delayed_response pki_certificate(const call& c) {
  const pki responders = responders_of(c);
  return responders ? send(responders->certificate(c.named.find("file")->second)) : no_pki_text();
}

delayed_response pki_time_stamp(const call& c) {
  const pki responders = responders_of(c);
  if (!responders) return no_pki_text();
  const auto family = c.named.find("family");
  return send(responders->time_stamp(*c.request.body, family == c.named.end() ? std::string_view() : std::string_view(family->second)));
}

}  // namespace shep::admin
