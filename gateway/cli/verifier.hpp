#pragma once

#include "cli/input_kind.hpp"
#include "core/bytes.hpp"
#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "eds/report.hpp"
#include "pipeline/revocation_source.hpp"
#include "xml/document.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace shep::cli {

/// A verdict on one file, with the documents that the report's elements belong to.
struct judged {
  eds::report report;
  std::optional<xml::document> document;              ///< the file itself, when it is XML
  std::vector<std::unique_ptr<xml::document>> inner;  ///< documents that it carries as text
};

/// What a verifying command knows: trust, policy, time, and whom to ask about revocation. Immutable; any thread.
class verifier {
 public:
  struct parts {
    crypto::trust_store trust;
    eds::policy rules;
    time_point at{};
    std::shared_ptr<const pipeline::revocation_source> revocation{};  ///< null with revocation_mode::none
    std::shared_ptr<const std::string> detached{};                    ///< the content of a detached CMS
    std::optional<input_kind> expected{};                             ///< what the file has to be; empty: anything that signs something
    bool explain = true;                                              ///< look for the causes of what failed
  };
  explicit verifier(parts p) : with_(std::move(p)) {}

  /// Whatever the octets turn out to be: a SOAP message (its transport signature, and the signatures of its business data), a document with
  /// enveloped signatures or signatures by id, CMS, or a certificate (its chain). The verdict is that of the worst signature. A certificate
  /// passes only where one is expected: it proves who holds a key, and signs nothing.
  judged judge(shared_bytes) const;

  const crypto::trust_store& trust() const { return with_.trust; }

 private:
  judged judge_xml(shared_bytes) const;
  judged judge_cms(const std::string&) const;
  judged judge_certificates(const std::string&) const;
  void judge_business(judged&) const;
  void search_causes(const shared_bytes&, const xml::document*, const xml::document* envelope, eds::report&) const;
  revocation::chain_status ask(const std::vector<crypto::certificate>& chain) const;  ///< blocks within the source's deadlines

  parts with_;
};

}  // namespace shep::cli
