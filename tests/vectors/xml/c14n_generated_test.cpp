#include "vectors/xml/generator.hpp"
#include "vectors/xml/oracle.hpp"
#include "xml/c14n.hpp"
#include "xml/xpath.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace shep::xml {
namespace {

// A build with sanitizers takes ten times as long for each document.
#ifdef NDEBUG
constexpr std::size_t documents = 100'000;
#else
constexpr std::size_t documents = 20'000;
#endif

std::vector<element> elements_of(const document& d) {
  std::vector<element> all;
  for (element at = d.root(); at; at = at.next_in_document(d.root())) all.push_back(at);
  return all;
}

std::string ours(const document& d, element apex, const c14n_options& options) {
  string_sink sink;
  const auto done = apex ? canonicalize(apex, options, sink) : canonicalize(d, options, sink);
  return done ? sink.text : "refused: " + describe(done.error());
}

/// The four methods on one document or subtree, ours against libxml2's.
void compare(const document& d, xmlDocPtr theirs, element apex, xmlNodePtr their_apex, element omit, xmlNodePtr their_omit,
             const std::vector<std::string>& prefixes, std::size_t& compared) {
  for (const bool exclusive : {false, true}) {
    for (const bool with_comments : {false, true}) {
      c14n_options options;
      options.exclusive = exclusive;
      options.with_comments = with_comments;
      options.omit = omit;
      oracle::request request{exclusive, with_comments, {}, their_apex, their_omit};
      if (exclusive) options.inclusive_prefixes = request.inclusive_prefixes = prefixes;
      const auto expected = oracle::canonical(theirs, request);
      ASSERT_TRUE(expected);
      ASSERT_EQ(ours(d, apex, options), *expected) << "exclusive " << exclusive << ", comments " << with_comments;
      ++compared;
    }
  }
}

TEST(GeneratedC14n, EqualsLibxml2OnEveryDocument) {
  document_generator generate(20260101);
  std::size_t compared = 0, subtrees = 0, wide = 0;
  for (std::size_t i = 0; i < documents; ++i) {
    const std::string text = generate.next();
    SCOPED_TRACE("document " + std::to_string(i) + ": " + text);
    wide += text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
    const auto d = admit(share(text));
    ASSERT_TRUE(d) << describe(d.error());
    const oracle::document theirs = oracle::parse(text);
    ASSERT_TRUE(theirs);
    compare(*d, theirs.get(), {}, nullptr, {}, nullptr, {}, compared);

    const auto own = elements_of(*d);
    const auto other = oracle::elements(theirs.get());
    ASSERT_EQ(own.size(), other.size());
    const std::size_t apex = generate.below(own.size());
    const std::vector<std::vector<std::string>> lists = {{}, {}, {"#default"}, {"a", "soap", "unknown"}, {"b", "#default", "b", "a.b-1"}};
    compare(*d, theirs.get(), own[apex], other[apex], {}, nullptr, lists[generate.below(lists.size())], compared);
    subtrees += own[apex].parent() ? 1 : 0;

    const std::size_t omit = generate.below(own.size());
    if (omit != 0) compare(*d, theirs.get(), own[0], other[0], own[omit], other[omit], lists[generate.below(lists.size())], compared);
    if (HasFatalFailure()) return;
  }
  std::cout << documents << " documents (" << wide << " in UTF-16), " << compared << " canonical forms equal to libxml2's; " << subtrees
            << " subtrees had ancestors\n";
  EXPECT_GT(compared, documents * 8);
  EXPECT_GT(subtrees, documents / 4);
  EXPECT_GT(wide, documents / 50);
}

TEST(GeneratedC14n, IsIdempotent) {
  document_generator generate(7);
  for (std::size_t i = 0; i < 4'000; ++i) {
    const std::string text = generate.next();
    SCOPED_TRACE(text);
    const auto d = admit(share(text));
    ASSERT_TRUE(d) << describe(d.error());
    for (const bool exclusive : {false, true}) {
      c14n_options options;
      options.exclusive = exclusive;
      options.with_comments = true;
      const std::string once = ours(*d, {}, options);
      const auto again = admit(share(once));
      ASSERT_TRUE(again) << once;
      ASSERT_EQ(ours(*again, {}, options), once);
    }
  }
}

/// What the shell command wrote to its standard output.
std::string output_of(const std::string& command) {
  std::string out;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    pclose(pipe);
  }
  return out;
}

TEST(GeneratedC14n, EqualsTheXmllintProgramOnASample) {
  if (std::system("command -v xmllint >/dev/null 2>&1") != 0) GTEST_SKIP() << "skipped: the program xmllint is not installed";
  std::string folder = (std::filesystem::temp_directory_path() / "xmllint-sample-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/document.xml";
  document_generator generate(50);
  // xmllint writes its own choice of method: --c14n is inclusive with comments, --exc-c14n exclusive with comments.
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string text = generate.next();
    SCOPED_TRACE(text);
    std::ofstream(path, std::ios::binary) << text;
    const auto d = admit(share(text));
    ASSERT_TRUE(d);
    for (const bool exclusive : {false, true}) {
      c14n_options options;
      options.exclusive = exclusive;
      options.with_comments = true;
      ASSERT_EQ(ours(*d, {}, options), output_of(std::string("xmllint --nonet ") + (exclusive ? "--exc-c14n " : "--c14n ") + path));
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace shep::xml
