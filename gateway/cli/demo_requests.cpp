#include "cli/demo_requests.hpp"

#include "app/files.hpp"
#include "cli/placeholders.hpp"
#include "core/bytes.hpp"
#include "xml/document.hpp"
#include "xml/xpath.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

namespace shep::cli {
namespace {

namespace fs = std::filesystem;

/// "gbdfl/demo/by-iin.xml" stands in a root as demo/gbdfl/by-iin.xml.
std::string place_of_request(std::string_view file) {
  const std::size_t slash = file.find('/');
  return "demo/" + std::string(file.substr(0, slash)) + "/" + std::string(file.substr(file.rfind('/') + 1));
}

std::string text_at(const xml::document& document, const char* path) {
  const auto query = xml::xpath::compile(path);
  return query ? query->string(document.root()) : std::string();
}

}  // namespace

result<std::vector<demo_request>> read_demo_requests(const std::string& root) {
  const std::string table = (fs::path(root) / "demo/demo.tsv").string();
  const auto text = app::read_file(table);
  if (!text) return text.error();
  std::vector<demo_request> out;
  std::set<std::string> named;
  std::istringstream lines(*text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::istringstream fields(line);
    std::string system, name, service, persona, file;
    for (std::string* field : {&system, &name, &service, &persona, &file})
      if (!std::getline(fields, *field, '\t'))
        return problem(problems::usage, "a column is missing", table + ":" + std::to_string(number),
                       "columns: system, name, serviceId, persona, request, …");
    out.push_back({place_of_request(file), service, persona, number});
    named.insert(out.back().file);
  }
  std::vector<std::string> others;
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(fs::path(root) / "demo", failed), end; !failed && entry != end; entry.increment(failed)) {
    if (entry->path().extension() != ".xml" || !entry->is_regular_file(failed)) continue;
    std::string file = entry->path().lexically_relative(root).generic_string();
    if (!named.contains(file)) others.push_back(std::move(file));
  }
  std::sort(others.begin(), others.end());
  for (std::string& file : others) out.push_back({std::move(file), {}, {}, 0});
  return out;
}

result<std::string> demo_filler::fill(std::string_view text) const {
  return with_placeholders(text, {"kdpToken=" + token_, "publicKey=" + key_});
}

void demo_filler::learn(std::string_view business_document) {
  const auto document = xml::admit(share(std::string(business_document)));
  if (!document) return;
  std::string token = text_at(*document, "//code"), key = text_at(*document, "//public-key");
  if (token.empty() || key.empty()) return;
  token_ = std::move(token);
  key_ = std::move(key);
}

}  // namespace shep::cli
