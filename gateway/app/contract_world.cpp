#include "app/contract_world.hpp"

#include "app/files.hpp"

#include <filesystem>

namespace shep::app {
namespace {

constexpr std::size_t most_files = 1000;

void add_root_files(const std::string& root, contract::schema_files& files, std::vector<problem>& problems) {
  const std::filesystem::path folder = std::filesystem::path(root) / "schemas";
  std::error_code failed;
  if (!std::filesystem::exists(folder, failed)) return;
  std::size_t seen = 0;
  for (std::filesystem::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    if (entry->path().extension() != ".xsd" || !entry->is_regular_file(failed)) continue;
    if (++seen > most_files) {
      problems.push_back({problems::usage, "there are more than " + std::to_string(most_files) + " schemas", folder.string()});
      return;
    }
    auto content = read_file(entry->path().string());
    if (content) files.put(entry->path().lexically_relative(folder).generic_string(), std::move(*content));
    else problems.push_back(content.error());
  }
  if (failed) problems.push_back({problems::environment, "the folder cannot be read: " + failed.message(), folder.string()});
}

routing::contract_check contract_mode_from(std::string_view word) {
  if (word == "enforce") return routing::contract_check::enforce;
  return word == "warn" ? routing::contract_check::warn : routing::contract_check::off;
}

}  // namespace

contract_world::contract_world(const std::string& root, std::vector<problem>& problems)
    : problems_(problems), files_(contract::schema_files::shipped()) {
  add_root_files(root, files_, problems_);
}

std::shared_ptr<const contract::schema> contract_world::compiled(const std::string& name, const std::string& setting) {
  const auto found = schemas_.find(name);
  if (found != schemas_.end()) return found->second;
  auto made = contract::schema::compile(files_, name);
  if (!made) {
    problem why = made.error();
    why.where = why.where.empty() ? setting : setting + ": " + why.where;
    problems_.push_back(std::move(why));
    return nullptr;
  }
  return schemas_.emplace(name, std::make_shared<const contract::schema>(std::move(*made))).first->second;
}

void contract_world::join(const config::route_settings& from, routing::route& to) {
  to.contract = contract_mode_from(from.contract);
  if (to.contract == routing::contract_check::off && from.schema.empty()) return;
  contract::contract_row row{from.schema, from.schema, std::nullopt};
  const auto& shipped = contract::shipped_contract_rows();
  if (const auto found = shipped.find(from.service); found != shipped.end()) {
    if (from.schema.empty()) row = found->second;
    else row.answer_fields = found->second.answer_fields;
  }
  if (row.answer_schema.empty()) {
    if (from.contract == "enforce")
      problems_.push_back({problems::usage, "no schema is known for the service, so nothing can be enforced",
                           "route." + from.service + ".contract", "name one: schema = \"system/v1/file.xsd\", below schemas/ of the root"});
    return;
  }
  const std::string setting = "route." + from.service + ".schema";
  const auto request = compiled(row.request_schema, setting);
  const auto answer = compiled(row.answer_schema, setting);
  if (!request || !answer) return;
  to.contract_name = to.name();
  contracts_.insert_or_assign(to.contract_name, contract::service_contract(request, answer, row.answer_fields));
}

}  // namespace shep::app
