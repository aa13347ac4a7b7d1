#include "config/keys.hpp"

#include <limits>

namespace shep::config {
namespace {

constexpr std::int64_t hour = 3'600'000;

// Captureless lambdas turn a member into a function of its owner.
#define SHEP_MEMBER(owner, path) [](owner& o) -> slot { return &o.path; }
#define SHEP_SETTING(path) SHEP_MEMBER(settings, path)

const key_row<settings> settings_table[] = {
    {"listen.address", SHEP_SETTING(listen.address), "Address the gateway listens on.", {.filled = true}, "--address"},
    {"listen.port", SHEP_SETTING(listen.port), "Port of the gateway; 0 takes any free port.", {}, "--port"},
    {"listen.admin_address",
     SHEP_SETTING(listen.admin_address),
     "Address of the admin API and the web pages.",
     {.filled = true},
     "--admin-address"},
    {"listen.admin_port",
     SHEP_SETTING(listen.admin_port),
     "Port of the admin API and the web pages; 0 takes any free port.",
     {},
     "--admin-port"},
    {"listen.admin_token_file", SHEP_SETTING(listen.admin_token_file),
     "File whose first line is the bearer token of the admin API; outside loopback one is made and printed when this is empty."},
    {"listen.ncanode_address",
     SHEP_SETTING(listen.ncanode_address),
     "Address of the NCANode-shaped service.",
     {.filled = true},
     "--ncanode-address"},
    {"listen.ncanode_port",
     SHEP_SETTING(listen.ncanode_port),
     "Port of the NCANode-shaped service, which is 14579 with NCANode; 0 leaves it off.",
     {},
     "--ncanode-port"},
    {"listen.ncanode_open", SHEP_SETTING(listen.ncanode_open),
     "Whether the NCANode-shaped service may listen outside loopback: its clients send keys and passwords in the clear and no token."},
    {"listen.ncanode_hosts", SHEP_SETTING(listen.ncanode_hosts), "Further names by which clients may call the NCANode-shaped service."},
    {"listen.threads",
     SHEP_SETTING(listen.threads),
     "Threads that serve connections; 0 is one for each processor.",
     {.most = 1024},
     "--threads"},
    {"listen.body_limit",
     SHEP_SETTING(listen.body_limit),
     "Largest accepted message.",
     {.least = 1 << 10, .most = 1 << 30, .octets = true},
     "--body-limit"},
    {"listen.connections_per_address",
     SHEP_SETTING(listen.connections_per_address),
     "Connections that one client address may hold open.",
     {.least = 1, .most = 1'000'000}},
    {"listen.drain", SHEP_SETTING(listen.drain), "Time that running exchanges get to finish after SIGTERM.", {.most = hour}},
    {"gateway.mode",
     SHEP_SETTING(gateway.mode),
     "Whether departures from the schema are refused or noted.",
     {.one_of = "strict|lenient"},
     "--mode"},
    {"gateway.zone", SHEP_SETTING(gateway.zone), "Time zone of the dates in answers.", {}, "--zone"},
    {"gateway.soap_prefix", SHEP_SETTING(gateway.soap_prefix), "Prefix of the SOAP namespace in answers.", {.filled = true}},
    {"gateway.types_prefix", SHEP_SETTING(gateway.types_prefix), "Prefix of the channel's namespace in answers.", {.filled = true}},
    {"gateway.xsi_prefix", SHEP_SETTING(gateway.xsi_prefix), "Prefix of the XML Schema instance namespace in answers.", {.filled = true}},
    {"gateway.xs_prefix", SHEP_SETTING(gateway.xs_prefix), "Prefix of the XML Schema namespace in answers.", {.filled = true}},
    {"gateway.success_code", SHEP_SETTING(gateway.success_code), "Status code of an answer whose mapping names none.", {.filled = true}},
    {"gateway.success_message", SHEP_SETTING(gateway.success_message), "Status message of an answer whose mapping names none."},
    {"gateway.fault_precedence",
     SHEP_SETTING(gateway.fault_precedence),
     "Which fault is sent when the signature is wrong and the service is unknown.",
     {.one_of = "signature|service"}},
    {"gateway.adapter_timeout", SHEP_SETTING(gateway.adapter_timeout), "Time an adapter gets to answer.", {.least = 1, .most = hour}},
    {"signing.key", SHEP_SETTING(signing.key), "PKCS#12 file with the gateway's key and certificate; empty leaves answers unsigned."},
    {"signing.password_file", SHEP_SETTING(signing.password_file), "File whose first line is the password of signing.key."},
    {"signing.profile",
     SHEP_SETTING(signing.profile),
     "How the signature of an answer names its certificate.",
     {.one_of = "issuer-serial|key-identifier"},
     "--profile"},
    {"signing.allow_unmarked", SHEP_SETTING(signing.allow_unmarked),
     "Whether to sign with keys whose certificates are not marked as test certificates."},
    {"trust.anchors", SHEP_SETTING(trust.anchors), "Files or folders with the certificates of trusted roots."},
    {"trust.intermediates", SHEP_SETTING(trust.intermediates), "Files or folders with certificates between roots and signers."},
    {"trust.known", SHEP_SETTING(trust.known), "Files or folders with certificates of signers that send issuer and serial number only."},
    {"trust.compat", SHEP_SETTING(trust.compat),
     "Whether SHA-1 and the Kazakh algorithms of 2004 are accepted; they are always reported as weak."},
    {"trust.gost2015_256", SHEP_SETTING(trust.gost2015_256),
     "Whether GOST 34.10-2015 with 256 bits is accepted; its identifiers are inferred, no public document uses it."},
    {"trust.revocation",
     SHEP_SETTING(trust.revocation),
     "Where it is looked up whether signers' certificates were revoked; what is not known is refused as temporary.",
     {.one_of = "none|crl|ocsp|best-effort"}},
    {"trust.crl_files", SHEP_SETTING(trust.crl_files), "Files with revocation lists, complete and delta, read at start and on reload."},
    {"trust.ocsp_urls", SHEP_SETTING(trust.ocsp_urls), "Addresses of OCSP responders."},
    {"trust.crl_urls", SHEP_SETTING(trust.crl_urls), "Addresses of revocation lists."},
    {"trust.delta_crl_urls", SHEP_SETTING(trust.delta_crl_urls), "Addresses of delta revocation lists."},
    {"trust.tsp_urls", SHEP_SETTING(trust.tsp_urls), "Addresses of time-stamping authorities."},
    {"trust.allowed_hosts", SHEP_SETTING(trust.allowed_hosts),
     "Hosts whose addresses are followed when a verified certificate names them; others inside certificates never are."},
    {"trust.revocation_timeout",
     SHEP_SETTING(trust.revocation_timeout),
     "Time that asking about the certificates of one signature may take.",
     {.least = 1, .most = hour}},
    {"trust.revocation_grace", SHEP_SETTING(trust.revocation_grace), "How long evidence still counts after its nextUpdate."},
    {"ncanode.gost2004", SHEP_SETTING(ncanode.gost2004),
     "Whether the NCANode-shaped service accepts the Kazakh algorithms of 2004; they are always reported as weak."},
    {"ncanode.tsa_policies", SHEP_SETTING(ncanode.tsa_policies),
     "Policies accepted in time stamps beside the NCA's own, as dotted identifiers."},
    {"journal.file", SHEP_SETTING(journal.file), "File of the journal.", {.filled = true}, "--journal"},
    {"journal.mode", SHEP_SETTING(journal.mode), "Whether an exchange is on disk before it is answered.", {.one_of = "durable|relaxed"}},
    {"journal.overflow",
     SHEP_SETTING(journal.overflow),
     "What happens to an exchange when the journal's queue is full.",
     {.one_of = "wait|drop"}},
    {"journal.queue_records",
     SHEP_SETTING(journal.queue_records),
     "Records that may wait for the journal.",
     {.least = 1, .most = 1'000'000}},
    {"population.seed",
     SHEP_SETTING(population.seed),
     "Seed from which invented people and companies are made.",
     {.most = std::numeric_limits<std::int64_t>::max()},
     "--seed"},
    {"population.generate", SHEP_SETTING(population.generate), "Whether an unknown test IIN or BIN gets an invented person or company."},
    {"pki.enabled", SHEP_SETTING(pki.enabled), "Whether the admin port offers the responders of the test PKI below /pki/."},
    {"pki.folder", SHEP_SETTING(pki.folder), "Folder of the test PKI; without one there are no responders.", {.filled = true}},
    {"pki.list_lifetime",
     SHEP_SETTING(pki.list_lifetime),
     "Time from thisUpdate to nextUpdate of revocation lists.",
     {.least = 1000, .most = 365 * 24 * hour}},
    {"pki.answer_lifetime",
     SHEP_SETTING(pki.answer_lifetime),
     "Time from thisUpdate to nextUpdate of OCSP answers.",
     {.least = 1000, .most = 365 * 24 * hour}},
    {"log.format",
     SHEP_SETTING(log.format),
     "Form of the log; auto is text on a terminal and JSON elsewhere.",
     {.one_of = "auto|text|json"}},
    {"log.level", SHEP_SETTING(log.level), "Least level that is logged.", {.one_of = "debug|info|warning|error"}},
};

const key_row<sender_settings> senders_table[] = {
    {"id", SHEP_MEMBER(sender_settings, id), "The senderId of a participant that may call.", {.filled = true}},
    {"password_file",
     SHEP_MEMBER(sender_settings, password_file),
     "File whose first line is the sender's password; without one no password is checked.",
     {.filled = true}},
    {"password",
     SHEP_MEMBER(sender_settings, password),
     "The sender's password itself, instead of password_file.",
     {.filled = true, .secret = true}},
    {"services", SHEP_MEMBER(sender_settings, services), "The serviceIds the sender may call; \"*\" stands for all."},
    {"certificates", SHEP_MEMBER(sender_settings, certificates),
     "Files with certificates, one of which must have signed; without any every trusted signer will do."},
    {"faults", SHEP_MEMBER(sender_settings, faults), "A test sender: it may ask for faults by the header X-Shepsim-Fault."},
};

const key_row<route_settings> routes_table[] = {
    {"service", SHEP_MEMBER(route_settings, service), "The serviceId that the route answers.", {.filled = true}},
    {"route_id", SHEP_MEMBER(route_settings, route_id), "The routeId it is for; empty is any."},
    {"sender", SHEP_MEMBER(route_settings, sender), "The senderId it is for; empty is any."},
    {"adapter", SHEP_MEMBER(route_settings, adapter), "Kind of adapter that answers.", {.filled = true}},
    {"signature",
     SHEP_MEMBER(route_settings, signature),
     "Whether a request must be signed by WS-Security.",
     {.one_of = "required|optional"}},
    {"business_signature",
     SHEP_MEMBER(route_settings, business_signature),
     "What is asked of the signature of the business data; optional verifies one that is there.",
     {.one_of = "required|optional|ignored"}},
    {"key", SHEP_MEMBER(route_settings, key), "PKCS#12 file that signs the business data of answers; empty is the gateway's."},
    {"password_file", SHEP_MEMBER(route_settings, password_file), "File whose first line is the password of the route's key."},
    {"signer_roles", SHEP_MEMBER(route_settings, signer_roles),
     "Roles such as CEO or EMPLOYEE, one of which the certificate of the business data's signer must carry; empty is any."},
    {"signer_policies", SHEP_MEMBER(route_settings, signer_policies),
     "Certificate policies (dotted OIDs, or arcs above them), under one of which it must be issued; empty is any."},
    {"signer_usage",
     SHEP_MEMBER(route_settings, signer_usage),
     "Whether the business data must be signed by a certificate made for signing, or may be by one made for logging in.",
     {.one_of = "sign|any"}},
    {"signer_iin", SHEP_MEMBER(route_settings, signer_iin), "XPath of the IIN in the business data that its signer must have."},
    {"signer_bin", SHEP_MEMBER(route_settings, signer_bin), "XPath of the BIN in the business data that its signer must have."},
    {"system", SHEP_MEMBER(route_settings, system), "Which system the route stands for, for reports."},
};

const key_row<fault_settings> faults_table[] = {
    {"code", SHEP_MEMBER(fault_settings, code), "The errorCode to send for the event instead of the built-in one.", {.filled = true}},
    {"message",
     SHEP_MEMBER(fault_settings, message),
     "The errorMessage to send for the event instead of the built-in one.",
     {.filled = true}},
};

#undef SHEP_SETTING
#undef SHEP_MEMBER

std::string replaced(std::string_view key, char with, char (*change)(char)) {
  std::string out;
  for (const char c : key) out += c == '.' || c == '_' ? with : change(c);
  return out;
}

}  // namespace

std::span<const key_row<settings>> setting_keys() { return settings_table; }
std::span<const key_row<sender_settings>> sender_keys() { return senders_table; }
std::span<const key_row<route_settings>> route_keys() { return routes_table; }
std::span<const key_row<fault_settings>> fault_keys() { return faults_table; }

std::string environment_name(std::string_view key) {
  return "SHEPSIM_" + replaced(key, '_', [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
}

std::string flag_name(const key_row<settings>& row) {
  return row.flag.empty() ? "--" + replaced(row.key, '-', [](char c) { return c; }) : std::string(row.flag);
}

}  // namespace shep::config
