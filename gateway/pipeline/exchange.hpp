#pragma once

#include "contract/violation.hpp"
#include "core/bytes.hpp"
#include "eds/report.hpp"
#include "eds/verify.hpp"
#include "faults/rules.hpp"
#include "http/message.hpp"
#include "pipeline/adapter_calls.hpp"
#include "pipeline/snapshot.hpp"
#include "xml/document.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shep::pipeline {

/// A fault that was asked for, and what became of it.
struct injected_fault {
  faults::injection what;
  faults::origin by = faults::origin::mapping;
  bool applied = false;   ///< the answer is spoilt
  std::string why_not{};  ///< there was nothing to spoil
};

/// One request and everything that was found out about it, filled from top to bottom by the stages. The journal, the admin API and the
/// logs show this same thing. Belongs to one coroutine.
struct exchange {
  std::string id;  ///< time-ordered; the report id on the wire
  std::shared_ptr<const pipeline::snapshot> world;
  time_point now{};          ///< the time that messages see, taken once
  time_point received_at{};  ///< the machine's time
  std::chrono::steady_clock::time_point started_at;
  std::string remote;
  std::string target;
  std::string_view method = "POST";  ///< this and the headers belong to the HTTP request, which outlives the exchange
  std::span<const http::field> headers;
  std::string head;
  std::string transport_charset;
  std::string hops;  ///< header Shepsim-Hops
  shared_bytes received;
  std::string asked_fault;               ///< X-Shepsim-Fault, as sent
  faults::rules* fault_rules = nullptr;  ///< orders of the admin API; null: there are none

  std::optional<xml::document> document;  // 1 admit
  eds::report transport;                  // 2 verify
  std::optional<eds::verification> held;  ///< while nobody knows yet whether the signer's certificate was revoked
  std::optional<eds::verified> message;
  std::optional<protocol::sync_request> request;                        // 3 read
  const routing::route* route = nullptr;                                // 4 choose and admit the sender
  std::optional<contract::findings> request_contract, answer_contract;  ///< not set: the route does not ask, or no schema is known
  std::optional<eds::report> business;                                  // 5 the signatures inside the business data
  std::optional<eds::document_verification> business_held;
  std::vector<eds::signatory> business_signers;
  std::optional<injected_fault> injected;  // 6 the fault to do, from the adapter when nobody else wants one
  std::optional<adapters::reply> reply;    // 7 the adapter
  std::optional<adapter_outcome> adapter_said;

  protocol::layer layer = protocol::layer::transport;  ///< where the failure, if any, arose
  std::optional<problem> failure;
  std::optional<protocol::fault> fault;
  shared_bytes answer;
  unsigned http_status = 200;
};

}  // namespace shep::pipeline
