#pragma once

#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace shep::ncanode {

/// Reads the members of one object of a request. The first thing that is wrong is kept in `failure`, shared by all readers of a request;
/// after it every read returns something empty, so that a function reads all it needs and asks once. A null counts as absent.
/// Messages name the field and never its content. Does not own the object.
class field_reader {
 public:
  field_reader(const boost::json::object& object, std::optional<problem>& failure, std::string where = {})
      : object_(&object), failure_(&failure), where_(std::move(where)) {}

  std::string text(std::string_view name);             ///< required, not empty
  std::string text_or_empty(std::string_view name);    ///< empty when absent
  std::string required_text(std::string_view name);    ///< required, may be empty
  std::string octets(std::string_view name);           ///< required base64 of at least one octet
  std::string octets_or_empty(std::string_view name);  ///< base64; empty when absent
  bool flag(std::string_view name);                    ///< false when absent
  bool has(std::string_view name) const;

  /// Required, 1 to 32 objects.
  std::vector<field_reader> objects(std::string_view name);
  field_reader object(std::string_view name);  ///< required
  /// At most 32 texts; empty when absent.
  std::vector<std::string> texts(std::string_view name);

  std::string path(std::string_view name) const;  ///< "signers[0].key"
  const std::string& where() const { return where_; }
  bool failed() const { return failure_->has_value(); }
  void fail(std::string_view name, std::string detail, std::string hint = {});

 private:
  const boost::json::value* find(std::string_view name) const;
  std::optional<std::string> string_at(std::string_view name);
  std::string decoded(std::string_view name, std::string_view text);

  const boost::json::object* object_;
  std::optional<problem>* failure_;
  std::string where_;
};

}  // namespace shep::ncanode
