#pragma once

#include "core/result.hpp"
#include "core/string_map.hpp"
#include "crypto/pkcs12.hpp"
#include "eds/policy.hpp"
#include "xml/xpath.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::routing {

/// What a route demands of the signature inside the business data.
enum class business_signature { required, optional, ignored };

/// What follows from business data that do not obey the service's schema: nothing is looked at; it is noted; it is refused.
enum class contract_check { off, warn, enforce };

/// One row: a service (and, when given, one routeId or one sender of it) and what answers it.
struct route {
  std::string service_id;
  std::string route_id;   ///< empty: any
  std::string sender_id;  ///< empty: any
  std::string adapter;    ///< a kind of the adapter catalogue
  std::string target;     ///< address of the real endpoint; empty: there is none
  std::string system;     ///< "S03", for reports; may be empty
  bool signature_required = true;
  business_signature business = business_signature::optional;
  eds::certificate_rules signer;                 ///< what is asked of who signed the business data; of one signer when there are several
  std::shared_ptr<const xml::xpath> signer_iin;  ///< where in the business data the signer's IIN stands; null: not compared
  std::shared_ptr<const xml::xpath> signer_bin;
  contract_check contract = contract_check::off;
  std::string contract_name;                    ///< which contract of the snapshot; empty: none is registered
  std::shared_ptr<const crypto::identity> key;  ///< signs the business data of answers; null: the gateway's key

  std::string name() const;  ///< "GbdulInfoByBin_v2", "ESEDO/R_1", "KDP_SERVICE@pep"
};

/// Routes by (serviceId, routeId, sender). Immutable after construction; any thread.
class route_table {
 public:
  /// Error: problems::usage when two rows have the same three keys.
  static result<route_table> create(std::vector<route>);

  /// The most specific row: routeId and sender, routeId, sender, neither. The route lives as long as the table.
  /// Error: unknown_service, with the closest configured name as hint.
  result<const route*> choose(std::string_view service_id, std::string_view route_id, std::string_view sender_id) const;

  bool knows(std::string_view service_id) const { return by_service_.find(service_id) != by_service_.end(); }

  /// The same rows with another adapter for every route of one service.
  route_table with_adapter(std::string_view service_id, std::string_view adapter) const;

  /// By service name.
  std::vector<const route*> all() const;

 private:
  string_map<std::vector<route>> by_service_;  ///< each list: most specific first
};

}  // namespace shep::routing
