#include "ncanode/keys.hpp"

#include "core/bytes.hpp"
#include "crypto/problems.hpp"
#include "ncanode/problems.hpp"

namespace shep::ncanode {

sent_key read_key_fields(field_reader& f) {
  sent_key k;
  k.where = f.where();
  k.container = f.octets("key");
  k.password = f.required_text("password");
  k.alias = f.text_or_empty("keyAlias");
  k.reference_uri = f.text_or_empty("referenceUri");
  return k;
}

result<crypto::identity> open_key(const sent_key& k, key_account& account) {
  auto opened = crypto::read_pkcs12(k.container, k.password, account.iterations_left);
  if (!opened) {
    const problem why = opened.error();
    const bool password = why.code == problems::pkcs12_password;
    return problem(problems::ncanode_key, password ? "the password does not open the key" : "the key cannot be used: " + why.detail,
                   k.where, why.hint);
  }
  if (!k.alias.empty() && k.alias != opened->alias)
    return problem(problems::ncanode_key, "the container has no key with the alias '" + clipped(k.alias) + "'", k.where,
                   "POST /pkcs12/aliases tells the aliases; without keyAlias the key of the container is taken");
  return opened;
}

}  // namespace shep::ncanode
