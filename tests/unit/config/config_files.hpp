#pragma once

#include "config/load.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace shep::config::test {

using shep::test::temporary_folder;

inline load_outcome load_text(const std::string& toml, const overrides& given = {}) { return load_toml(toml, "root", given); }

/// "where | detail | hint" of every problem, one a line.
inline std::string told(const load_outcome& outcome) {
  std::string out;
  for (const problem& p : outcome.problems) out += p.where + " | " + p.detail + " | " + p.hint + "\n";
  return out;
}

inline const origin* find_origin(const load_outcome& outcome, std::string_view key) {
  for (const origin& o : outcome.value.origins)
    if (o.key == key) return &o;
  return nullptr;
}

/// A file in which everything is right and every section occurs.
inline constexpr const char* valid_file = R"([listen]
address = "0.0.0.0"
port = 9080
admin_port = 0
threads = 2
body_limit = "1MiB"
drain = "5s"

[gateway]
mode = "strict"
zone = "+06:00"
success_message = "Тест"
adapter_timeout = 1500

[signing]
key = "pki/gateway.p12"
password_file = "pki/gateway.password"

[trust]
anchors = ["pki/root.pem", "pki/more"]
compat = true

[journal]
queue_records = 16

[population]
seed = 42

[pki]
folder = "pki"
list_lifetime = "1h"

[log]
level = "debug"

[[sender]]
id = "demo-sender"
password = "canary-password"
services = ["*"]

[[sender]]
id = "second"
password_file = "second.password"

[[route]]
service = "DEMO"

[[route]]
service = "DEMO"
route_id = "north"
adapter = "forward"
signature = "optional"

[faults.unknown_sender]
code = "SCE900"
message = "Отправитель неизвестен"
)";

}  // namespace shep::config::test
