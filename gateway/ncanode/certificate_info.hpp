#pragma once

#include "core/clock.hpp"
#include "ncanode/judged.hpp"

#include <string>

#include <boost/json/object.hpp>

namespace shep::ncanode {

/// NCANode's CertificateInfo (kz-eds.md section 6). Members without a value are left out, as NCANode does, except inside `revocations`.
boost::json::object certificate_info(const judged_certificate&);

/// "2022-09-28T16:03:41.000+00:00": how Java's Jackson writes a date.
std::string java_date(time_point);

/// NCANode's name of the algorithm that a certificate is signed with: "ECGOST3410-2015-512", "ECGOST34310", "SHA256WithRSAEncryption";
/// the dotted identifier when it is another.
std::string signature_name(const std::string& oid);

}  // namespace shep::ncanode
