#include "test_pki/hierarchy.hpp"

#include "crypto/issue.hpp"
#include "test_pki/generate_keys.hpp"
#include "test_pki/pki_folder.hpp"

#include <algorithm>
#include <optional>

namespace shep::test_pki {
namespace {

using crypto::certificate;
using crypto::certificate_request;
using crypto::issuer;
using crypto::private_key;
using secrecy = pki_folder::secrecy;

constexpr const char* ocsp_signing = "1.3.6.1.5.5.7.3.9";
constexpr const char* time_stamping = "1.3.6.1.5.5.7.3.8";

/// The same time of the same day, years later or before; 29 February gives way to 1 March.
time_point shifted(time_point t, int years) {
  namespace ch = std::chrono;
  const auto day = ch::floor<ch::days>(t);
  const ch::year_month_day date = ch::year_month_day(day) + ch::years(years);
  const auto shifted_day = date.ok() ? ch::sys_days(date) : ch::sys_days(date.year() / ch::March / 1);
  return time_point(shifted_day) + (t - day);
}

result<void> check_address(const std::string& url) {
  const bool plain = url.empty() || (url.starts_with("http://") && url.size() > 7 && url.size() <= 200 &&
                                     std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F; }));
  if (!plain)
    return problem(problems::usage, "'" + url + "' is not where responders can be reached", "--responder-url", "http://host:port");
  return {};
}

/// Puts into a certificate where its issuer's responders are. `prefix` names the family, `by` the issuer: "root", "issuing".
void add_addresses(certificate_request& r, const std::string& base, const std::string& prefix, const std::string& by) {
  if (base.empty()) return;
  const std::string at = base.ends_with('/') ? base.substr(0, base.size() - 1) : base;
  r.ocsp_url = at + "/pki/ocsp";
  r.ca_issuers_url = at + "/pki/cert/" + prefix + by + ".cer";
  r.crl_url = at + "/pki/crl/" + prefix + by + ".crl";
  r.delta_crl_url = at + "/pki/crl/" + prefix + by + "_delta.crl";
}

/// Where one family's files are made.
struct workplace {
  pki_folder files;
  std::string prefix;
  const pki_options& options;
};

result<issuer> make_authority(const workplace& w, const std::string& name, const issuer* above, private_key key) {
  certificate_request request;
  request.common_name = "TEST " + name;
  request.is_ca = true;
  if (above != nullptr) {
    request.path_length = 0;
    add_addresses(request, w.options.responder_url, w.prefix, "root");
  }
  request.not_before = shifted(w.options.from, -5);
  request.not_after = shifted(w.options.from, w.options.years + 5);
  result<certificate> cert = crypto::issue(request, key.public_key(), above, key);
  if (!cert) return cert.error();
  return issuer{std::move(*cert), std::move(key)};
}

result<void> write_authorities(workplace& w, const issuer& root, const issuer& issuing) {
  const std::string& password = w.options.password;
  if (auto done = w.files.write("trusted/root.pem", root.certificate.pem(), secrecy::open); !done) return done;
  if (auto done = w.files.write("trusted/issuing.pem", issuing.certificate.pem(), secrecy::open); !done) return done;
  if (auto done = w.files.write("authority/password", password + "\n", secrecy::secret); !done) return done;
  if (auto done = w.files.write_identity("authority/root.p12", {root.key, root.certificate, {}}, password, "root"); !done) return done;
  const crypto::identity issuing_identity{issuing.key, issuing.certificate, {root.certificate}};
  if (auto done = w.files.write_identity("authority/issuing.p12", issuing_identity, password, "issuing"); !done) return done;
  return w.files.write("keys/password", password + "\n", secrecy::secret);
}

certificate_request request_for(const workplace& w, const pki_member& m) {
  const pki_options& o = w.options;
  certificate_request request;
  request.common_name = m.common_name;
  request.surname = m.surname;
  request.given_name = m.given_name;
  request.organization = m.organization;
  request.iin = m.iin;
  request.bin = m.bin;
  request.role = m.role;
  request.extended_key_usage = m.extended_key_usage;
  if (m.work == member_work::ocsp) {
    request.extended_key_usage = {ocsp_signing};
    request.ocsp_no_check = true;
  }
  if (m.work == member_work::tsa) {
    request.extended_key_usage = {time_stamping};
    request.critical_purposes = true;
  }
  request.not_before = m.expired ? shifted(o.from, -2) : o.from;
  request.not_after = m.expired ? shifted(o.from, -1) : shifted(o.from, o.years);
  if (!m.foreign) add_addresses(request, o.responder_url, w.prefix, "issuing");
  return request;
}

