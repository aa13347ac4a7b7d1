#pragma once

#include "cli/demo_requests.hpp"
#include "cli/tls_options.hpp"
#include "config/settings.hpp"
#include "contract/violation.hpp"
#include "core/result.hpp"
#include "crypto/pkcs12.hpp"
#include "eds/report.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace shep::cli {

/// What a provider made of one request.
struct tried_answer {
  std::string request, service, persona;
  std::string failure;  ///< why there is no answer to judge; empty when there is one
  unsigned http_status = 0;
  bool fault = false;
  std::string code, message;            ///< status/code, or faultcode
  std::vector<std::string> mismatches;  ///< what makes it no answer to the request
  eds::report signature;                ///< of the answer
  contract::findings channel;           ///< the envelope's content against the channel's schema
  contract::findings business;          ///< the business data against the service's
  std::chrono::microseconds took{0};

  /// Signed, shaped, and to the letter; a fault is not what a demo request asks for.
  bool passed() const;
};

struct trial_options {
  std::string root;
  std::string target;  ///< http://host:port/path, or https
  tls_options tls;
  std::shared_ptr<const crypto::identity> key;
  std::chrono::seconds within{60};
};

/// Signs each request of the root's demo folder, sends it to the provider, and judges the answer by the root's trust and schemas.
/// Every problem of the root is returned instead. Errors of one request stand in its row.
struct trial_outcome {
  std::vector<tried_answer> answers;
  std::vector<problem> problems;
};
trial_outcome try_provider(const config::settings&, const trial_options&);

}  // namespace shep::cli
