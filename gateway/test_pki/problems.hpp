#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code pki_status_file{"pki.status_file", "the status file of the test PKI cannot be understood"};
inline constexpr problem_code pki_unknown_certificate{"pki.unknown_certificate", "the test PKI has no such certificate"};
inline constexpr problem_code pki_status{"pki.status", "this is no status that the test PKI can show"};
inline constexpr problem_code pki_folder{"pki.folder", "the folder does not hold a test PKI"};
inline constexpr problem_code pki_unmarked_key{"pki.unmarked_key", "the key's certificate is not marked as a test certificate"};
}  // namespace shep::problems
