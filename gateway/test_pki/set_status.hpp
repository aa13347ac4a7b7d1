#pragma once

#include "test_pki/inventory.hpp"
#include "test_pki/status_file.hpp"

namespace shep::test_pki {

/// Tells a certificate, or a responder as a whole, what to do from now on; in the folder's status file. Errors: pki_status (parts that do
/// not fit; also a certificate that no authority of this PKI can speak of), pki_status_file, environment.
result<void> set_status(const std::string& folder, const issued&, told, time_point now);
result<void> set_status(const std::string& folder, responder, told, time_point now);

/// Revokes, since `since`, the certificates of those members that are there to be refused (`pki_member::revoked`), in every family.
result<void> revoke_members(const std::string& folder, time_point since, time_point now);

}  // namespace shep::test_pki
