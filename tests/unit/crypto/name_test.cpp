#include "crypto/name.hpp"

#include "crafted.hpp"
#include "crypto/problems.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::parts;

constexpr const char* serial_number = "2.5.4.5";
constexpr const char* unit = "2.5.4.11";

result<certificate> with_subject(const std::vector<crafted::attribute>& attributes) {
  parts p;
  p.subject = crafted::name(attributes);
  return p.decoded();
}

void expect_refused(const std::vector<crafted::attribute>& attributes, std::string_view sentence) {
  const auto decoded = with_subject(attributes);
  ASSERT_FALSE(decoded) << sentence;
  EXPECT_EQ(decoded.error().code, problems::certificate_format);
  EXPECT_NE(decoded.error().detail.find(sentence), std::string::npos) << decoded.error().detail;
}

TEST(Name, C11_ReadsIinAndBinFromTheirPlaces) {
  const auto of_person = with_subject({{serial_number, tags::printable_string, "IIN000000000001"}});
  EXPECT_EQ(of_person->info().iin, "000000000001");
  EXPECT_EQ(of_person->info().bin, "");
  const auto of_employee =
      with_subject({{serial_number, tags::printable_string, "IIN000000000001"}, {unit, tags::utf8_string, "BIN000090000002"}});
  EXPECT_EQ(of_employee->info().iin, "000000000001");
  EXPECT_EQ(of_employee->info().bin, "000090000002");
  EXPECT_EQ(with_subject({{serial_number, tags::printable_string, "BIN000090000002"}})->info().bin, "000090000002");
  EXPECT_EQ(
      with_subject({{serial_number, tags::printable_string, "BIN000090000002"}, {unit, tags::utf8_string, "BIN000090000002"}})->info().bin,
      "000090000002");
  const auto foreign = with_subject({{serial_number, tags::printable_string, "PNOXX-1234"}, {unit, tags::utf8_string, "BINGO hall"}});
  EXPECT_EQ(foreign->info().iin, "");
  EXPECT_EQ(foreign->info().bin, "");
}

TEST(Name, C11_RefusesNumbersThatAreMalformedOrContradict) {
  expect_refused({{serial_number, tags::printable_string, "IIN000000000001"}, {serial_number, tags::printable_string, "IIN000000000001"}},
                 "two serialNumber attributes");
  expect_refused({{serial_number, tags::printable_string, "IIN00000000001"}}, "the IIN of the subject has 11 digits, expected 12");
  expect_refused({{serial_number, tags::printable_string, "IIN0000000000011"}}, "has 13 digits");
  expect_refused({{serial_number, tags::printable_string, "IIN"}}, "has 0 digits");
  expect_refused({{serial_number, tags::printable_string, "IIN00000000000O"}}, "not a digit");
  expect_refused({{serial_number, tags::utf8_string, "IIN00000000000٣"}}, "not a digit");
  expect_refused({{serial_number, tags::printable_string, "IIN 00000000000"}}, "not a digit");
  expect_refused({{unit, tags::utf8_string, "BIN00009000000X"}}, "not a digit");
  expect_refused({{unit, tags::utf8_string, "BIN0000900000021"}}, "the BIN of the subject has 13 digits");
  expect_refused({{unit, tags::utf8_string, "BIN000090000002"}, {unit, tags::utf8_string, "BIN000090000003"}}, "two different BINs");
  expect_refused({{serial_number, tags::printable_string, "BIN000090000002"}, {unit, tags::utf8_string, "BIN000090000003"}},
                 "two different BINs");
}

