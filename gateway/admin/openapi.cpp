#include "admin/openapi.hpp"

#include "admin/answer.hpp"
#include "admin/routes.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace shep::admin {
namespace {

constexpr std::string_view opening = R"(openapi: 3.1.0
info:
  title: shepsim admin API
  version: ")" SHEPSIM_VERSION R"("
  description: >-
    Paths and shapes are WireMock's where WireMock has them. A field that is not known is refused. Errors are problem documents (RFC 9457)
    with code, pointer and hint.
security:
  - token: []
  - {}
paths:
)";

constexpr std::string_view closing = R"(components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
  responses:
    problem:
      description: what is wrong, where, and what to do
      content:
        application/problem+json:
          schema:
            $ref: "#/components/schemas/problem"
  schemas:
    problem:
      type: object
      required: [type, title, status, detail, code]
      properties:
        type: {type: string}
        title: {type: string}
        status: {type: integer}
        detail: {type: string}
        code: {type: string}
        pointer: {type: string}
        hint: {type: string}
        errors:
          type: array
          items: {$ref: "#/components/schemas/problem"}
    mapping:
      type: object
      description: "schemas/shepsim/mapping.schema.json says all of it"
      required: [request, response]
      properties:
        id: {type: string, format: uuid}
        name: {type: string}
        priority: {type: integer, minimum: 1}
        request: {type: object}
        response: {type: object}
    metadataPattern:
      type: object
      additionalProperties: false
      properties:
        matchesJsonPath:
          oneOf:
            - {type: string}
            - type: object
              required: [expression]
              properties:
                expression: {type: string}
        equalToJson: {}
        ignoreArrayOrder: {type: boolean}
        ignoreExtraElements: {type: boolean}
    mappingImport:
      type: object
      required: [mappings]
      additionalProperties: false
      properties:
        mappings:
          type: array
          items: {$ref: "#/components/schemas/mapping"}
        meta: {}
        importOptions:
          type: object
          additionalProperties: false
          properties:
            duplicatePolicy: {type: string, enum: [OVERWRITE, IGNORE]}
            deleteAllNotInImport: {type: boolean}
    faultOrder:
      type: object
      required: [fault]
      additionalProperties: false
      properties:
        serviceId: {type: string}
        fault:
          oneOf:
            - $ref: "#/components/schemas/faultName"
            - type: object
              required: [name]
              additionalProperties: false
              properties:
                name: {$ref: "#/components/schemas/faultName"}
                code: {type: string}
                message: {type: string}
                data: {type: string}
                milliseconds: {type: integer, minimum: 0, maximum: 60000}
        count: {type: integer, minimum: 1}
        probability: {type: number, minimum: 0, maximum: 1}
    scenarioState:
      type: object
      additionalProperties: false
      properties:
        state: {type: string}
        key: {type: string}
    nearMissRequest:
      type: object
      additionalProperties: false
      properties:
        id: {type: string, description: "of a journal entry"}
        body: {type: string, description: "a SOAP message"}
        url: {type: string, description: "with a body: path and query"}
        method: {type: string}
        headers: {type: object, additionalProperties: {type: [string, array], items: {type: string}}}
    requestPattern:
      type: object
      description: "the request part of a mapping, with messageId and outcome of the journal under shep, and how many are wanted"
      properties:
        limit: {type: integer, minimum: 1, maximum: 1000}
        method: {type: string}
        url: {type: string}
        urlPath: {type: string}
        urlPattern: {type: string}
        urlPathPattern: {type: string}
        headers: {type: object}
        bodyPatterns: {type: array, items: {type: object}}
        shep: {type: object}
    faultName:
      type: string
      enum:
)";

/// In double quotes: no text of the table can become anything else than a text.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// "{file...}" is one parameter for us, "{file}" for OpenAPI.
std::string path_of(const row& r) {
  std::string path(r.path);
  if (const std::size_t dots = path.find("...}"); dots != std::string::npos) path.erase(dots, 3);
  return path;
}

std::vector<std::string> parameters_in(const std::string& path) {
  std::vector<std::string> out;
  for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1))
    out.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c < 'A' || c > 'Z' ? c : c + ('a' - 'A'); });
  return out;
}

void describe_operation(std::string& out, const row& r) {
  out += "    " + lower(r.method) + ":\n      summary: " + in_quotes(r.about) + "\n";
  if (r.for_whom == audience::everybody) out += "      security: []\n";
  const auto parameters = parameters_in(path_of(r));
  if (!parameters.empty()) out += "      parameters:\n";
  for (const std::string& name : parameters) out += "        - {name: " + name + ", in: path, required: true, schema: {type: string}}\n";
  if (!r.body.empty())
    out +=
        "      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: "
        "\"#/components/schemas/" +
        std::string(r.body) + "\"\n";
  out += "      responses:\n        \"" + std::to_string(r.status) + "\": {description: done}\n";
  out += "        default: {$ref: \"#/components/responses/problem\"}\n";
}

}  // namespace

std::string openapi_text() {
  std::map<std::string, std::vector<const row*>> by_path;
  for (const row& r : table()) by_path[path_of(r)].push_back(&r);
  std::string out(opening);
  for (const auto& [path, rows] : by_path) {
    out += "  " + in_quotes(path) + ":\n";
    for (const row* r : rows) describe_operation(out, *r);
  }
  out += closing;
  for (const faults::row& f : faults::catalogue()) out += "        - " + std::string(f.name) + "\n";
  return out;
}

http::response openapi(const call&) {
  http::response r;
  r.content_type = "application/yaml";
  r.headers.push_back({"X-Content-Type-Options", "nosniff"});
  r.body = share(openapi_text());
  return r;
}

}  // namespace shep::admin
