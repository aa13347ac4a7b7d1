#include "cli/pki_files.hpp"

#include "crypto/pkcs12.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <unistd.h>

namespace shep::cli {
namespace {

namespace fs = std::filesystem;
using crypto::certificate;
using crypto::certificate_request;
using crypto::issuer;
using crypto::private_key;

constexpr mode_t secret_mode = 0600;
constexpr mode_t public_mode = 0644;

/// The same time of the same day, years later or before; 29 February gives way to 1 March.
time_point shifted(time_point t, int years) {
  namespace ch = std::chrono;
  const auto day = ch::floor<ch::days>(t);
  const ch::year_month_day date = ch::year_month_day(day) + ch::years(years);
  const auto shifted_day = date.ok() ? ch::sys_days(date) : ch::sys_days(date.year() / ch::March / 1);
  return time_point(shifted_day) + (t - day);
}

bool plain_file_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return !name.empty() && name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos;
}

/// The files of one layout; remembers what it wrote.
class layout {
 public:
  explicit layout(std::string folder) : folder_(std::move(folder)) {}

  /// Never over a file that is there: it may be somebody's only copy of a key.
  result<void> write(const std::string& name, std::string_view content, mode_t mode) {
    const fs::path path = folder_ / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return problem(problems::environment, "the folder cannot be made: " + error.message(), path.parent_path().string());
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0) {
      const std::string hint = errno == EEXIST ? "choose another folder, or move the old file away" : "";
      return problem(problems::environment, std::string("the file cannot be made: ") + std::strerror(errno), path.string(), hint);
    }
    std::size_t done = 0;
    while (done < content.size()) {
      const ssize_t n = ::write(file, content.data() + done, content.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    const bool complete = done == content.size() && ::fsync(file) == 0;
    const std::string reason = std::strerror(errno);
    if (::close(file) != 0 || !complete) return problem(problems::environment, "the file cannot be written: " + reason, path.string());
    written_.push_back(name);
    return {};
  }

  result<std::string> read(const std::string& name) const {
    const fs::path path = folder_ / name;
    std::ifstream in(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    if (!in) return problem(problems::environment, "the file cannot be read", path.string(), "make a test PKI here first: shepsim pki new");
    return content;
  }

  result<void> write_identity(const std::string& name, const crypto::identity& id, const std::string& password, std::string_view alias) {
    const result<std::string> container = crypto::write_pkcs12(id, password, alias);
    if (!container) return container.error();
    return write(name, *container, secret_mode);
  }

  result<std::string> read_password(const std::string& name) const {
    result<std::string> content = read(name);
    if (!content) return content;
    return content->substr(0, content->find_first_of("\r\n"));
  }

  std::vector<std::string> written() const { return written_; }

 private:
  fs::path folder_;
  std::vector<std::string> written_;
};

result<issuer> make_authority(const std::string& common_name, const issuer* above, const pki_options& o) {
  result<private_key> key = private_key::generate(crypto::key_kind::rsa, o.authority_bits);
  if (!key) return key.error();
  certificate_request request;
  request.common_name = common_name;
  request.is_ca = true;
  if (above != nullptr) request.path_length = 0;
  request.not_before = shifted(o.from, -5);
  request.not_after = shifted(o.from, o.years + 5);
  result<certificate> cert = crypto::issue(request, key->public_key(), above, *key);
  if (!cert) return cert.error();
  return issuer{std::move(*cert), std::move(*key)};
}

result<void> add_member(layout& files, const pki_member& m, const issuer& by, const std::string& password, const pki_options& o) {
  result<private_key> key = private_key::generate(crypto::key_kind::rsa, o.member_bits);
  if (!key) return key.error();
  certificate_request request;
  request.common_name = m.common_name;
  request.surname = m.surname;
  request.given_name = m.given_name;
  request.organization = m.organization;
  request.iin = m.iin;
  request.bin = m.bin;
  request.role = m.role;
  request.extended_key_usage = m.extended_key_usage;
  request.not_before = m.expired ? shifted(o.from, -2) : o.from;
  request.not_after = m.expired ? shifted(o.from, -1) : shifted(o.from, o.years);
  result<certificate> cert = crypto::issue(request, key->public_key(), &by, *key);
  if (!cert) return cert.error();
  const crypto::identity id{std::move(*key), *cert, {by.certificate}};
  if (auto done = files.write_identity("keys/" + m.name + ".p12", id, password, m.name); !done) return done;
  return files.write("known/" + m.name + ".pem", cert->pem(), public_mode);
}

result<void> make_all(layout& files, const pki_options& o) {
  const result<issuer> root = make_authority("TEST SHEPSIM ROOT (RSA)", nullptr, o);
  if (!root) return root.error();
  const result<issuer> issuing = make_authority("TEST SHEPSIM ISSUING (RSA)", &*root, o);
  if (!issuing) return issuing.error();
  const result<issuer> foreign = make_authority("TEST FOREIGN ROOT (RSA)", nullptr, o);
  if (!foreign) return foreign.error();

  if (auto done = files.write("trusted/root.pem", root->certificate.pem(), public_mode); !done) return done;
  if (auto done = files.write("trusted/issuing.pem", issuing->certificate.pem(), public_mode); !done) return done;
  if (auto done = files.write("foreign/root.pem", foreign->certificate.pem(), public_mode); !done) return done;
  if (auto done = files.write("authority/password", o.password + "\n", secret_mode); !done) return done;
  if (auto done = files.write_identity("authority/root.p12", {root->key, root->certificate, {}}, o.password, "root"); !done) return done;
  const crypto::identity issuing_identity{issuing->key, issuing->certificate, {root->certificate}};
  if (auto done = files.write_identity("authority/issuing.p12", issuing_identity, o.password, "issuing"); !done) return done;
  if (auto done = files.write("keys/password", o.password + "\n", secret_mode); !done) return done;
  for (const pki_member& m : test_pki_members()) {
    if (auto done = add_member(files, m, m.foreign ? *foreign : *issuing, o.password, o); !done) return done;
  }
  return {};
}

}  // namespace

result<std::vector<std::string>> make_test_pki(const std::string& folder, const pki_options& options) {
  layout files(folder);
  if (const result<void> done = make_all(files, options); !done) return done.error();
  return files.written();
}

result<std::vector<std::string>> issue_member(const std::string& folder, const pki_member& member, const pki_options& options) {
  if (!plain_file_name(member.name)) {
    return problem(problems::usage, "'" + member.name + "' cannot be the name of a member: letters, digits, '-' and '_' were expected");
  }
  if (member.foreign) return problem(problems::usage, "the key of the foreign root is not kept; nothing more can be issued by it");
  layout files(folder);
  const result<std::string> authority_password = files.read_password("authority/password");
  if (!authority_password) return authority_password.error();
  const result<std::string> password = files.read_password("keys/password");
  if (!password) return password.error();
  const result<std::string> container = files.read("authority/issuing.p12");
  if (!container) return container.error();
  result<crypto::identity> authority = crypto::read_pkcs12(*container, *authority_password);
  if (!authority) return authority.error();
  const issuer by{authority->certificate, authority->key};
  if (const result<void> done = add_member(files, member, by, *password, options); !done) return done.error();
  return files.written();
}

}  // namespace shep::cli
