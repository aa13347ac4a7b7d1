#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// What shepsim.toml says, after flags and environment had their word: plain values with defaults. Relative paths are relative to `root`.
/// Reading files named here, and checking what they hold, is module app's work.
namespace shep::config {

struct listen_settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free port
  std::string admin_address = "127.0.0.1";
  std::uint16_t admin_port = 8081;
  std::string admin_token_file;  ///< its first line is the bearer token of the admin API; needed outside loopback
  std::string ncanode_address = "127.0.0.1";
  std::uint16_t ncanode_port = 0;          ///< of the NCANode-shaped service; 0: not offered
  bool ncanode_open = false;               ///< it may listen beyond loopback
  std::vector<std::string> ncanode_hosts;  ///< further names its Host header may carry
  unsigned threads = 0;                    ///< 0: one for each processor
  std::uint64_t body_limit = 10 << 20;     ///< octets
  std::size_t connections_per_address = 64;
  std::chrono::milliseconds drain{30'000};
};

struct gateway_settings {
  std::string mode = "lenient";  ///< strict | lenient
  std::chrono::minutes zone{300};
  std::string soap_prefix = "soap", types_prefix = "ns2", xsi_prefix = "xsi", xs_prefix = "xs";
  std::string success_code = "SCSS001";
  std::string success_message = "Сообщение успешно обработано";
  std::string fault_precedence =
      "signature";  ///< signature | service: which fault wins when the signature is wrong and the service unknown
  std::chrono::milliseconds adapter_timeout{60'000};
};

struct signing_settings {
  std::string key;                        ///< PKCS#12 file of the gateway
  std::string password_file;              ///< its first line is the password
  std::string profile = "issuer-serial";  ///< issuer-serial | key-identifier
  bool allow_unmarked = false;            ///< sign with keys whose certificates are not of a test PKI
};

/// [pki]: the test PKI whose responders stand on the admin port.
struct pki_settings {
  bool enabled = true;
  std::string folder = "certs";  ///< made by `shepsim pki new`; the default may be missing, another folder may not
  std::chrono::milliseconds list_lifetime{24 * 3'600'000};  ///< thisUpdate to nextUpdate of revocation lists
  std::chrono::milliseconds answer_lifetime{3'600'000};     ///< the same of OCSP answers
};

struct trust_settings {
  std::vector<std::string> anchors;  ///< PEM or DER files or folders
  std::vector<std::string> intermediates;
  std::vector<std::string> known;   ///< certificates of signers that send issuer and serial number only
  bool compat = false;              ///< accept SHA-1 and the Kazakh algorithms of 2004, reported as weak
  bool gost2015_256 = false;        ///< accept GOST 34.10-2015 with 256 bits, whose identifiers are inferred
  std::string revocation = "none";  ///< none | crl | ocsp | best-effort
  std::vector<std::string> crl_files;
  std::vector<std::string> ocsp_urls, crl_urls, delta_crl_urls, tsp_urls;
  std::vector<std::string> allowed_hosts;  ///< whose addresses inside verified certificates are followed
  std::chrono::milliseconds revocation_timeout{10'000};
  std::chrono::milliseconds revocation_grace{0};  ///< how long after its nextUpdate evidence still counts
};

/// The NCANode-shaped service.
struct ncanode_settings {
  bool gost2004 = true;                   ///< accept the Kazakh algorithms of 2004, reported as weak
  std::vector<std::string> tsa_policies;  ///< dotted; accepted in time stamps beside the NCA's
};

struct journal_settings {
  std::string file = "data/journal.db";
  std::string mode = "durable";   ///< durable | relaxed
  std::string overflow = "wait";  ///< wait | drop
  std::size_t queue_records = 8192;
};

/// [forward]: how real endpoints are asked, each for itself, by routes that have a target.
struct forward_settings {
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds first_byte_timeout{30'000};
  std::chrono::milliseconds total_timeout{60'000};
  unsigned breaker_failures = 5;  ///< in a row; 0: a failing endpoint is always asked again
  std::chrono::milliseconds breaker_pause{10'000};
  std::size_t concurrent = 32;
  std::size_t waiting = 64;
  std::string record_folder = "recordings";
};

struct population_settings {
  std::uint64_t seed = 1;
  bool generate = true;  ///< unknown test IINs and BINs get a generated person or company
};

struct log_settings {
  std::string format = "auto";  ///< auto | text | json
  std::string level = "info";   ///< debug | info | warning | error
};

/// [[sender]]: a participant that may call.
struct sender_settings {
  std::string id;
  std::string password_file;  ///< empty: `password`; both empty: no password is checked
  std::string password;
  std::vector<std::string> services;          ///< serviceIds; "*" for all
  std::vector<std::string> channels = {"*"};  ///< sync, async; "*" for all
  std::vector<std::string> certificates;      ///< when given, one of these must have signed
  std::string iin, bin;                       ///< when given, the certificate that signed carries this number
  bool faults = false;                        ///< a test sender: it may ask for faults by X-Shepsim-Fault
};

/// [[route]]: which adapter answers. The most specific route wins: route_id, then sender, then neither.
struct route_settings {
  std::string service;                          ///< serviceId
  std::string route_id;                         ///< empty: any
  std::string sender;                           ///< empty: any
  std::string adapter = "mock";                 ///< a kind of the adapter catalogue
  std::string signature = "required";           ///< required | optional
  std::string business_signature = "optional";  ///< required | optional | ignored: optional verifies one that is there
  std::string key;                              ///< PKCS#12 file that signs the business data of answers; empty: the gateway's
  std::string password_file;
  std::string system;      ///< S03 …, for reports
  std::string target;      ///< http or https address of the real endpoint: forward, record, spy
  std::string target_key;  ///< PKCS#12 file that signs what is sent there; empty: the gateway's
  std::string target_password_file;
  std::vector<std::string> target_certificates;  ///< when given, one of these must have signed what the target answers
  std::vector<std::string> target_tls_trusted;  ///< files or folders of certificates that an https target may chain to; empty: the system's
  std::string target_tls_key;                   ///< PKCS#12 file that the gateway shows an https target; empty: none
  std::string target_tls_password_file;
  bool target_tls_verify = true;
  std::string request_form = "signed-again";               ///< signed-again | as-received
  std::string answer_form = "rendered";                    ///< rendered | as-received
  std::string answer_signature = "required";               ///< required | optional | ignored
  std::vector<std::string> signer_roles, signer_policies;  ///< what the certificate of who signed the business data has to carry, one of
  std::string signer_usage = "sign";                       ///< sign | any: whether a certificate made for logging in may sign
  std::string contract = "warn";                           ///< off | warn | enforce
  std::string schema;                                      ///< below schemas/; empty: the one shipped for the service, if any
  std::string signer_iin, signer_bin;                      ///< XPaths in the business data: the numbers the certificate has to carry
};

/// [faults.<event>]: another code or text for one event.
struct fault_settings {
  std::string event;
  std::string code;
  std::string message;
};

struct settings {
  std::string root;  ///< folder of shepsim.toml
  listen_settings listen;
  gateway_settings gateway;
  signing_settings signing;
  trust_settings trust;
  ncanode_settings ncanode;
  journal_settings journal;
  forward_settings forward;
  population_settings population;
  pki_settings pki;
  log_settings log;
  std::vector<sender_settings> senders;
  std::vector<route_settings> routes;
  std::vector<fault_settings> faults;
};

}  // namespace shep::config
