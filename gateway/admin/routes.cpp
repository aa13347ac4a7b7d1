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
  };
  return rows;
}

}  // namespace shep::admin
