#include "contract/schema_files.hpp"

#include "core/embedded.hpp"

namespace shep::contract {
namespace {

constexpr std::string_view schema_folder = "schemas/";

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

schema_files schema_files::shipped() {
  schema_files out;
  for (const embedded::file& f : embedded::files())
    if (f.path.starts_with(schema_folder) && f.path.ends_with(".xsd"))
      out.put(std::string(f.path.substr(schema_folder.size())), std::string(f.content));
  return out;
}

const std::string* schema_files::find(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : &found->second;
}

std::string schema_files::closest(std::string_view name) const {
  // The same file in another folder, or another file of the same system.
  for (const auto& [known, content] : files_)
    if (last_part(known) == last_part(name)) return known;
  const std::string_view system = name.substr(0, name.find('/'));
  for (const auto& [known, content] : files_)
    if (std::string_view(known).substr(0, known.find('/')) == system) return known;
  return {};
}

}  // namespace shep::contract
