#pragma once

#include "cms/time_stamp.hpp"
#include "eds/report.hpp"
#include "http/message.hpp"
#include "ncanode/field_reader.hpp"
#include "ncanode/judged.hpp"

#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace shep::ncanode {

/// Which sources of revocation a request asks for (`revocationCheck`).
struct revocation_check {
  bool ocsp = false, crl = false;
  bool any() const { return ocsp || crl; }
};
revocation_check read_revocation_check(field_reader&);

/// One entry of `signers`.
struct signer {
  std::optional<judged_certificate> certificate;  ///< empty: nothing that is a certificate; shown as null
  std::optional<boost::json::object> time_stamp;  ///< cms: TspInfo
  std::optional<cms::time_stamp> stamp;           ///< cms: what proves the time that the certificate was judged at
};

/// What verification found before anybody was asked about revocation.
struct verdict {
  enum class shape { certificates, cms } form = shape::certificates;
  bool signatures_hold = true;  ///< the signatures themselves and what binds them to what they sign
  std::string message = "OK";
  std::vector<signer> signers;
  eds::indication indication = eds::indication::total_passed;
  std::string sub_indication;
  boost::json::array findings, causes;  ///< in the words of the verification report (interfaces.md section 4)
  bool told = false;                    ///< a report has said what is wrong with the signers' certificates
  boost::json::object more;             ///< further members of `shepsim`
};

/// Takes indication, findings and causes of a report over.
void take_report(verdict&, const eds::report&);

/// Adds a certificate: its failure becomes the verdict's when nothing worse was found before.
void add_certificate(verdict&, judged_certificate);

/// Ends reliance on the stamp of a signer whose authority does not carry it: it is not shown, proves no time, and the certificate is judged
/// anew, at `now`. An authority that was revoked when it stamped makes the answer not valid, as any stamp that does not hold.
void drop_stamp(verdict&, std::size_t signer, const problem& why, const crypto::trust_store&, time_point now);

/// Valid only if the signatures hold, every certificate does, and there is at least one signer.
http::response verification_answer(verdict);

boost::json::object finding_of(const problem&, std::string_view severity = "error");

}  // namespace shep::ncanode
