#include "mocks/engine/body_source.hpp"

#include "mocks/engine/problems.hpp"
#include "support.hpp"

#include <sys/stat.h>

namespace shep::mocks::testing {
namespace {

namespace fs = std::filesystem;

class FolderBodies : public ::testing::Test {
 protected:
  FolderBodies() {
    root.write("__files/gbdfl/person.xml", "<a/>");
    root.write("secret.xml", "<secret/>");
  }
  std::string refusal(std::string_view name) {
    const auto text = bodies.read(name);
    if (text) return "read: " + *text;
    EXPECT_EQ(text.error().code, problems::mapping_file) << name;
    return text.error().detail;
  }
  temporary_folder root;
  folder_bodies bodies{root.path() / "__files"};
};

TEST_F(FolderBodies, ReadsWhatLiesBeneath) { EXPECT_EQ(bodies.read("gbdfl/person.xml").value(), "<a/>"); }

TEST_F(FolderBodies, A05_RefusesNamesThatAreNotPlainPaths) {
  for (const std::string name : {"../secret.xml", "gbdfl/../../secret.xml", "..", ".", "/etc/hostname", "gbdfl//person.xml",
                                 "./gbdfl/person.xml", "gbdfl/person.xml/", "", "%2e%2e/secret.xml", "..\\secret.xml", "gbdfl\\person.xml",
                                 "a\nb", "\xff.xml", "\xC0\xAE\xC0\xAE/secret.xml", "\xE2\x80"})
    EXPECT_NE(refusal(name).find("'"), std::string::npos) << name;
  EXPECT_NE(refusal(std::string("gbdfl/person.xml\0.txt", 21)).find("control character"), std::string::npos);
  EXPECT_NE(refusal(std::string(4096, 'a')).find("1024"), std::string::npos);
}

TEST_F(FolderBodies, A05_RefusesSymbolicLinksInAnyComponent) {
  fs::create_symlink(root.path() / "secret.xml", root.path() / "__files/link.xml");
  fs::create_directory_symlink(root.path(), root.path() / "__files/up");
  EXPECT_NE(refusal("link.xml").find("symbolic link"), std::string::npos);
  EXPECT_NE(refusal("up/secret.xml").find("'up/secret.xml'"), std::string::npos);
}

TEST_F(FolderBodies, A05_RefusesHardLinksPipesAndFolders) {
  fs::create_hard_link(root.path() / "secret.xml", root.path() / "__files/hard.xml");
  ASSERT_EQ(::mkfifo((root.path() / "__files/pipe.xml").c_str(), 0600), 0);
  EXPECT_NE(refusal("hard.xml").find("hard link"), std::string::npos);
  EXPECT_NE(refusal("pipe.xml").find("not an ordinary file"), std::string::npos);
  EXPECT_NE(refusal("gbdfl").find("not an ordinary file"), std::string::npos);
}

TEST_F(FolderBodies, A05_RefusesNamesThatAnotherFileSystemWouldConfuse) {
  root.write("__files/case/Person.xml", "<a/>");
  root.write("__files/case/person.xml", "<b/>");
  root.write("__files/case/other.xml", "<c/>");
  EXPECT_NE(refusal("case/person.xml").find("differs only in case"), std::string::npos);
  EXPECT_EQ(bodies.read("case/other.xml").value(), "<c/>");
  EXPECT_NE(refusal("и\u0306.xml").find("combining mark"), std::string::npos);
  root.write("__files/й.xml", "<d/>");
  EXPECT_EQ(bodies.read("й.xml").value(), "<d/>");
}

TEST_F(FolderBodies, A05_RefusesFilesLargerThanAMessageMayBe) {
  root.write("__files/big.xml", std::string(folder_bodies::largest + 1, ' '));
  EXPECT_NE(refusal("big.xml").find("more than"), std::string::npos);
}

TEST(MemoryBodies, A05_RefusesTheSameNames) {
  memory_bodies bodies({{"../x", "secret"}, {"a.xml", "<a/>"}});
  EXPECT_FALSE(bodies.read("../x"));
  EXPECT_EQ(bodies.read("a.xml").value(), "<a/>");
}

}  // namespace
}  // namespace shep::mocks::testing
