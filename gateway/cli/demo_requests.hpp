#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::cli {

/// One request of a root's demo folder.
struct demo_request {
  std::string file;      ///< "demo/gbdfl/by-iin.xml", below the root
  std::string service;   ///< serviceId, for reports; empty for files that demo.tsv does not name
  std::string persona;   ///< whom it is about, in words; may be empty
  std::size_t line = 0;  ///< in demo.tsv; 0 for files that it does not name
};

/// The rows of demo/demo.tsv in their order, then every other .xml file below demo/. Errors: problems::environment, problems::usage with
/// the line.
result<std::vector<demo_request>> read_demo_requests(const std::string& root);

/// Fills requests one after another: {{kdpToken}} and {{publicKey}} are what the latest consent answer gave.
class demo_filler {
 public:
  /// The request's text with its placeholders filled. Error: as for with_placeholders.
  result<std::string> fill(std::string_view text) const;

  /// Looks into an answer's business document for a token.
  void learn(std::string_view business_document);

 private:
  std::string token_, key_;
};

}  // namespace shep::cli
