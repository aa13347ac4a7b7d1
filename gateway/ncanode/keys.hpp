#pragma once

#include "core/result.hpp"
#include "crypto/pkcs12.hpp"
#include "ncanode/field_reader.hpp"

#include <string>

namespace shep::ncanode {

/// A key of a request before it is opened: {key, password, keyAlias}. The password is cleansed when this goes.
struct sent_key {
  std::string where;  ///< "signers[0]"; empty for the request itself
  std::string container, password, alias;
  std::string reference_uri;

  sent_key() = default;
  sent_key(sent_key&&) = default;
  sent_key& operator=(sent_key&&) = default;
  ~sent_key() { crypto::cleanse(password); }
};
sent_key read_key_fields(field_reader&);

/// What opening the keys of one request may cost, all of them together (C12). One for each request.
struct key_account {
  std::int64_t iterations_left = crypto::most_iterations;
};

/// Opens the container: CPU work of up to 2^20 rounds for all keys of an account, so never on an I/O thread. An alias that is given must be
/// the key's (NCANode checks it and then takes the first key; here a container has one key). Error problems::ncanode_key; never names
/// password or key.
result<crypto::identity> open_key(const sent_key&, key_account&);

}  // namespace shep::ncanode
