#pragma once

#include <string>

namespace shep::admin {

/// The admin API as an OpenAPI 3.1 document in YAML, written from the route table: a row that is served is described.
std::string openapi_text();

}  // namespace shep::admin