result<void> add_member(workplace& w, const pki_member& m, const issuer& by, private_key key, const std::string& password) {
  result<certificate> cert = crypto::issue(request_for(w, m), key.public_key(), &by, key);
  if (!cert) return cert.error();
  const crypto::identity id{std::move(key), *cert, {by.certificate}};
  if (auto done = w.files.write_identity("keys/" + m.name + ".p12", id, password, m.name); !done) return done;
  return w.files.write("known/" + m.name + ".pem", cert->pem(), secrecy::open);
}

std::vector<pki_member> chosen_members(const std::vector<std::string>& only) {
  std::vector<pki_member> chosen;
  for (const pki_member& m : test_pki_members())
    if (only.empty() || std::find(only.begin(), only.end(), m.name) != only.end()) chosen.push_back(m);
  return chosen;
}

result<void> make_family(workplace& w, family f) {
  const std::vector<pki_member> members = chosen_members(w.options.only);
  const bool with_foreign = std::any_of(members.begin(), members.end(), [](const pki_member& m) { return m.foreign; });
  std::vector<unsigned> sizes(with_foreign ? 3 : 2, w.options.authority_bits);
  sizes.insert(sizes.end(), members.size(), w.options.member_bits);
  result<std::vector<private_key>> keys = generate_keys(key_kind_of(f), sizes);
  if (!keys) return keys.error();
  auto key = keys->begin();

  const std::string title = " (" + std::string(title_of(f)) + ")";
  const result<issuer> root = make_authority(w, "SHEPSIM ROOT" + title, nullptr, *key++);
  if (!root) return root.error();
  const result<issuer> issuing = make_authority(w, "SHEPSIM ISSUING" + title, &*root, *key++);
  if (!issuing) return issuing.error();
  if (auto done = write_authorities(w, *root, *issuing); !done) return done;
  std::optional<issuer> foreign;
  if (with_foreign) {
    result<issuer> made = make_authority(w, "FOREIGN ROOT" + title, nullptr, *key++);
    if (!made) return made.error();
    foreign = std::move(*made);
    if (auto done = w.files.write("foreign/root.pem", foreign->certificate.pem(), secrecy::open); !done) return done;
  }
  for (const pki_member& m : members)
    if (auto done = add_member(w, m, m.foreign ? *foreign : *issuing, *key++, w.options.password); !done) return done;
  return {};
}

result<void> check_names(const std::vector<std::string>& only) {
  const auto members = test_pki_members();
  for (const std::string& name : only) {
    if (std::none_of(members.begin(), members.end(), [&](const pki_member& m) { return m.name == name; }))
      return problem(problems::usage, "a test PKI has no member '" + name + "'", "--only");
  }
  return {};
}

}  // namespace

result<std::vector<std::string>> make_test_pki(const std::string& folder, const pki_options& options) {
  if (const auto good = check_address(options.responder_url); !good) return good.error();
  if (const auto good = check_names(options.only); !good) return good.error();
  std::vector<std::string> written;
  for (const family f : options.families) {
    const std::string prefix = prefix_of(options.families, f);
    workplace w{pki_folder(folder, prefix), prefix, options};
    if (const auto done = make_family(w, f); !done) return done.error();
    written.insert(written.end(), w.files.written().begin(), w.files.written().end());
  }
  return written;
}

result<std::vector<std::string>> issue_member(const std::string& folder, const std::string& family_folder, const pki_member& member,
                                              const pki_options& options) {
  if (!plain_name(member.name)) {
    return problem(problems::usage, "'" + member.name + "' cannot be the name of a member: letters, digits, '-' and '_' were expected");
  }
  for (const std::string_view taken : {"root", "issuing", "root_delta", "issuing_delta"})
    if (member.name == taken)
      return problem(problems::usage, "'" + member.name + "' is the name of an authority", "--name", "choose another name");
  if (!family_folder.empty() && !plain_name(family_folder))
    return problem(problems::usage, "'" + family_folder + "' is no family of keys", "--family", "gost2015 or gost2004");
  if (member.foreign) return problem(problems::usage, "the key of the foreign root is not kept; nothing more can be issued by it");
  if (const auto good = check_address(options.responder_url); !good) return good.error();
  const std::string prefix = family_folder.empty() ? std::string() : family_folder + "/";
  pki_folder files(folder, prefix);
  const result<std::string> authority_password = files.read_password("authority/password");
  if (!authority_password) return authority_password.error();
  const result<std::string> password = files.read_password("keys/password");
  if (!password) return password.error();
  const result<crypto::identity> authority = files.read_identity("authority/issuing.p12", *authority_password);
  if (!authority) return authority.error();
  result<private_key> key = private_key::generate(authority->key.kind(), options.member_bits);
  if (!key) return key.error();
  workplace w{std::move(files), prefix, options};
  const issuer by{authority->certificate, authority->key};
  if (const auto done = add_member(w, member, by, std::move(*key), *password); !done) return done.error();
  return w.files.written();
}

}  // namespace shep::test_pki
