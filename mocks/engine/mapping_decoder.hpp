#pragma once

#include "mocks/engine/body_source.hpp"
#include "mocks/engine/json_node.hpp"
#include "mocks/engine/mapping.hpp"
#include "mocks/engine/query.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

namespace shep::mocks {

/// What the mappings of one load share: equal XPaths and equal body files are compiled once.
class decode_context {
 public:
  explicit decode_context(body_source& bodies) : bodies_(bodies) {}

  query_pool& queries() { return queries_; }

  /// Body files as text or as template. Errors: problems::mapping_file, mapping_value, template_syntax.
  /// `verbatim`: whatever the text is, it need not be XML.
  result<text_part> body_file(const std::string& name, bool templated, bool verbatim);

 private:
  body_source& bodies_;
  query_pool queries_;
  std::map<std::tuple<std::string, bool, bool>, text_part> files_;
};

/// One mapping; `index` is its place in its file. Empty when the report of the node gained problems.
std::optional<mapping> decode_mapping(const json_node&, std::string_view file, std::size_t index, decode_context&);

/// Parts of the above, one file each.
void decode_request(const json_node&, decode_context&, mapping&);
/// `for_wiremock`: unless it has a `shep` part, the response is an HTTP answer and not a business document.
void decode_response(const json_node&, bool for_wiremock, decode_context&, response_plan&);

/// Text that a template may or may not be; `name` stands in reports. Notes problems at the node.
std::optional<text_part> decode_text(const json_node&, bool templated, decode_context&);

/// A body without template is empty or an XML document. Error: problems::mapping_value.
result<void> check_markup(const std::string& text, const std::string& name);

}  // namespace shep::mocks
