#include "unit/eds/checked.hpp"

#include <cstdlib>
#include <filesystem>
#include <random>

/// The command-line tool xmlsec1, where it is installed, as a second opinion: it believes what we sign, and we believe what it signs.
namespace shep::eds {
namespace {

using namespace test;

class XmlsecOracle : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("xmlsec1 --version >/dev/null 2>&1") != 0)
      GTEST_SKIP() << "xmlsec1 is not installed, so there is no second opinion to ask";
    std::random_device random;
    do folder_ = std::filesystem::temp_directory_path() / ("shepsim-xmlsec-" + std::to_string(random()));
    while (!std::filesystem::create_directory(folder_));
    write("root.pem", test_root().certificate.pem());
    write("signer.pem", signer().certificate.pem());
    std::string key = to_base64(signer().key.pkcs8());
    for (std::size_t at = 64; at < key.size(); at += 65) key.insert(at, "\n");
    write("key.pem", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
  }
  void TearDown() override {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name, std::ios::binary) << text; }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  int run(const std::string& arguments) { return std::system(("xmlsec1 " + arguments + " >" + path("log") + " 2>&1").c_str()); }
  std::string log() { return file_text(path("log")); }

  static constexpr const char* ids = "--id-attr:Id Body ";
  static constexpr const char* time = "--verification-time \"2030-01-02 03:04:05\" ";

  void expect_xmlsec_believes(const std::string& text, const std::string& options) {
    write("signed.xml", text);
    EXPECT_EQ(run("--verify " + options + path("signed.xml")), 0) << log() << text;
  }
  /// xmlsec1 fills the template.
  std::string signed_by_xmlsec(std::string text, const std::string& options) {
    for (const std::string what : {"{digest}", "{value}"})
      for (std::size_t at; (at = text.find(what)) != std::string::npos;) text.erase(at, what.size());
    write("template.xml", text);
    EXPECT_EQ(run("--sign --privkey-pem " + path("key.pem") + " --output " + path("out.xml") + " " + options + path("template.xml")), 0)
        << log() << text;
    return file_text(path("out.xml"));
  }

  std::filesystem::path folder_;
};

TEST_F(XmlsecOracle, BelievesOurMessages) {
  for (const auto profile : {transport_profile::key_identifier, transport_profile::issuer_serial})
    for (const std::string& message :
         {unsigned_message(),
          "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n" + unsigned_message("<q:x xmlns:q=\"urn:q\"> &#13;\r\n<!-- c --><![CDATA[<]]></q:x>")}) {
      const std::string text = signed_message(message, profile);
      expect_xmlsec_believes(text, ids + ("--pubkey-cert-pem " + path("signer.pem") + " "));
      std::string changed = text;
      changed.insert(changed.find("</soap:Body>"), " ");
      write("signed.xml", changed);
      EXPECT_NE(run("--verify " + std::string(ids) + "--pubkey-cert-pem " + path("signer.pem") + " " + path("signed.xml")), 0)
          << "the oracle must be able to refuse";
    }
}

TEST_F(XmlsecOracle, BelievesOurBusinessDocumentsAndTheirCertificate) {
  for (const std::string& document : {std::string("<r:request xmlns:r=\"urn:demo\"><uin>000000000000</uin><!-- c --></r:request>"),
                                      std::string("<!-- b --><?p i?><a xml:lang=\"kk\" xmlns=\"urn:a\"><b xmlns=\"\"/></a><?q j?>"),
                                      std::string("<a>\r\n&#13;\t<![CDATA[<&]]>\xD0\x9F</a>")})
    expect_xmlsec_believes(sign_business(share(document), signer()).value(), time + ("--trusted-pem " + path("root.pem") + " "));
}

TEST_F(XmlsecOracle, SignsMessagesThatWeBelieve) {
  const std::string lists[] = {"", inclusive_namespaces("soap"), inclusive_namespaces("soap wsu t #default")};
  for (const std::string& list : lists) {
    message_a m;
    m.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, list);
    m.signature.references[0].transforms = method("Transform", uri::exc_c14n, list);
    const std::string text = signed_by_xmlsec(m.unfinished(), ids);
    expect_passed(check(text));
    EXPECT_FALSE(check(replaced(text, "DEMO_SERVICE", "EVIL_SERVICE")).passed());
  }
}

TEST_F(XmlsecOracle, SignsInclusivelyAndWeBelieve) {
  message_a m;
  m.message.envelope_attributes = xmlns("unused", "urn:unused") + " xml:lang=\"kk\"";
  m.signature.c14n = method("CanonicalizationMethod", uri::c14n);
  m.signature.references[0].transforms = method("Transform", uri::c14n);
  expect_passed(check(signed_by_xmlsec(m.unfinished(), ids)));
  m.signature.references[0].transforms = "";
  expect_passed(check(signed_by_xmlsec(m.unfinished(), ids)));
}

TEST_F(XmlsecOracle, SignsBusinessDocumentsThatWeBelieve) {
  for (const auto transform : {uri::c14n, uri::c14n_with_comments, uri::exc_c14n, uri::exc_c14n_with_comments})
    for (const auto info : {uri::c14n, uri::exc_c14n}) {
      signature_parts b = business_signature(signer().certificate);
      b.c14n = method("CanonicalizationMethod", info);
      b.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", transform);
      const std::string text = signed_by_xmlsec(
          "<?xml version=\"1.0\"?><!-- b --><r:request xmlns:r=\"urn:demo\" xmlns:u=\"urn:u\"><!-- c --><uin a=\"1\"> &#13;1</uin>" +
              b.text() + "</r:request><!-- e -->",
          "");
      SCOPED_TRACE(transform);
      expect_passed(check_business(text));
    }
}

TEST_F(XmlsecOracle, AgreesOnTheLegacyHeader) {
  message_parts parts;
  signature_parts legacy;
  legacy.c14n = method("CanonicalizationMethod", uri::c14n);
  legacy.references[0].uri = "";
  legacy.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::c14n_with_comments);
  legacy.key_info = key_info(x509_certificate(signer().certificate));
  parts.header = legacy.text();
  expect_passed(check(signed_by_xmlsec(parts.text(), "")));
  expect_xmlsec_believes(signed_by_hand(parts.text()), time + ("--trusted-pem " + path("root.pem") + " "));
}

}  // namespace
}  // namespace shep::eds
