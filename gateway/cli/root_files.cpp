#include "cli/root_files.hpp"

#include "cli/output.hpp"
#include "core/embedded.hpp"

#include <filesystem>
#include <optional>

namespace shep::cli {
namespace {

constexpr std::string_view services = "mocks/services/";
constexpr std::string_view example_root = "gateway/cli/root/";

/// Where a shipped file stands in a root: services/<system>/<kind>/<rest> becomes <kind>/<system>/<rest>.
std::optional<std::string> place_in_root(std::string_view path) {
  if (path.starts_with(example_root)) return std::string(path.substr(example_root.size()));
  if (!path.starts_with(services)) return std::nullopt;
  const std::string_view rest = path.substr(services.size());
  if (rest == "demo.tsv") return "demo/demo.tsv";
  const std::size_t system_end = rest.find('/');
  const std::size_t kind_end = system_end == std::string_view::npos ? system_end : rest.find('/', system_end + 1);
  if (kind_end == std::string_view::npos) return std::nullopt;
  const std::string_view kind = rest.substr(system_end + 1, kind_end - system_end - 1);
  if (kind != "mappings" && kind != "__files" && kind != "demo") return std::nullopt;
  return std::string(kind) + "/" + std::string(rest.substr(0, system_end)) + std::string(rest.substr(kind_end));
}

/// Is this line a list of certificates?
bool lists_certificates(std::string_view line) {
  for (const std::string_view key : {"anchors", "intermediates", "known", "certificates"})
    if (line.starts_with(std::string(key) + " = [")) return true;
  return false;
}

/// The configuration with every listed certificate once more for each further family: "certs/x" → "certs/x", "certs/gost2015/x".
std::string with_families(std::string_view toml, const std::vector<std::string>& families) {
  constexpr std::string_view place = "\"certs/";
  std::string out;
  while (!toml.empty()) {
    const std::string_view line = toml.substr(0, toml.find('\n'));
    toml.remove_prefix(std::min(line.size() + 1, toml.size()));
    std::string changed(line);
    if (lists_certificates(line)) {
      const std::size_t close = changed.find(']');
      std::string more;
      for (std::size_t at = line.find(place); at < close; at = line.find(place, at + 1)) {
        const std::size_t rest = at + place.size();
        for (const std::string& family : families)
          more += ", \"certs/" + family + std::string(line.substr(rest, line.find('"', rest) - rest)) + "\"";
      }
      changed.insert(close, more);
    }
    out += changed + "\n";
  }
  return out;
}

}  // namespace

result<std::size_t> write_root_files(const std::string& folder, const std::vector<std::string>& families) {
  std::size_t written = 0;
  for (const embedded::file& f : embedded::files()) {
    const auto place = place_in_root(f.path);
    if (!place) continue;
    const std::filesystem::path target = std::filesystem::path(folder) / *place;
    std::error_code failed;
    std::filesystem::create_directories(target.parent_path(), failed);
    if (failed) return problem(problems::environment, "'" + target.parent_path().string() + "' cannot be made: " + failed.message());
    const bool configuration = *place == "shepsim.toml" && !families.empty();
    const std::string rewritten = configuration ? with_families(f.content, families) : std::string();
    if (const auto ok = emit(configuration ? rewritten : f.content, target.string()); !ok) return ok.error();
    ++written;
  }
  return written;
}

}  // namespace shep::cli
