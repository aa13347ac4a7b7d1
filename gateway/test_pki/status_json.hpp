#pragma once

#include "test_pki/inventory.hpp"
#include "test_pki/status_file.hpp"

#include <boost/json/object.hpp>

/// Statuses as the admin API and `pki status --json` show them, and as the admin API takes them.
namespace shep::test_pki {

/// {"state","at","reason","delayMilliseconds","changed"}; what does not apply is absent.
boost::json::object to_json(const told&);

/// {"name","serialNumber","subject","issuer","authority","notBefore","notAfter"} and the status.
boost::json::object to_json(const issued&, const told&);

/// {"ocsp":{…},"crl":{…},"tsp":{…}}
boost::json::object responders_to_json(const statuses&);

/// Takes {"state" (required), "at", "reason", "delayMilliseconds"} apart. Error pki_status with a JSON pointer in `where`, also for a field
/// of another name.
result<told> told_from_json(const boost::json::value&);

}  // namespace shep::test_pki