TEST(Name, C11_RefusesTextThatReadsDifferentlyInDifferentPrograms) {
  expect_refused({{serial_number, tags::printable_string, std::string("IIN000000000001\0", 16)}}, "NUL character");
  expect_refused({{"2.5.4.3", tags::utf8_string, std::string("bank.kz\0.evil", 13)}}, "NUL character");
  expect_refused({{"2.5.4.3", tags::utf8_string, "\xC0\x80"}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::utf8_string, "\xED\xA0\x80"}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::utf8_string, "\xF4\x90\x80\x80"}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::printable_string, "\xC4\xB0"}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::bmp_string, "abc"}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::bmp_string, std::string("\xD8\x00", 2)}}, "not valid text");
  expect_refused({{"2.5.4.3", tags::bmp_string, std::string("\0\0", 2)}}, "not valid text");
  expect_refused({{serial_number, tags::t61_string, "IIN000000000001"}}, "string type that cannot be read safely");
  expect_refused({{unit, tags::t61_string, "BIN000090000002"}}, "string type that cannot be read safely");
}

TEST(Name, C11_ReadsBmpStringsAndShowsT61AsOctets) {
  const std::string iin("\0I\0I\0N\0000\0000\0000\0000\0000\0000\0000\0000\0000\0000\0000\0001", 30);
  EXPECT_EQ(with_subject({{serial_number, tags::bmp_string, iin}})->info().iin, "000000000001");
  EXPECT_EQ(with_subject({{"2.5.4.3", tags::bmp_string, std::string("\x04\x9A\x20\xAC", 4)}})->info().common_name, "Қ€");
  const auto t61 = with_subject({{"2.5.4.10", tags::t61_string, "caf\xE9"}});
  EXPECT_EQ(t61->info().organization, "");
  EXPECT_EQ(t61->info().subject, "O=#1404636166e9");
}

TEST(Name, C11_LookAlikeLettersGiveNoNumber) {
  const auto cyrillic = with_subject({{serial_number, tags::utf8_string, "ІIN000000000001"}, {unit, tags::utf8_string, "ВIN000090000002"}});
  EXPECT_EQ(cyrillic->info().iin, "");
  EXPECT_EQ(cyrillic->info().bin, "");
}

TEST(Name, WritesTheTextOfRfc4514) {
  const auto text = [](const std::vector<crafted::attribute>& attributes) { return with_subject(attributes)->info().subject; };
  EXPECT_EQ(text({{"2.5.4.6", tags::printable_string, "KZ"}, {"2.5.4.3", tags::utf8_string, "a"}}), "CN=a,C=KZ");
  EXPECT_EQ(text({{"2.5.4.3", tags::utf8_string, " a,b+c\"d\\e<f>g;h=i "}}), "CN=\\ a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h=i\\ ");
  EXPECT_EQ(text({{"2.5.4.3", tags::utf8_string, "#a#"}}), "CN=\\#a#");
  EXPECT_EQ(text({{"2.5.4.3", tags::utf8_string, " "}}), "CN=\\ ");
  EXPECT_EQ(text({{"2.5.4.3", tags::utf8_string, "a\nb"}}), "CN=a\\0ab");
  EXPECT_EQ(text({{"1.2.398.5.6", tags::utf8_string, "v"}}), "1.2.398.5.6=#0c0176");
  EXPECT_EQ(text({{"2.5.4.7", tags::utf8_string, "АСТАНА"}, {"2.5.4.8", tags::utf8_string, "АСТАНА"}}), "ST=АСТАНА,L=АСТАНА");
  parts p;
  p.subject = write(tags::sequence, write(tags::set, write(tags::sequence, write_oid("2.5.4.3") + write(tags::utf8_string, "a")) +
                                                         write(tags::sequence, write_oid("2.5.4.10") + write(tags::utf8_string, "b"))));
  EXPECT_EQ(p.decoded()->info().subject, "CN=a+O=b");
  p.subject = write(tags::sequence, write(tags::set, ""));
  EXPECT_FALSE(p.decoded()) << "an empty RDN";
}

