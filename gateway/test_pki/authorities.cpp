#include "test_pki/authorities.hpp"

#include "test_pki/inventory.hpp"
#include "test_pki/pki_folder.hpp"
#include "test_pki/problems.hpp"

namespace shep::test_pki {
namespace {

result<std::optional<crypto::identity>> read_if_there(const pki_folder& files, const std::string& name, const std::string& password) {
  if (!files.has(name)) return std::optional<crypto::identity>();
  result<crypto::identity> id = files.read_identity(name, password);
  if (!id) return id.error();
  return std::optional<crypto::identity>(std::move(*id));
}

result<family_keys> load_family(const pki_folder& files, const std::string& prefix) {
  const auto secret = files.read_password("authority/password");
  if (!secret) return secret.error();
  auto root = files.read_identity("authority/root.p12", *secret);
  if (!root) return root.error();
  auto issuing = files.read_identity("authority/issuing.p12", *secret);
  if (!issuing) return issuing.error();
  const auto members_secret = files.read_password("keys/password");
  if (!members_secret) return members_secret.error();
  auto ocsp = read_if_there(files, "keys/ocsp.p12", *members_secret);
  if (!ocsp) return ocsp.error();
  auto tsa = read_if_there(files, "keys/tsa.p12", *members_secret);
  if (!tsa) return tsa.error();
  return family_keys{prefix, std::move(*root), std::move(*issuing), std::move(*ocsp), std::move(*tsa)};
}

}  // namespace

result<std::vector<family_keys>> load_authorities(const std::string& folder) {
  std::vector<family_keys> all;
  for (const std::string& prefix : family_prefixes(folder)) {
    auto keys = load_family(pki_folder(folder, prefix), prefix);
    if (!keys) return keys.error();
    all.push_back(std::move(*keys));
  }
  if (all.empty())
    return problem(problems::pki_folder, "there is no trusted/issuing.pem", folder, "make a test PKI: shepsim pki new " + folder);
  return all;
}

std::vector<authority> authorities_of(const std::vector<family_keys>& keys) {
  std::vector<authority> all;
  for (const family_keys& f : keys) {
    // A responder that the issuing authority authorised may not speak for the root (RFC 6960 section 4.2.2.2): the root does so itself.
    all.push_back({f.prefix + "root", f.root, f.root, f.issuing.key});
    all.push_back({f.prefix + "issuing", f.issuing, f.ocsp ? *f.ocsp : f.issuing, f.root.key});
  }
  return all;
}

}  // namespace shep::test_pki
