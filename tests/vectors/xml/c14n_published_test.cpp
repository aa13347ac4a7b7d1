#include "vectors/xml/node_set.hpp"
#include "vectors/xml/oracle.hpp"
#include "xml/c14n.hpp"
#include "xml/c14n_walk.hpp"
#include "xml/problems.hpp"
#include "xml/tree.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

namespace shep::xml {
namespace {

namespace fs = std::filesystem;

fs::path vectors_folder() {
  const char* named = std::getenv("SHEPSIM_VECTORS");
  return fs::path(named && *named ? named : SHEPSIM_SOURCE_DIR "/../shared/vectors") / "c14n";
}

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> prefix_list(const fs::path& path) {
  std::vector<std::string> prefixes;
  std::istringstream words(contents(path));
  for (std::string word; words >> word;) prefixes.push_back(word);
  return prefixes;
}

struct published {
  fs::path input;
  fs::path output;
  c14n_options options;
};

std::vector<published> all_published() {
  std::vector<published> all;
  for (const std::string method : {"without-comments", "with-comments", "exc-without-comments"}) {
    for (const auto& entry : fs::directory_iterator(vectors_folder() / "in" / method)) {
      if (entry.path().extension() != ".xml") continue;
      published p;
      p.input = entry.path();
      p.output = vectors_folder() / "out" / method / entry.path().stem();
      p.options.exclusive = method == "exc-without-comments";
      p.options.with_comments = method == "with-comments";
      const fs::path list = fs::path(p.input).replace_extension(".ns");
      if (fs::exists(list)) p.options.inclusive_prefixes = prefix_list(list);
      all.push_back(std::move(p));
    }
  }
  std::sort(all.begin(), all.end(), [](const published& a, const published& b) { return a.input < b.input; });
  return all;
}

result<std::string> canonical(const document& d, const published& p, const std::optional<general_node_set>& selected) {
  string_sink sink;
  const result<void> done = selected ? canonical_walk<general_node_set>(p.options, *selected, sink).document(document_access::top(d))
                                     : canonicalize(d, p.options, sink);
  if (!done) return done.error();
  return sink.text;
}

/// Runs one document and names its class.
std::string classify(const published& p) {
  const std::string text = contents(p.input);
  const auto d = admit(share(text));
  if (!d) {
    // The door refuses for exactly the reason that stands in the text.
    if (text.find("<!DOCTYPE") != std::string::npos) {
      EXPECT_EQ(d.error().code, problems::xml_doctype) << describe(d.error());
      return "refused: document type declaration";
    }
    EXPECT_EQ(d.error().code, problems::xml_encoding) << describe(d.error());
    EXPECT_NE(text.find("ISO-8859-1"), std::string::npos);
    return "refused: encoding";
  }
  const oracle::document theirs = oracle::parse(text, true, p.input.string());
  const fs::path xpath = fs::path(p.input).replace_extension(".xpath");
  std::optional<general_node_set> selected;
  if (fs::exists(xpath)) selected.emplace(*d, theirs.get(), contents(xpath));
  const auto ours = canonical(*d, p, selected);
  if (!ours) {
    ADD_FAILURE() << describe(ours.error());
    return "failed";
  }
  const oracle::request request{p.options.exclusive, p.options.with_comments, p.options.inclusive_prefixes, nullptr, nullptr};
  EXPECT_EQ(*ours, oracle::canonical(theirs.get(), request, selected ? selected->their_membership() : oracle::membership()));
  if (!fs::exists(p.output)) {
    // Published as an empty file, which the collection does not carry: these node sets hold namespace nodes without their elements.
    EXPECT_EQ(*ours, "");
    return "equal: published as empty";
  }
  EXPECT_EQ(*ours, contents(p.output));
  return selected ? "equal: node set" : "equal: whole document";
}

TEST(PublishedC14n, EveryDocumentHasItsExpectedClass) {
  if (!fs::exists(vectors_folder())) GTEST_SKIP() << "skipped: no vectors folder at " << vectors_folder();
  std::map<std::string, std::size_t> counts;
  for (const published& p : all_published()) {
    SCOPED_TRACE(p.input.string());
    ++counts[classify(p)];
  }
  for (const auto& [name, count] : counts) std::cout << count << " " << name << "\n";
  const std::map<std::string, std::size_t> expected = {{"equal: node set", 26},
                                                       {"equal: published as empty", 3},
                                                       {"equal: whole document", 2},
                                                       {"refused: document type declaration", 15},
                                                       {"refused: encoding", 2}};
  EXPECT_EQ(counts, expected);
}

// Most documents behind these outputs have a DTD; their outputs have none, so that the canonical form of each can be asked for again.
TEST(PublishedC14n, OutputsOfWholeDocumentsAreTheirOwnCanonicalForm) {
  if (!fs::exists(vectors_folder())) GTEST_SKIP() << "skipped: no vectors folder at " << vectors_folder();
  std::size_t documents = 0;
  for (const published& p : all_published()) {
    if (fs::exists(fs::path(p.input).replace_extension(".xpath"))) continue;
    SCOPED_TRACE(p.output.string());
    const std::string text = contents(p.output);
    const auto d = admit(share(text));
    ASSERT_TRUE(d) << describe(d.error());
    const auto again = canonical(*d, p, {});
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(*again, text);
    ++documents;
  }
  EXPECT_EQ(documents, 12U);
}

}  // namespace
}  // namespace shep::xml
