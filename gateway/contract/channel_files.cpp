#include "contract/channel_files.hpp"

#include "core/embedded.hpp"
#include "xml/escape.hpp"

namespace shep::contract {
namespace {

constexpr std::string_view channel_folder = "schemas/shep-sync/v10/";
constexpr std::string_view concrete_wsdl = "SyncChannelHttp_Service.wsdl";

std::optional<std::string_view> find(std::string_view name) {
  for (const embedded::file& f : embedded::files())
    if (f.path.starts_with(channel_folder) && f.path.substr(channel_folder.size()) == name) return f.content;
  return std::nullopt;
}

/// The location a relative file name has over HTTP; soap:address keeps only the address.
std::string served(std::string_view location, std::string_view base) {
  std::string out = xml::escaped(base);
  if (location.ends_with(".xsd")) return out + "?xsd=" + std::string(location);
  if (location.ends_with(".wsdl")) return out + "?wsdl=" + std::string(location);
  return out;
}

/// Every location="…" and schemaLocation="…" of our own files, rewritten.
std::string with_locations(std::string_view text, std::string_view base) {
  std::string out;
  for (;;) {
    const std::size_t lower = text.find(" location=\"");
    const std::size_t schema = text.find(" schemaLocation=\"");
    const std::size_t at = std::min(lower, schema);
    if (at == std::string_view::npos) return out.append(text);
    const std::size_t begin = text.find('"', at) + 1;
    const std::size_t end = text.find('"', begin);
    out.append(text.substr(0, begin)).append(served(text.substr(begin, end - begin), base));
    text.remove_prefix(end);
  }
}

}  // namespace

std::optional<std::string> sync_channel_file(const std::optional<std::string>& wsdl, const std::optional<std::string>& xsd,
                                             std::string_view base) {
  if (!wsdl && !xsd) return std::nullopt;
  const std::string_view name = wsdl ? (wsdl->empty() ? concrete_wsdl : std::string_view(*wsdl)) : std::string_view(*xsd);
  if (!name.ends_with(wsdl ? ".wsdl" : ".xsd")) return std::nullopt;
  const auto content = find(name);
  if (!content) return std::nullopt;
  return with_locations(*content, base);
}

}  // namespace shep::contract
