#include "test_pki/hierarchy.hpp"

#include "core/date_time.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/trust.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace shep::test_pki {
namespace {

namespace fs = std::filesystem;

/// Making a whole PKI costs a dozen key generations, so it is made once.
class PkiFiles : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("shepsim-pki-" + std::to_string(::getpid()));
    options_.from = parse_date_time("2024-02-29T00:00:00Z")->utc;
    options_.authority_bits = 2048;
    written_ = make_test_pki((folder_ / "pki").string(), options_).value();
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::string path(const std::string& name) { return (folder_ / "pki" / name).string(); }
  static std::string read(const std::string& name) {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static crypto::trust_store trusted() {
    crypto::trust_store::contents c;
    c.anchors = crypto::load_certificates(path("trusted/root.pem")).value();
    c.intermediates = crypto::load_certificates(path("trusted/issuing.pem")).value();
    return crypto::trust_store(std::move(c));
  }

  static inline fs::path folder_;
  static inline pki_options options_;
  static inline std::vector<std::string> written_;
};

TEST_F(PkiFiles, EveryMemberHasAKeyAndACertificate) {
  for (const pki_member& m : test_pki_members()) {
    SCOPED_TRACE(m.name);
    const auto id = crypto::read_pkcs12(read("keys/" + m.name + ".p12"), options_.password);
    ASSERT_TRUE(id) << describe(id.error());
    EXPECT_EQ(id->certificate.pem(), read("known/" + m.name + ".pem"));
    EXPECT_EQ(id->certificate.info().bin, m.bin);
    EXPECT_EQ(id->certificate.info().iin, m.iin);
    EXPECT_EQ(id->certificate.role(), m.role);
    EXPECT_TRUE(id->certificate.info().marked_as_test);
    EXPECT_EQ(trusted().build(id->certificate, parse_date_time("2030-01-01T00:00:00Z")->utc).has_value(), !m.foreign && !m.expired);
  }
  EXPECT_EQ(read("keys/password"), "shepsim-test\n");
  EXPECT_EQ(written_.size(), 7 + 2 * test_pki_members().size());
}

TEST_F(PkiFiles, LeapDaysMoveToADayThatExists) {
  const auto root = crypto::load_certificates(path("trusted/root.pem")).value();
  EXPECT_EQ(format_utc(root[0].info().not_before), "2019-03-01T00:00:00.000Z");
  const auto pep = crypto::load_certificates(path("known/pep.pem")).value();
  EXPECT_EQ(format_utc(pep[0].info().not_after), "2044-02-29T00:00:00.000Z");
}

TEST_F(PkiFiles, A24_SecretsAreReadableByTheirOwnerOnly) {
  for (const std::string& name : written_) {
    struct stat facts {};
    ASSERT_EQ(::stat(path(name).c_str(), &facts), 0) << name;
    const bool secret = name.find(".p12") != std::string::npos || name.find("password") != std::string::npos;
    EXPECT_EQ((facts.st_mode & 077) == 0, secret) << name;
  }
}

TEST_F(PkiFiles, AnExistingFileIsNeverOverwritten) {
  const std::string before = read("trusted/root.pem");
  const auto again = make_test_pki(path(""), options_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, problems::environment);
  EXPECT_EQ(read("trusted/root.pem"), before);
}

TEST_F(PkiFiles, OneMoreMemberIsIssuedByTheSameAuthority) {
  pki_member m;
  m.name = "extra";
  m.common_name = "ТАҒЫ БІРЕУ";
  m.bin = "200190990016";
  EXPECT_EQ(issue_member(path(""), "", m, options_).value(), (std::vector<std::string>{"keys/extra.p12", "known/extra.pem"}));
  const auto id = crypto::read_pkcs12(read("keys/extra.p12"), options_.password).value();
  EXPECT_TRUE(trusted().build(id.certificate, parse_date_time("2030-01-01T00:00:00Z")->utc));
  EXPECT_EQ(issue_member(path(""), "", m, options_).error().code, problems::environment) << "a second one of that name";
}

TEST_F(PkiFiles, A05_ANameThatLeavesTheFolderIsRefused) {
  pki_member m;
  m.common_name = "x";
  for (const char* name : {"", "../x", "a/b", ".", "a.b", "a b", "a\n"}) {
    m.name = name;
    EXPECT_EQ(issue_member(path(""), "", m, options_).error().code, problems::usage) << name;
  }
  EXPECT_EQ(issue_member(path(""), "", m, options_).error().code, problems::usage);
  m.name = "fine";
  for (const char* family : {"..", "a/b", "/", "gost2015"}) EXPECT_FALSE(issue_member(path(""), family, m, options_)) << family;
  for (const char* name : {"root", "issuing", "root_delta", "issuing_delta"}) {
    m.name = name;
    EXPECT_EQ(issue_member(path(""), "", m, options_).error().code, problems::usage) << "the name of an authority";
  }
  m.name = "fine";
  EXPECT_EQ(issue_member((folder_ / "nothing here").string(), "", m, options_).error().code, problems::environment);
}

}  // namespace
}  // namespace shep::test_pki
