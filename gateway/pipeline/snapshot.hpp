#pragma once

#include "adapters/adapter.hpp"
#include "contract/service_contracts.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/trust.hpp"
#include "eds/sign.hpp"
#include "eds/verify.hpp"
#include "pipeline/fault_keys.hpp"
#include "pipeline/revocation_source.hpp"
#include "protocol/fault.hpp"
#include "protocol/read_request.hpp"
#include "protocol/style.hpp"
#include "routing/routes.hpp"
#include "routing/senders.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace shep::pipeline {

/// Everything that decides how an exchange goes, immutable and replaced whole (SIGHUP, admin API): an exchange takes it once and keeps it.
struct snapshot {
  xml::limits limits;
  eds::policy signatures;
  protocol::reading_mode mode = protocol::reading_mode::lenient;
  protocol::style style;
  protocol::fault_table faults;
  std::string success_code, success_message;
  bool service_before_signature = false;  ///< an unknown service outranks a wrong signature
  std::chrono::milliseconds adapter_timeout{60'000};

  std::shared_ptr<const crypto::trust_store> trust;
  std::shared_ptr<const revocation_source> revocation;     ///< asked when `signatures.revocation` says so; null: nothing is ever known
  std::shared_ptr<const crypto::identity> signer;          ///< the gateway's key; null: answers leave unsigned
  std::shared_ptr<const pipeline::fault_keys> fault_keys;  ///< null: faults that need another key cannot be had
  eds::transport_profile profile = eds::transport_profile::issuer_serial;
  routing::sender_registry senders;
  routing::route_table routes;
  std::map<std::string, contract::service_contract, std::less<>> contracts;               ///< by the name that routes give
  std::map<std::string, std::shared_ptr<const adapters::adapter>, std::less<>> adapters;  ///< by kind
};

}  // namespace shep::pipeline
