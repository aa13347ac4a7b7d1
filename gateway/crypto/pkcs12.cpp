#include "crypto/pkcs12.hpp"

#include "crypto/pkcs12_container.hpp"
#include "crypto/problems.hpp"

#include <algorithm>

namespace shep::crypto {

result<identity> read_pkcs12(std::string_view der, std::string_view password) {
  std::int64_t iterations_left = most_iterations;
  return read_pkcs12(der, password, iterations_left);
}

result<identity> read_pkcs12(std::string_view der, std::string_view password, std::int64_t& iterations_left) {
  result<pkcs12_content> content = open_pkcs12(der, password, iterations_left);
  if (!content) return content.error();
  result<private_key> key = private_key::from_pkcs8(content->key);
  cleanse(content->key);
  if (!key) return key.error();

  std::vector<certificate> certificates;
  for (const std::string& one : content->certificates) {
    result<certificate> decoded = certificate::from_der(one);
    if (!decoded) return problem(problems::pkcs12_format, "a certificate of the container cannot be read: " + decoded.error().detail);
    certificates.push_back(std::move(*decoded));
  }
  // By the key itself, not by localKeyID: that is a label anybody may write.
  const auto own = std::find_if(certificates.begin(), certificates.end(),
                                [&](const certificate& c) { return c.key().spki() == key->public_key().spki(); });
  if (own == certificates.end()) {
    return problem(problems::pkcs12_format,
                   "none of the " + std::to_string(certificates.size()) + " certificates of the container belongs to its key");
  }
  certificate leaf = *own;
  certificates.erase(own);
  return identity{std::move(*key), std::move(leaf), std::move(certificates), std::move(content->alias)};
}

result<std::string> write_pkcs12(const identity& id, std::string_view password, std::string_view alias) {
  std::string key = id.key.pkcs8();
  std::vector<std::string> certificates{id.certificate.der()};
  for (const certificate& other : id.others) certificates.push_back(other.der());
  result<std::string> made = make_pkcs12(key, certificates, password, alias);
  cleanse(key);
  return made;
}

}  // namespace shep::crypto
