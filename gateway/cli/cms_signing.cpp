#include "cli/cms_signing.hpp"

#include "cli/output.hpp"
#include "cli/trust_options.hpp"
#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/time_stamp.hpp"
#include "core/clock.hpp"
#include "core/ids.hpp"
#include "crypto/digest.hpp"
#include "pki_client/client.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace shep::cli {
namespace {

namespace asio = boost::asio;

/// The authority's answer, asked for here and now.
result<std::string> ask_authority(const std::string& url, std::string request) {
  pki::settings settings;
  settings.tsp.push_back({url});
  const auto client = pki::client::create(std::move(settings));
  if (!client) return client.error();
  asio::io_context io;
  auto answer = asio::co_spawn(io, client->time_stamp(std::move(request)), asio::use_future);
  io.run();
  return answer.get();
}

/// The digest that stamps this signature: the signer's own, SHA-256 for whatever is older.
crypto::digest_algorithm digest_for(const cms::signer_info& signer) {
  const auto own = crypto::digest_by_oid(signer.digest_oid);
  return own && *own != crypto::digest_algorithm::sha1 ? *own : crypto::digest_algorithm::sha256;
}

result<std::string> stamped(const std::string& cms, const cms_signing& how) {
  const auto parsed = cms::signed_data::read(cms);
  if (!parsed) return parsed.error();
  const std::size_t last = parsed->signers().size() - 1;
  const cms::signer_info& signer = parsed->signers()[last];
  cms::time_stamp_request request;
  request.digest = digest_for(signer);
  request.imprint = crypto::digest(request.digest, signer.signature);
  request.policy = how.tsp_policy;
  ids fresh;
  request.nonce = from_hex("01" + fresh.hex()).value();

  trust_options trust;
  trust.trusted = how.tsp_trusted;
  const auto parts = trust.parts();
  if (!parts) return parts.error();
  const auto answer = ask_authority(how.tsp_url, cms::write_request(request));
  if (!answer) return answer.error();
  cms::time_stamp_rules rules;
  if (!how.tsp_policy.empty()) rules.policies.push_back(how.tsp_policy);
  const auto granted = cms::verify_response(*answer, request, parts->trust, rules, parts->at);
  if (!granted) return granted.error();
  return cms::attach_time_stamp(cms, last, granted->token);
}

}  // namespace

void cms_signing::add_to(CLI::App& command) {
  command.add_flag("--detached", detached, "cms: leave the content out");
  command.add_flag("--add", add, "cms: FILE is a CMS that gets one more signer");
  command.add_option("--data", data, "cms, with --add: the content of a detached CMS");
  command.add_flag("--pem", pem, "cms: write PEM; default: DER");
  command.add_option("--tsp-url", tsp_url, "cms: time-stamping authority to ask");
  command.add_option("--tsp-policy", tsp_policy, "cms: policy to ask for, a dotted identifier");
  command.add_option("--tsp-trusted", tsp_trusted, "cms: CA certificates that the authority's answer must chain to (repeatable)");
}

bool cms_signing::asked() const { return detached || add || pem || !data.empty() || !tsp_url.empty(); }

result<std::string> cms_signing::sign(const std::string& input, const crypto::identity& signer) const {
  if (!data.empty() && !add) return problem(problems::usage, "content is named apart only when a signer is added", "--data", "add --add");
  if (!tsp_url.empty() && tsp_trusted.empty())
    return problem(problems::usage, "the authority's answer cannot be verified without a certificate to trust", "--tsp-url",
                   "name its CA with --tsp-trusted");
  cms::signing how;
  how.detached = detached;
  how.signing_time = system_clock().now();
  result<std::string> made;
  if (add) {
    shared_bytes content;
    if (!data.empty()) {
      auto read = take_input(data);
      if (!read) return read.error();
      content = std::move(*read);
    }
    made = cms::add_signer(input, content ? std::optional<std::string_view>(*content) : std::nullopt, signer, how);
  } else {
    made = cms::sign(input, {signer}, how);
  }
  if (made && !tsp_url.empty()) made = stamped(*made, *this);
  if (made && pem) return cms::to_pem(*made);
  return made;
}

}  // namespace shep::cli
