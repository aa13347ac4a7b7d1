#include "crypto/certificate.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "crafted.hpp"
#include "crypto/digest.hpp"
#include "crypto/problems.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::at;
using crafted::parts;

std::string refusal(const parts& p) {
  const auto decoded = p.decoded();
  if (decoded) return "accepted";
  EXPECT_EQ(decoded.error().code, problems::certificate_format);
  return describe(decoded.error());
}

testing::AssertionResult says(const std::string& text, std::string_view wanted) {
  if (text.find(wanted) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\"" << text << "\" does not say \"" << wanted << "\"";
}

TEST(Certificate, TellsEveryField) {
  parts p;
  p.serial = write_unsigned(from_hex("00d4a51869ef8b3f15").value());
  p.subject = crafted::name({{"2.5.4.3", tags::utf8_string, "СЫНАҚ АДАМ"},
                             {"2.5.4.4", tags::utf8_string, "СЫНАҚ"},
                             {"2.5.4.5", tags::printable_string, "IIN000000000001"},
                             {"2.5.4.6", tags::printable_string, "KZ"},
                             {"2.5.4.10", tags::utf8_string, "ҰЙЫМ \"Үлгі\", ЖШС"},
                             {"2.5.4.11", tags::utf8_string, "BIN000090000002"},
                             {"2.5.4.42", tags::utf8_string, "СЫНАҚҰЛЫ"},
                             {"1.2.840.113549.1.9.1", tags::ia5_string, "a@example.kz"}});
  p.extensions = crafted::key_usage(1U << 0 | 1U << 1) +
                 crafted::extension("2.5.29.37", false,
                                    write(tags::sequence, write_oid("1.3.6.1.5.5.7.3.4") + write_oid("1.2.398.3.3.4.1.2") +
                                                              write_oid("1.2.398.3.3.4.1.2.1"))) +
                 crafted::extension("2.5.29.32", false, write(tags::sequence, write(tags::sequence, write_oid("1.2.398.3.3.2.1")))) +
                 crafted::subject_key_id("\x01\x02") + crafted::authority_key_id("\x03\x04");
  const certificate c = p.decoded().value();
  const certificate::fields& f = c.info();
  EXPECT_EQ(f.serial_hex, "d4a51869ef8b3f15");
  EXPECT_EQ(f.serial_decimal, "15322680150467493653");
  EXPECT_EQ(f.common_name, "СЫНАҚ АДАМ");
  EXPECT_EQ(f.surname, "СЫНАҚ");
  EXPECT_EQ(f.given_name, "СЫНАҚҰЛЫ");
  EXPECT_EQ(f.organization, "ҰЙЫМ \"Үлгі\", ЖШС");
  EXPECT_EQ(f.email, "a@example.kz");
  EXPECT_EQ(f.country, "KZ");
  EXPECT_EQ(f.iin, "000000000001");
  EXPECT_EQ(f.bin, "000090000002");
  EXPECT_EQ(f.subject,
            "E=a@example.kz,GIVENNAME=СЫНАҚҰЛЫ,OU=BIN000090000002,O=ҰЙЫМ \\\"Үлгі\\\"\\, "
            "ЖШС,C=KZ,SERIALNUMBER=IIN000000000001,SURNAME=СЫНАҚ,CN=СЫНАҚ АДАМ");
  EXPECT_EQ(f.issuer, "CN=issuer");
  EXPECT_EQ(f.subject_der, p.subject);
  EXPECT_EQ(f.issuer_der, p.issuer);
  EXPECT_EQ(f.not_before, at(2020));
  EXPECT_EQ(f.not_after, at(2040));
  EXPECT_TRUE(f.digital_signature && f.non_repudiation && f.has_key_usage);
  EXPECT_FALSE(f.key_encipherment || f.key_agreement || f.cert_sign || f.crl_sign || f.is_ca || f.unknown_critical_extension ||
               f.marked_as_test);
  EXPECT_EQ(f.path_length, -1);
  EXPECT_EQ(f.extended_key_usage, (std::vector<std::string>{"1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1"}));
  EXPECT_EQ(f.policies, std::vector<std::string>{"1.2.398.3.3.2.1"});
  EXPECT_EQ(f.subject_key_id, "\x01\x02");
  EXPECT_EQ(f.authority_key_id, "\x03\x04");
  EXPECT_EQ(f.signature_algorithm_oid, "1.2.840.113549.1.1.11");
  EXPECT_EQ(c.role(), key_usage_role::sign);
  EXPECT_EQ(c.key_user(), (std::vector<std::string>{"ORGANIZATION", "CEO"}));
  EXPECT_EQ(c.sha256(), digest(digest_algorithm::sha256, c.der()));
  EXPECT_EQ(c.key().spki(), crafted::key(0).public_key().spki());
}

TEST(Certificate, RoleComesFromTheKeyUsageBits) {
  const auto role = [](std::uint32_t bits) {
    parts p;
    p.extensions = crafted::key_usage(bits);
    return p.decoded()->role();
  };
  EXPECT_EQ(role(0b00011), key_usage_role::sign) << "C0";
  EXPECT_EQ(role(0b00101), key_usage_role::auth) << "A0";
  EXPECT_EQ(role(0b10011), key_usage_role::sign) << "C8";
  EXPECT_EQ(role(0b00001), key_usage_role::unknown);
  EXPECT_EQ(parts().decoded()->role(), key_usage_role::unknown);
}

TEST(Certificate, SignatureCoversExactlyTheReceivedOctets) {
  parts p;
  // An explicit FALSE is not DER; it stays as it came, because the signature was made over it.
  p.extensions =
      write(tags::sequence, write_oid("2.5.29.14") + write_boolean(false) + write(tags::octet_string, write(tags::octet_string, "k")));
  const certificate leaf = p.decoded(crafted::key(1)).value();
  parts q;
  q.spki = crafted::key(1).public_key().spki();
  const certificate issuer = q.decoded().value();
  EXPECT_TRUE(leaf.signed_by(issuer));
  EXPECT_EQ(leaf.signed_by(parts().decoded().value()).error().code, problems::crypto_signature);

  std::string bent = leaf.der();
  bent[bent.find("subject")] = 'S';
  EXPECT_EQ(certificate::from_der(bent)->signed_by(issuer).error().code, problems::crypto_signature);
}

TEST(Certificate, AnUnknownSignatureAlgorithmIsSaidWithItsIdentifier) {
  parts p;
  p.inner_algorithm = p.outer_algorithm = crafted::algorithm("1.2.840.113549.1.1.4");
  const certificate c = p.decoded().value();
  const problem why = c.signed_by(c).error();
  EXPECT_EQ(why.code, problems::crypto_key);
  EXPECT_TRUE(says(why.detail, "1.2.840.113549.1.1.4"));
}

TEST(Certificate, PemAndDerLeadToTheSameCertificate) {
  const certificate c = parts().decoded().value();
  const std::string pem = c.pem();
  EXPECT_EQ(certificate::from_pem_or_der(pem)->der(), c.der());
  EXPECT_EQ(certificate::from_pem_or_der(c.der())->der(), c.der());
  EXPECT_EQ(certificate::from_pem_or_der("Subject: …\n" + pem + pem)->der(), c.der());
  EXPECT_EQ(read_certificates(pem + "text between\n" + pem)->size(), 2U);
  for (const std::string& text : {std::string(), std::string("hello"), std::string("-----BEGIN CERTIFICATE-----\nMIIB"),
                                  std::string("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n")}) {
    EXPECT_EQ(certificate::from_pem_or_der(text).error().code, problems::certificate_format) << text;
    EXPECT_EQ(read_certificates(text).error().code, problems::certificate_format) << text;
  }
}

TEST(Certificate, C12_DerThatHoldsAPemBlockInItsNameIsReadAsItself) {
  parts other;
  other.serial = write_unsigned("\x02");
  parts p;
  p.subject = crafted::name({{"2.5.4.3", tags::utf8_string, "A"}, {"2.5.4.10", tags::utf8_string, other.decoded().value().pem()}});
  const certificate c = p.decoded().value();
  ASSERT_NE(c.der().find("-----BEGIN CERTIFICATE-----"), std::string::npos);
  EXPECT_EQ(certificate::from_pem_or_der(c.der())->der(), c.der());
  const auto several = read_certificates(c.der());
  ASSERT_EQ(several->size(), 1U);
  EXPECT_EQ(several->at(0).der(), c.der());
}

TEST(Certificate, C01_ReadsBothKindsOfTimeAtTheirEdges) {
  const auto ends = [](const std::string& time) {
    parts p;
    p.not_after = time;
    const auto decoded = p.decoded();
    return decoded ? format_utc(decoded->info().not_after) : "refused: " + decoded.error().detail;
  };
  EXPECT_EQ(ends(write(tags::utc_time, "491231235959Z")), "2049-12-31T23:59:59.000Z");
  EXPECT_EQ(ends(write(tags::utc_time, "500101000000Z")), "1950-01-01T00:00:00.000Z");
  EXPECT_EQ(ends(write(tags::generalized_time, "20500101000000Z")), "2050-01-01T00:00:00.000Z");
  EXPECT_EQ(ends(write(tags::generalized_time, "99991231235959Z")), "9999-12-31T23:59:59.000Z");
  EXPECT_EQ(ends(write(tags::utc_time, "240229120000Z")), "2024-02-29T12:00:00.000Z");
  for (const char* text : {"230229120000Z", "241301120000Z", "240100120000Z", "240101240000Z", "240101126000Z", "240101120060Z",
                           "2401011200Z", "240101120000", "240101120000+0500", "24010112000aZ", "", "Z"}) {
    EXPECT_TRUE(says(ends(write(tags::utc_time, text)), "refused: notAfter")) << text;
  }
  EXPECT_TRUE(says(ends(write(tags::generalized_time, "20240101120000.5Z")), "refused"));
  EXPECT_TRUE(says(ends(write(tags::printable_string, "240101120000Z")), "refused"));
  EXPECT_EQ(write_time(at(2049, 12, 31)), write(tags::utc_time, "491231000000Z"));
  EXPECT_EQ(write_time(at(2050)), write(tags::generalized_time, "20500101000000Z"));
}

TEST(Certificate, C12_RefusesSerialNumbersThatAreNegativeOrTooLong) {
  parts p;
  p.serial = write(tags::integer, "\xFF");
  EXPECT_TRUE(says(refusal(p), "serial number is negative"));
  p.serial = write(tags::integer, std::string(21, '\x11'));
  EXPECT_TRUE(says(refusal(p), "serial number has 21 octets"));
  p.serial = write(tags::integer, std::string("\0\x11", 2));
  EXPECT_TRUE(says(refusal(p), "longer than needed"));
  p.serial = write(tags::integer, "");
  EXPECT_TRUE(says(refusal(p), "without octets"));
  p.serial = write(tags::integer, std::string(20, '\x11'));
  EXPECT_EQ(refusal(p), "accepted");
}

TEST(Certificate, C12_RefusesTwoExtensionsOfOneKind) {
  parts p;
  p.extensions = crafted::subject_key_id("a") + crafted::subject_key_id("b");
  EXPECT_TRUE(says(refusal(p), "extension 2.5.29.14 occurs twice"));
  p.extensions = crafted::extension("1.2.3.4", false, "x") + crafted::subject_key_id("a") + crafted::extension("1.2.3.4", false, "x");
  EXPECT_TRUE(says(refusal(p), "extension 1.2.3.4 occurs twice"));
}

TEST(Certificate, C12_RefusesIndefiniteAndLongWindedLengths) {
  const std::string good = parts().signed_by(crafted::key(0));
  std::string body = good.substr(4);
  EXPECT_TRUE(says(certificate::from_der("\x30\x80" + body + std::string(2, '\0')).error().detail, "indefinite length"));
  std::string length = {static_cast<char>(body.size() >> 8), static_cast<char>(body.size() & 0xFF)};
  EXPECT_EQ(certificate::from_der("\x30\x82" + length + body)->der(), good);
  EXPECT_TRUE(says(certificate::from_der("\x30\x83" + std::string(1, '\0') + length + body).error().detail, "longer than needed"));
  EXPECT_TRUE(says(certificate::from_der("\x30\x84\xFF\xFF\xFF\xFF" + body).error().detail, "cut off"));
  EXPECT_TRUE(says(certificate::from_der("\x30\x88\x01\x01\x01\x01\x01\x01\x01\x01" + body).error().detail, "does not fit"));
  EXPECT_TRUE(says(certificate::from_der("\x3F\x81\x10" + body).error().detail, "tag"));
}

TEST(Certificate, C12_RefusesTrailingOctetsOnEveryLevel) {
  const std::string good = parts().signed_by(crafted::key(0));
  EXPECT_TRUE(says(certificate::from_der(good + '\0').error().detail, "1 unexpected octets at the end of the certificate"));
  parts p;
  p.tail = write(tags::null, "");
  EXPECT_TRUE(says(refusal(p), "tbsCertificate"));
  p = parts();
  p.extensions = crafted::extension("2.5.29.14", false, write(tags::octet_string, "a") + "x");
  EXPECT_TRUE(says(refusal(p), "extension 2.5.29.14"));
  p = parts();
  p.not_after += write(tags::null, "");
  EXPECT_TRUE(says(refusal(p), "validity"));
}

TEST(Certificate, C12_RefusesCertificatesAbove16KiB) {
  parts p;
  p.extensions = crafted::extension("1.2.3.4", false, std::string(14500, 'x'));
  EXPECT_EQ(refusal(p), "accepted");
  p.extensions = crafted::extension("1.2.3.4", false, std::string(17000, 'x'));
  EXPECT_TRUE(says(refusal(p), "allowed are 16384"));
}

TEST(Certificate, C12_RefusesWhatContradictsItself) {
  parts p;
  p.inner_algorithm = crafted::algorithm("1.2.840.113549.1.1.13");
  EXPECT_TRUE(says(refusal(p), "inside and outside"));
  p = parts();
  p.version = "";
  p.extensions = crafted::subject_key_id("a");
  EXPECT_TRUE(says(refusal(p), "not of version 3"));
  p = parts();
  p.version = write(tags::context(0, true), write_small(3));
  EXPECT_TRUE(says(refusal(p), "version"));
  p = parts();
  p.issuer = crafted::name({});
  EXPECT_TRUE(says(refusal(p), "the issuer has no name"));
  p = parts();
  p.extensions = crafted::extension("2.5.29.19", true, write(tags::sequence, write(tags::boolean, "\x01")));
  EXPECT_TRUE(says(refusal(p), "BOOLEAN"));
  p.extensions = crafted::extension("2.5.29.15", true, write(tags::bit_string, "\x04\xFF"));
  EXPECT_TRUE(says(refusal(p), "unused bits"));
}

TEST(Certificate, C12_EveryCutAndEveryBentOctetIsRefusedOrHarmless) {
  parts p;
  p.extensions = crafted::key_usage(3) + crafted::basic_constraints(1) + crafted::authority_key_id("a");
  const std::string good = p.signed_by(crafted::key(0));
  for (std::size_t n = 0; n < good.size(); ++n) EXPECT_FALSE(certificate::from_der(std::string_view(good).substr(0, n))) << n;
  const certificate self = certificate::from_der(good).value();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string bent = good;
      bent[i] = static_cast<char>(bent[i] ^ flip);
      const auto decoded = certificate::from_der(bent);
      if (decoded) {
        EXPECT_FALSE(decoded->signed_by(self)) << "octet " << i;
      }
    }
  }
}

