#pragma once

#include <span>
#include <string>

namespace shep::config {

/// One line of the reference of shepsim.toml.
struct key_doc {
  std::string key;            ///< "listen.port", "sender[].id", "faults.<event>.code"
  std::string type;           ///< "integer from 0 to 65535"
  std::string default_value;  ///< as TOML writes it
  std::string meaning;        ///< one sentence
  std::string environment;    ///< "SHEPSIM_LISTEN_PORT"; empty where only the file can say it
  std::string flag;           ///< "--port"; empty likewise
};

/// Every key there is, in the order of the reference. Static storage.
std::span<const key_doc> documented_keys();

}  // namespace shep::config
