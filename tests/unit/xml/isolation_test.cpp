#include "unit/xml/support.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace shep::xml {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Documents that would make an obedient parser open `path` or a socket.
std::vector<std::string> tempting_documents(const std::string& path) {
  return {"<!DOCTYPE a [<!ENTITY e SYSTEM '" + path + "'>]><a>&e;</a>",
          "<!DOCTYPE a [<!ENTITY e SYSTEM 'file://" + path + "'>]><a b='&e;'>&e;</a>", "<!DOCTYPE a SYSTEM '" + path + "'><a/>",
          "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]><a/>",
          "<?xml-stylesheet href='http://127.0.0.1:9/s.xsl'?><a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
          "xsi:schemaLocation='u http://127.0.0.1:9/s.xsd'><i:include xmlns:i='http://www.w3.org/2001/XInclude' href='" +
              path + "'/></a>"};
}

TEST(Isolation, X02_NeverShowsAFileThatTheDocumentNames) {
  std::string folder = (fs::temp_directory_path() / "shepsim-x02-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/secret.txt";
  std::ofstream(path) << "sentinel";
  for (const std::string& text : tempting_documents(path)) {
    const auto d = admit(share(text));
    if (!d) {
      EXPECT_EQ(describe(d.error()).find("sentinel"), std::string::npos);
    } else {
      EXPECT_EQ(canonical(*d, {}).find("sentinel"), std::string::npos);
    }
  }
  fs::remove_all(folder);
}

constexpr const char* child_mark = "SHEPSIM_X02_TRACED";
constexpr const char* begin_mark = "/x02-begin";
constexpr const char* end_mark = "/x02-end";

// Run under strace the test program repeats this test as the traced child: what it opens between two marks is what reading opens.
TEST(Isolation, X02_OpensNoFileAndNoSocket) {
  if (std::getenv(child_mark)) {
    (void)!open(begin_mark, O_RDONLY);
    for (const std::string& text : tempting_documents("/etc/hostname")) (void)admit(share(text));
    (void)!open(end_mark, O_RDONLY);
    return;
  }
  if (std::system("command -v strace >/dev/null 2>&1") != 0) GTEST_SKIP() << "skipped: the program strace is not installed";
  std::string folder = (fs::temp_directory_path() / "shepsim-x02-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  const std::string command = std::string(child_mark) + "=1 ASAN_OPTIONS=detect_leaks=0 strace -f -o '" + folder +
                              "/trace' -e trace=%file,%network '" + self +
                              "' --gtest_filter=Isolation.X02_OpensNoFileAndNoSocket >/dev/null 2>&1";
  const int status = std::system(command.c_str());
  const std::string trace = contents(folder + "/trace");
  fs::remove_all(folder);
  const auto begin = trace.find(begin_mark);
  const auto end = trace.find(end_mark);
  if (status != 0 || begin == std::string::npos || end == std::string::npos) GTEST_SKIP() << "skipped: strace may not trace processes here";
  const auto first_line = trace.find('\n', begin) + 1;
  const auto last_line = trace.rfind('\n', end) + 1;
  EXPECT_EQ(trace.substr(first_line, last_line - first_line), "");
}

TEST(Isolation, ManyThreadsReadAtOnce) {
  std::vector<std::thread> threads;
  std::vector<std::size_t> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([t, &wrong] {
      for (int i = 0; i < 200; ++i) {
        const std::string value = std::to_string(t) + "-" + std::to_string(i);
        const auto d = admit(share("<r xmlns='u" + value + "'><a b='" + value + "'>" + value + "</a></r>"));
        const auto broken = admit(share("<r><a>" + value));
        if (!d || broken || text_of(d->root().first_child()) != value) ++wrong[t];
      }
    });
  }
  for (std::thread& t : threads) t.join();
  for (const std::size_t w : wrong) EXPECT_EQ(w, 0U);
}

TEST(Isolation, ARefusalLeavesNothingBehindForTheNextDocument) {
  for (const char* broken :
       {"<a xmlns:p='u'><b", "<a><![CDATA[x", "<!DOCTYPE a [<!ENTITY e 'x'>", "<?xml version='1.0' encoding='koi8-r'?><a/>", "<p:a/>"}) {
    EXPECT_FALSE(admit(share(broken)));
    EXPECT_FALSE(admit(share("<p:a/>")));
    EXPECT_FALSE(admit(share("<a>&e;</a>")));
    EXPECT_EQ(canonical(admitted("<a>x</a>"), {}), "<a>x</a>");
  }
}

}  // namespace
}  // namespace shep::xml
