#include "admin/routes.hpp"

namespace shep::admin {

std::span<const row> table() {
  static constexpr row rows[] = {
      {"GET", "/__admin/health", health, "is the gateway well"},
      {"GET", "/healthz/live", live, "the process runs"},
      {"GET", "/healthz/ready", ready, "requests are accepted"},
      {"GET", "/metrics", metrics_text, "Prometheus text"},
      {"GET", "/__admin/version", version, "name and version"},
      {"GET", "/__admin/requests", list_requests, "journal, newest first: limit, before, serviceId, senderId, messageId, outcome"},
      {"DELETE", "/__admin/requests", reset_requests, "forget all journal entries"},
      {"POST", "/__admin/requests/reset", reset_requests, "forget all journal entries"},
      {"POST", "/__admin/requests/find", find_requests, "journal entries by criteria in the body"},
      {"GET", "/__admin/requests/unmatched", unmatched_requests, "requests that no mapping matched"},
      {"GET", "/__admin/requests/{id}", one_request, "one exchange with bodies and trace"},
      {"GET", "/__admin/requests/{id}/raw", raw_request, "the received octets (?part=response: the answer's)"},
      {"GET", "/__admin/requests/{id}/trace", request_trace, "what was decided and why"},
      {"GET", "/__admin/mappings", list_mappings, "mappings in force"},
      {"GET", "/__admin/mappings/{id}", one_mapping, "one mapping"},
      {"POST", "/__admin/mappings/reset", reset_mappings, "read configuration and mappings from the root again"},
      {"GET", "/__admin/services", list_services, "routes: service, adapter, what is demanded of signatures"},
      {"GET", "/__admin/pki/certificates", list_pki_certificates, "the test PKI's certificates and what its responders say of each"},
      {"GET", "/__admin/pki/certificates/{serial}/status", pki_certificate_status, "what is said of one certificate"},
      {"PUT", "/__admin/pki/certificates/{serial}/status", set_pki_certificate_status, "say something else: state, at, reason, delay"},
      {"GET", "/__admin/pki/responders/{name}/status", pki_responder_status, "what a responder does as a whole: ocsp, crl, tsp"},
      {"PUT", "/__admin/pki/responders/{name}/status", set_pki_responder_status, "let it misbehave, or be good again"},
      {"GET", "/__admin/adapters", list_modes, "which adapter answers each service, and which others could"},
      {"GET", "/__admin/adapters/{serviceId}/mode", one_mode, "the same of one service"},
      {"PUT", "/__admin/adapters/{serviceId}/mode", set_mode, "let another adapter answer from the next request on: mode"},
      {"POST", "/pki/ocsp", nullptr, "OCSP, request in the body", audience::everybody, pki_ocsp},
      {"GET", "/pki/ocsp/{request...}", nullptr, "OCSP, request in base64", audience::everybody, pki_ocsp},
      {"GET", "/pki/crl/{file...}", nullptr, "revocation lists: issuing.crl, issuing_delta.crl", audience::everybody, pki_list},
      {"POST", "/pki/tsp", nullptr, "time stamps", audience::everybody, pki_time_stamp},
      {"POST", "/pki/tsp/{family}", nullptr, "time stamps of one family of keys", audience::everybody, pki_time_stamp},
      {"GET", "/pki/cert/{file...}", nullptr, "certificates: issuing.cer, root.cer", audience::everybody, pki_certificate},
  };
  return rows;
}

}  // namespace shep::admin
