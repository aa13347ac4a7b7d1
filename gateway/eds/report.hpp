#pragma once

#include "core/clock.hpp"
#include "xml/document.hpp"

#include <optional>
#include <string>
#include <vector>

/// The verification report: one object for `verify`, the admin API and the journal. Words of ETSI EN 319 102-1 and EU DSS.
namespace shep::eds {

enum class indication { total_passed, total_failed, indeterminate };

enum class sub_indication {
  none,
  no_signature_found,
  format_failure,
  sig_constraints_failure,
  signed_data_not_found,
  hash_failure,
  sig_crypto_failure,
  crypto_constraints_failure,
  chain_constraints_failure,
  no_signing_certificate_found,
  no_certificate_chain_found,
  expired,
  not_yet_valid,
  revoked,                  ///< also: on hold
  timestamp_order_failure,  ///< the times that time stamps prove contradict each other or the signer's certificate
  try_later,                ///< whether a certificate is revoked is not known: neither good nor bad
};
inline constexpr sub_indication last_sub_indication = sub_indication::try_later;

std::string_view name_of(indication);      ///< "TOTAL_PASSED"
std::string_view name_of(sub_indication);  ///< "HASH_FAILURE"; empty for none

/// What follows for the whole signature when this went wrong: INDETERMINATE where more knowledge could still prove it good.
indication indication_for(sub_indication);

/// One thing wrong (or weak), for a tired person.
struct finding {
  enum class severity { error, warning } level = severity::error;
  std::string code;  ///< name of the problem code
  std::string detail;
  std::string where;  ///< XPath
  std::string hint;
};

struct target_report {
  xml::element element;  ///< null when nothing was found; valid while the document lives
  std::string xpath;
  xml::position position;  ///< filled by `locate`
};

struct reference_report {
  std::string uri;
  target_report target;
  std::vector<std::string> transforms;
  std::string digest_algorithm;    ///< identifier as declared
  std::string declared, computed;  ///< base64
  std::size_t canonical_length = 0;
  std::string canonical;  ///< canonical octets, kept when asked for
  bool matches = false;
};

struct certificate_report {
  std::string subject, issuer, serial_number, iin, bin, common_name;
  time_point not_before{}, not_after{};
  std::string key_usage;  ///< SIGN, AUTH, UNKNOWN
  std::vector<std::string> key_user;
};

/// What a certificate list or a responder said of one certificate of the chain.
struct revocation_report {
  std::string certificate;      ///< subject of the certificate that was asked about
  std::string by;               ///< "crl" or "ocsp"; empty when nobody could be asked
  std::optional<bool> revoked;  ///< empty: not decided, `problem` says why. A certificate on hold is revoked
  std::optional<time_point> revocation_time;
  std::string reason;  ///< word of RFC 5280 section 5.3.1, "keyCompromise"; empty when none is given
  std::optional<time_point> this_update, next_update;
  std::string source;   ///< URL or file the answer came from
  std::string problem;  ///< one sentence; empty when all is well
};

/// A time-stamp token over the signature (RFC 3161), judged.
struct time_stamp_report {
  std::optional<time_point> gen_time;
  std::string serial_number;   ///< lower-case hex
  std::string policy;          ///< dotted
  std::string tsa;             ///< subject of the authority's certificate
  std::string hash_algorithm;  ///< name or dotted identifier
  std::string hash;            ///< lower-case hex of the message imprint
  indication verdict = indication::indeterminate;
  std::string problem;  ///< one sentence; empty when the token holds
};

struct signature_report {
  std::string layer;      ///< "transport" or "business"
  std::string profile;    ///< "wsse KeyIdentifier X509v3", "wsse X509IssuerSerial", "legacy header", "enveloped"
  std::string algorithm;  ///< identifier as declared
  target_report location;
  indication verdict = indication::total_failed;
  sub_indication reason = sub_indication::none;
  std::vector<reference_report> references;
  std::optional<certificate_report> certificate;
  std::vector<certificate_report> chain;  ///< issuer first, anchor last
  std::vector<revocation_report> revocation;
  std::optional<time_stamp_report> time_stamp;
  std::optional<time_point> signing_time;  ///< as the signer claims it
};

/// A mistake that explains a failure, found by module forensics.
struct cause {
  std::string name;         ///< stable: "reindented_after_signing"; the list stands in gateway/forensics/README.md
  std::string explanation;  ///< what happened, in sentences
  std::string advice;       ///< what to do
  std::string part;         ///< what failed: "Reference #id-1" or "SignatureValue"
  std::string where;        ///< XPath of the signature
  /// Proof: the mistake, made again, gives the declared digest (for SignatureValue: the signature holds). False: a hint from a pattern.
  bool reproduces_declared_digest = false;
};

/// One part of the message in the coverage map.
struct covered_part {
  std::string xpath;
  std::string kind;  ///< "Envelope", "Header block", "Security header", "Timestamp", "Signature", "Body", "business payload", …
  xml::position position;
  std::size_t end = 0;     ///< offset one past its last octet in the received text; 0: not looked up
  bool is_signed = false;  ///< a valid signature covers every octet of it
  std::string by;          ///< XPath of that signature; empty when none
};

struct report {
  indication verdict = indication::total_failed;
  sub_indication reason = sub_indication::no_signature_found;
  std::vector<signature_report> signatures;
  std::vector<std::string> covered, uncovered;  ///< XPaths of parts a valid digest covers, and of top-level parts that none does
  std::vector<covered_part> parts;              ///< the coverage map in document order; filled by module forensics
  std::vector<cause> causes;                    ///< most plausible first; filled by module forensics for what failed
  std::vector<finding> findings;
  time_point evaluated_at{};
};

/// Fills line and column of everything the report points at: a second look at the source, for failing paths and reports only.
void locate(report&, const xml::document&);

/// The JSON of interfaces.md section 4.
std::string to_json(const report&);

/// The same for a terminal.
std::string to_text(const report&);

}  // namespace shep::eds
