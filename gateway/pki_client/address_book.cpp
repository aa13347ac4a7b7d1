#include "pki_client/address_book.hpp"

#include "http/authority.hpp"
#include "http/message.hpp"
#include "http/problems.hpp"
#include "revocation/problems.hpp"

#include <algorithm>

namespace shep::pki {
namespace {

/// Security catalogue C10: http only. What comes is signed by itself, and a TLS server's certificate would have to be asked about in turn
/// (RFC 5280 section 4.2.1.13); file:, ldap: and the like end in parse_url.
result<http::url> plain_url(const std::string& text) {
  auto url = http::parse_url(text);
  if (url && url->secure)
    return problem(http::problems::bad_url, "revocation and time stamps are asked for over plain HTTP only", clipped(text),
                   "write http://");
  return url;
}

result<target> configured_target(const service& s, const char* what) {
  const result<http::url> url = plain_url(s.url);
  if (url) return target{*url, s.url};
  const problem why = url.error();
  return problem(problems::usage, std::string("the configured ") + what + " address cannot be used: " + why.detail, why.where, why.hint);
}

const std::vector<std::string>& named_by(const crypto::certificate& c, purpose p) {
  if (p == purpose::ocsp) return c.info().ocsp_urls;
  return p == purpose::crl ? c.info().crl_urls : c.info().delta_crl_urls;
}

}  // namespace

result<address_book> address_book::create(const settings& s) {
  address_book book;
  const auto add = [](const std::vector<service>& from, std::vector<entry>& to, const char* what) -> result<void> {
    for (const service& one : from) {
      const result<target> t = configured_target(one, what);
      if (!t) return t.error();
      to.push_back({one.issuer, *t});
    }
    return {};
  };
  std::vector<entry> tsp;
  if (const auto good = add(s.ocsp, book.ocsp_, "OCSP"); !good) return good.error();
  if (const auto good = add(s.crl, book.crl_, "CRL"); !good) return good.error();
  if (const auto good = add(s.delta_crl, book.delta_crl_, "delta CRL"); !good) return good.error();
  if (const auto good = add(s.tsp, tsp, "TSP"); !good) return good.error();
  for (entry& e : tsp) book.tsp_.push_back(std::move(e.where));
  for (const std::string& text : s.allowed_hosts) {
    const auto place = http::parse_authority(text);
    if (!place || place->port == 0)
      return problem(problems::usage, "the allowed host \"" + clipped(text) + "\" is malformed", {}, "write name or name:port");
    const bool bracketed = place->host.front() == '[';
    const auto name = bracketed ? place->host.substr(1, place->host.size() - 2) : place->host;
    book.hosts_.push_back({std::string(name), place->port.value_or(80), place->port.has_value()});
  }
  return book;
}

const std::vector<address_book::entry>& address_book::configured(purpose p) const {
  if (p == purpose::ocsp) return ocsp_;
  return p == purpose::crl ? crl_ : delta_crl_;
}

result<target> address_book::allowed(const std::string& text) const {
  const result<http::url> url = plain_url(text);
  if (!url) return problem(problems::revocation_url, url.error().detail, text, url.error().hint);
  const auto at = std::find_if(hosts_.begin(), hosts_.end(),
                               [&](const host& h) { return h.port == url->port && http::equal_ignoring_case(h.name, url->host); });
  if (at == hosts_.end())
    return problem(problems::revocation_url, "the host " + url->authority() + " is not among the allowed ones", text,
                   "allow the host, or configure the address");
  return target{*url, text, !at->port_given};
}

address_book::choice address_book::choose(purpose p, const crypto::certificate& subject, bool chained) const {
  choice out;
  const auto add = [&](const target& t) {
    const bool there = std::any_of(out.targets.begin(), out.targets.end(), [&](const target& other) {
      return other.to.authority() == t.to.authority() && other.to.target == t.to.target;
    });
    if (!there) out.targets.push_back(t);
  };
  for (const entry& e : configured(p)) {
    if (e.issuer.empty() || crypto::same_issuer_name(e.issuer, subject)) add(e.where);
  }
  for (const std::string& text : named_by(subject, p)) {
    if (!chained) {
      out.refused.push_back(text + ": the certificate is not verified");
    } else if (const result<target> t = allowed(text)) {
      add(*t);
    } else {
      out.refused.push_back(text + ": " + t.error().detail);
    }
  }
  return out;
}

}  // namespace shep::pki
