#pragma once

#include "contract/schema_files.hpp"
#include "contract/violation.hpp"
#include "core/result.hpp"
#include "xml/document.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shep::contract {

/// A namespace and a local name.
struct root_name {
  std::string space, local;
};

/// What is checked, and how.
struct subject {
  xml::element root;
  const xml::document* document = nullptr;  ///< the one that `root` belongs to, for lines; null: none are told
  std::optional<root_name> as{};            ///< the element `root` stands for: `data` that carries fields without an element of their own
  bool without_data = false;                ///< the channel's own check: whatever `data` carries is left out
  contract::layer layer = contract::layer::business;
};

/// One compiled XML Schema. Immutable; checks run on any thread, many at a time. Checking reads no file and asks no network, whatever the
/// document says: hints of where schemas stand are taken out before (security catalogue X15).
class schema {
 public:
  /// Compiles the file of this name and what it imports, from the given files and from nowhere else.
  /// Errors: problems::usage when a file is missing, is no schema, or uses identity constraints, whose cost a document decides (X19).
  static result<schema> compile(const schema_files&, std::string_view name);

  /// Linear in the size of the subject, which may be at most `most_octets` in canonical form; a larger one comes back unchecked.
  findings check(const subject&) const;

  /// Is there a global element of this name?
  bool declares(const root_name&) const;

  const std::string& name() const;

  static constexpr std::size_t most_octets = 4 << 20;
  static constexpr std::size_t most_octets_with_lines = 256 << 10;  ///< finding a line reads the source once more

 private:
  struct compiled;
  explicit schema(std::shared_ptr<const compiled> c) : compiled_(std::move(c)) {}
  std::shared_ptr<const compiled> compiled_;
};

}  // namespace shep::contract
