#include "ncanode/endpoints.hpp"

#include "ncanode/answer.hpp"
#include "ncanode/problems.hpp"

namespace shep::ncanode {

std::span<const row> table() {
  static constexpr row rows[] = {
      {"POST", "/xml/verify", xml_verify, "every enveloped signature of a document, the last one first"},
      {"POST", "/xml/sign", xml_sign, "enveloped signatures, one for each signer"},
      {"POST", "/wsse/verify", wsse_verify, "the WS-Security signature of a SOAP message, tied to its Body"},
      {"POST", "/wsse/sign", wsse_sign, "WS-Security over the Body of a SOAP message, certificate inline"},
      {"POST", "/cms/verify", cms_verify, "every signature of a CMS SignedData, with its time stamps"},
      {"POST", "/cms/sign", cms_sign, "a CMS SignedData over the data, attached or detached"},
      {"POST", "/cms/sign/add", cms_sign_add, "further signatures in a CMS SignedData"},
      {"POST", "/cms/extract", cms_extract, "the data inside a CMS SignedData; nothing is verified"},
      {"POST", "/x509/info", x509_info, "what certificates say and whether they hold"},
      {"POST", "/x509/verify", x509_verify, "a signature over a text by the key of a certificate"},
      {"POST", "/x509/sign", x509_sign, "a signature over a text"},
      {"POST", "/pkcs12/info", pkcs12_info, "the certificates of keys and whether they hold"},
      {"POST", "/pkcs12/aliases", pkcs12_aliases, "the aliases of keys"},
      {"GET", "/actuator/health", health, "is the service well"},
      {"GET", "/", front_page, "this list"},
      {"POST", "/pdf/sign", not_offered, "not offered"},
      {"POST", "/pdf/verify", not_offered, "not offered"},
      {"POST", "/pdf/extend", not_offered, "not offered"},
      {"POST", "/jwt/encode", not_offered, "not offered"},
      {"POST", "/jwt/decode", not_offered, "not offered"},
      {"POST", "/jws/sign", not_offered, "not offered"},
      {"POST", "/jws/verify", not_offered, "not offered"},
  };
  return rows;
}

outcome health(const call& c) {
  const bool draining = c.of.draining && c.of.draining();
  return bare_answer(draining ? 503 : 200, {{"status", draining ? "OUT_OF_SERVICE" : "UP"}});
}

outcome front_page(const call&) {
  boost::json::object endpoints;
  for (const row& r : table())
    if (r.answer != not_offered) endpoints[std::string(r.method) + " " + std::string(r.path)] = r.about;
  return ok_answer({{"name", "shepsim"}, {"endpoints", std::move(endpoints)}}, "the NCANode-shaped service of shepsim");
}

outcome not_offered(const call&) {
  return problem_answer({problems::ncanode_not_offered,
                         "PDF and JWT signatures are not made or checked by this program",
                         {},
                         "use NCANode itself for them; XML, WS-Security, CMS and certificates are offered here"});
}

}  // namespace shep::ncanode
