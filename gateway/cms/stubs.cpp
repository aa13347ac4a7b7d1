#include "cms/problems.hpp"
#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/time_stamp_write.hpp"
#include "cms/verify.hpp"

namespace shep::cms {
namespace {
problem later() { return {problems::internal, "not built yet"}; }
}  // namespace
verification verify(std::string_view, std::optional<std::string_view>, const crypto::trust_store&, const eds::policy&, time_point,
                    const time_stamp_rules&) {
  verification v;
  v.failure = later();
  return v;
}
result<std::string> sign(std::string_view, const std::vector<crypto::identity>&, const signing&) { return later(); }
result<std::string> add_signer(std::string_view, std::optional<std::string_view>, const crypto::identity&, const signing&) {
  return later();
}
result<std::string> attach_time_stamp(std::string_view, std::size_t, std::string_view) { return later(); }
std::string to_pem(std::string_view) { return {}; }
std::string write_request(const time_stamp_request&) { return {}; }
result<time_stamp_request> read_request(std::string_view) { return later(); }
result<time_stamp> verify_token(std::string_view, std::string_view, const crypto::trust_store&, const time_stamp_rules&, time_point) {
  return later();
}
result<time_stamp> read_token(std::string_view) { return later(); }
result<std::string> read_response(std::string_view) { return later(); }
result<granted> verify_response(std::string_view, const time_stamp_request&, const crypto::trust_store&, const time_stamp_rules&,
                                time_point) {
  return later();
}
result<std::string> write_token(const time_stamp_request&, const crypto::identity&, const token_settings&) { return later(); }
std::string write_granted(std::string_view) { return {}; }
std::string write_rejection(std::optional<time_stamp_failure>, std::string_view) { return {}; }
}  // namespace shep::cms