class IssuerName : public ::testing::Test {
 protected:
  static certificate issued(const std::vector<crafted::attribute>& attributes) {
    parts p;
    p.issuer = crafted::name(attributes);
    return p.decoded().value();
  }
  const certificate cert = issued({{"2.5.4.6", tags::printable_string, "KZ"},
                                   {"2.5.4.10", tags::utf8_string, "ҰЙЫМ, «А»"},
                                   {"2.5.4.5", tags::printable_string, "BIN000090000002"},
                                   {"2.5.4.3", tags::utf8_string, "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)"}});
};

TEST_F(IssuerName, IsTheTextOfTheCertificateItself) { EXPECT_TRUE(same_issuer_name(cert.info().issuer, cert)); }

TEST_F(IssuerName, IsUnderstoodAsOtherProgramsWriteIt) {
  for (const char* text : {
           "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA),2.5.4.5=#130f42494e303030303930303030303032,O=ҰЙЫМ\\, «А»,C=KZ",
           "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA), SERIALNUMBER=BIN000090000002, O=\"ҰЙЫМ, «А»\", C=KZ",
           "C=KZ, O=\"ҰЙЫМ, «А»\", SERIALNUMBER=BIN000090000002, CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)",
           "c=KZ;o=ҰЙЫМ\\2C «А»;OID.2.5.4.5 = BIN000090000002 ;cn = ҰЛТТЫҚ  КУӘЛАНДЫРУШЫ\n ОРТАЛЫҚ (RSA) ",
           "  2.5.4.6=KZ,2.5.4.10=ҰЙЫМ\\, «А»,2.5.4.5=BIN000090000002,2.5.4.3=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)",
       }) {
    EXPECT_TRUE(same_issuer_name(text, cert)) << text;
  }
}

TEST_F(IssuerName, IsNotAnyOtherName) {
  for (const char* text : {
           "",
           ",",
           "CN",
           "=",
           "CN=",
           "CN=x",
           "KZ",
           "C=KZ,",
           "C=KZ,,O=x",
           "C=KZ+",
           "X=1",
           "CN=\"open",
           "CN=a\\",
           "CN=#0",
           "CN=#zz",
           "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA),O=ҰЙЫМ\\, «А»,C=KZ",
           "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST),SERIALNUMBER=BIN000090000002,O=ҰЙЫМ\\, «А»,C=KZ",
           "CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA),SERIALNUMBER=BIN000090000002,O=ҰЙЫМ\\, «А»,C=KZ,C=KZ",
           "SERIALNUMBER=BIN000090000002,CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA),O=ҰЙЫМ\\, «А»,C=KZ",
       }) {
    EXPECT_FALSE(same_issuer_name(text, cert)) << text;
  }
  EXPECT_FALSE(same_issuer_name(std::string(1 << 20, 'C'), cert));
  EXPECT_FALSE(same_issuer_name("CN=" + std::string(1 << 20, 'x'), cert));
}

TEST_F(IssuerName, TakesPartsOfOneRdnInAnyOrder) {
  parts p;
  p.issuer = write(tags::sequence, write(tags::set, write(tags::sequence, write_oid("2.5.4.3") + write(tags::utf8_string, "a")) +
                                                        write(tags::sequence, write_oid("2.5.4.10") + write(tags::utf8_string, "b"))));
  const certificate both = p.decoded().value();
  EXPECT_TRUE(same_issuer_name("CN=a+O=b", both));
  EXPECT_TRUE(same_issuer_name("O=b + CN=a", both));
  EXPECT_FALSE(same_issuer_name("O=b,CN=a", both));
}

TEST_F(IssuerName, KeepsEscapedSpacesAtTheEnds) {
  EXPECT_TRUE(same_issuer_name("CN=\\ a\\ ", issued({{"2.5.4.3", tags::utf8_string, " a "}})));
  EXPECT_TRUE(same_issuer_name("CN=#0c026162", issued({{"2.5.4.3", tags::utf8_string, "ab"}})));
  const certificate t61 = issued({{"2.5.4.3", tags::t61_string, "caf\xE9"}});
  EXPECT_TRUE(same_issuer_name(t61.info().issuer, t61));
}

}  // namespace
}  // namespace shep::crypto