TEST(Certificate, C12_DeepNestingAndManyElementsCostNothing) {
  std::string nested;
  for (int i = 0; i < 4000; ++i) nested = write(tags::sequence, nested);
  EXPECT_FALSE(certificate::from_der(nested));
  parts p;
  std::string many;
  for (int i = 0; i < 2000; ++i) many += write_oid("1.2.3");
  p.extensions = crafted::extension("2.5.29.37", false, write(tags::sequence, many));
  EXPECT_EQ(p.decoded()->info().extended_key_usage.size(), 2000U);
}

TEST(Certificate, C03_TellsCriticalExtensionsThatAreNotUnderstood) {
  const auto unknown = [](const std::string& extension) {
    parts p;
    p.extensions = extension;
    return p.decoded()->info().unknown_critical_extension;
  };
  EXPECT_TRUE(unknown(crafted::extension("1.2.3.4", true, "x")));
  EXPECT_FALSE(unknown(crafted::extension("1.2.3.4", false, "x")));
  EXPECT_TRUE(unknown(crafted::extension("2.5.29.30", false, write(tags::sequence, "")))) << "name constraints are not evaluated";
  EXPECT_TRUE(unknown(crafted::extension("2.5.29.36", true, write(tags::sequence, "")))) << "policy constraints";
  EXPECT_FALSE(unknown(crafted::extension("2.5.29.17", true, write(tags::sequence, ""))));
}

TEST(Certificate, ReadsTheTestMarker) {
  parts p;
  EXPECT_FALSE(p.decoded()->info().marked_as_test);
  p.extensions = crafted::extension(std::string(test_marker_oid), false, write(tags::utf8_string, "x"));
  EXPECT_TRUE(p.decoded()->info().marked_as_test);
  EXPECT_FALSE(p.decoded()->info().unknown_critical_extension);
}

}  // namespace
}  // namespace shep::crypto
