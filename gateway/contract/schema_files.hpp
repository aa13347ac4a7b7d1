#pragma once

#include <map>
#include <string>
#include <string_view>

namespace shep::contract {

/// The trusted schema files by name below schemas/ ("gbdfl/v1/message.xsd"): the shipped ones, and those an operator put beside them.
/// Nothing that a message says ever names one. Copyable; `find` from any thread.
class schema_files {
 public:
  /// The files compiled into the program.
  static schema_files shipped();

  /// Adds a file, or replaces the one of this name.
  void put(std::string name, std::string content) { files_.insert_or_assign(std::move(name), std::move(content)); }

  /// Null when there is no such file; valid while the set lives and is not changed.
  const std::string* find(std::string_view name) const;

  /// The known name most like this one, for hints; empty when none is.
  std::string closest(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace shep::contract
