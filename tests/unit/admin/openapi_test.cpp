#include "admin/openapi.hpp"

#include "admin/routes.hpp"
#include "faults/catalogue.hpp"

#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace shep::admin {
namespace {

/// "GET /__admin/health" for every operation of the document: a path is a line of two spaces and quotes, a method one of four spaces.
std::set<std::string> operations_in(const std::string& yaml) {
  std::set<std::string> out;
  std::istringstream lines(yaml);
  std::string line, path;
  while (std::getline(lines, line)) {
    if (line.starts_with("components:")) break;
    if (line.starts_with("  \"/")) path = line.substr(3, line.size() - 5);
    if (!path.empty() && line.size() > 5 && line.starts_with("    ") && line[4] != ' ') {
      std::string method = line.substr(4, line.size() - 5);
      for (char& c : method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      out.insert(method + " " + path);
    }
  }
  return out;
}

TEST(OpenApi, DescribesEveryRowOfTheRouteTableAndNoOther) {
  std::set<std::string> served;
  for (const row& r : table()) {
    std::string path(r.path);
    if (const auto dots = path.find("...}"); dots != std::string::npos) path.erase(dots, 3);
    EXPECT_TRUE(served.insert(std::string(r.method) + " " + path).second) << r.method << " " << path << " stands twice";
    EXPECT_FALSE(r.about.empty()) << path;
    EXPECT_NE(r.answer == nullptr, r.answer_later == nullptr) << path;
  }
  EXPECT_EQ(operations_in(openapi_text()), served);
}

TEST(OpenApi, RefersToSchemasThatExistAndNamesEveryFault) {
  const std::string yaml = openapi_text();
  EXPECT_TRUE(yaml.starts_with("openapi: 3.1.0\n"));
  const std::string reference = "#/components/schemas/";
  int references = 0;
  for (std::size_t at = yaml.find(reference); at != std::string::npos; at = yaml.find(reference, at + 1), ++references) {
    const std::size_t from = at + reference.size();
    const std::string name = yaml.substr(from, yaml.find('"', from) - from);
    EXPECT_NE(yaml.find("\n    " + name + ":\n"), std::string::npos) << name;
  }
  EXPECT_GT(references, 5);
  for (const faults::row& f : faults::catalogue()) EXPECT_NE(yaml.find("        - " + std::string(f.name) + "\n"), std::string::npos);
}

TEST(Routes, WireMocksMessagesPathStaysFree) {
  for (const row& r : table()) EXPECT_FALSE(r.path.starts_with("/__admin/messages")) << r.path;
}

}  // namespace
}  // namespace shep::admin
