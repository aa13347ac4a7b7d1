#include "unit/cms/crafted.hpp"

/// Each signed attribute and each field of a SignerInfo, wrong by itself under a signature that holds.
namespace shep::cms {
namespace {

const std::string good_digest = octets_of(crypto::digest(crypto::digest_algorithm::sha256, content));
const std::string data_type = write_oid(oid::data);

TEST(CmsAttributes, TheCraftedOneIsGood) {
  const verification v = judged(crafted().der());
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.content, content);
}

TEST(CmsAttributes, BothRequiredOnesHaveToBeThere) {
  crafted no_digest, no_type;
  no_digest.omit_digest = no_type.omit_type = true;
  EXPECT_REFUSED(judged(no_digest.der()), format_failure, cms_attributes);
  EXPECT_REFUSED(judged(no_type.der()), format_failure, cms_attributes);
  no_type.more_attributes = attribute_of(oid::signing_time, write_time(test_now));
  EXPECT_REFUSED(judged(no_type.der()), format_failure, cms_attributes);
}

TEST(CmsAttributes, EachMayBeThereOnceWithOneValue) {
  const std::string type = attribute_of(oid::content_type, data_type), digest = attribute_of(oid::message_digest, good_digest);
  const std::string time = attribute_of(oid::signing_time, write_time(test_now));
  for (const std::string& more :
       {type, digest, time + time, attribute_of(oid::signing_time, write_time(test_now) + write_time(test_now + 1s)),
        attribute_of(oid::signing_time, "")}) {
    crafted c;
    c.more_attributes = more;
    EXPECT_REFUSED(judged(c.der()), format_failure, cms_attributes);
  }
  for (const std::string& values : {std::string(), good_digest + good_digest, good_digest + octets_of("x")}) {
    crafted c;
    c.digest_attribute = attribute_of(oid::message_digest, values);
    EXPECT_REFUSED(judged(c.der()), format_failure, cms_attributes);
  }
  for (const std::string& values : {std::string(), data_type + data_type}) {
    crafted c;
    c.type_attribute = attribute_of(oid::content_type, values);
    EXPECT_REFUSED(judged(c.der()), format_failure, cms_attributes);
  }
}

TEST(CmsAttributes, S46_AWrongMessageDigestIsAHashFailure) {
  const std::string right = crypto::digest(crypto::digest_algorithm::sha256, content);
  for (const std::string& digest :
       {std::string(), right.substr(0, 31), right + '\0', std::string(32, '\0'), crypto::digest(crypto::digest_algorithm::sha1, content)}) {
    crafted c;
    c.digest_attribute = attribute_of(oid::message_digest, octets_of(digest));
    EXPECT_REFUSED(judged(c.der()), hash_failure, hash_failure);
  }
  crafted text;
  text.digest_attribute = attribute_of(oid::message_digest, write(tags::utf8_string, right));
  EXPECT_REFUSED(judged(text.der()), format_failure, cms_attributes);
}

TEST(CmsAttributes, ContentTypeHasToBeThatOfTheContent) {
  crafted other;
  other.type_attribute = attribute_of(oid::content_type, write_oid(oid::tst_info));
  EXPECT_REFUSED(judged(other.der()), sig_constraints_failure, cms_attributes);
  crafted no_oid;
  no_oid.type_attribute = attribute_of(oid::content_type, octets_of("x"));
  EXPECT_REFUSED(judged(no_oid.der()), format_failure, cms_attributes);
  crafted foreign;
  foreign.content_type = "1.3.6.1.4.1.311.2.1.4";
  EXPECT_TRUE(judged(foreign.der()).passed) << "any type, as long as all say the same";
}

TEST(CmsAttributes, SigningTimeHasToBeATime) {
  for (const std::string& value : {write(tags::utc_time, "9913010000Z"), write(tags::utc_time, "300102030405+0500"), octets_of("x"),
                                   write(tags::generalized_time, "20300102030405.1Z")}) {
    crafted c;
    c.more_attributes = attribute_of(oid::signing_time, value);
    EXPECT_REFUSED(judged(c.der()), format_failure, cms_attributes);
  }
  crafted later;
  later.more_attributes = attribute_of(oid::signing_time, write(tags::generalized_time, "20510102030405Z"));
  EXPECT_TRUE(judged(later.der()).passed);
}

TEST(CmsAttributes, UnknownOnesAreSignedAndPassedOver) {
  crafted c;
  c.more_attributes = attribute_of("1.2.3.4", octets_of("a") + octets_of("b")) + attribute_of("1.2.3.4", "");
  EXPECT_TRUE(judged(c.der()).passed);
}

TEST(CmsAttributes, TheOrderIsTheSignersOwn) {
  crafted reversed;
  reversed.type_attribute = attribute_of(oid::message_digest, good_digest);
  reversed.digest_attribute = attribute_of(oid::content_type, data_type);
  EXPECT_TRUE(judged(reversed.der()).passed) << "hashed as received";
}

std::string ess_v2(const crypto::certificate& hashed, const std::string& issuer_serial, const std::string& algorithm = {}) {
  const auto digest = algorithm.empty() ? crypto::digest_algorithm::sha256 : crypto::digest_algorithm::sha512;
  const std::string id = write(tags::sequence, algorithm + octets_of(crypto::digest(digest, hashed.der())) + issuer_serial);
  return attribute_of(oid::signing_certificate_v2, write(tags::sequence, write(tags::sequence, id)));
}
std::string issuer_serial(std::string_view issuer_der, const std::string& serial_hex) {
  const std::string names = write(tags::sequence, write(tags::context(4, true), issuer_der));
  return write(tags::sequence, names + write_unsigned(from_hex(serial_hex).value()));
}

TEST(CmsAttributes, SigningCertificateHasToNameTheSigner) {
  const crypto::certificate& own = signer().certificate;
  const crypto::certificate other = make_identity({.common_name = "TEST OTHER"}).certificate;
  const std::string own_serial = issuer_serial(own.info().issuer_der, own.info().serial_hex);
  const std::string sha512 = algorithm_of("2.16.840.1.101.3.4.2.3");
  const std::string v1_good = write(tags::sequence, octets_of(crypto::digest(crypto::digest_algorithm::sha1, own.der())));
  const std::string v1_bad = write(tags::sequence, octets_of(crypto::digest(crypto::digest_algorithm::sha1, other.der())));
  const auto v1 = [](const std::string& id) {
    return attribute_of(oid::signing_certificate, write(tags::sequence, write(tags::sequence, id)));
  };
  for (const std::string& good :
       {ess_v2(own, ""), ess_v2(own, own_serial), ess_v2(own, own_serial, sha512), v1(v1_good), v1(v1_good) + ess_v2(own, "")}) {
    crafted c;
    c.more_attributes = good;
    const verification v = judged(c.der());
    EXPECT_TRUE(v.passed) << eds::to_text(v.report);
    EXPECT_EQ(v.report.signatures[0].profile, "CAdES-BES attached");
  }
  for (const std::string& bad :
       {ess_v2(other, ""), ess_v2(own, issuer_serial(own.info().issuer_der, "01")),
        ess_v2(own, issuer_serial(own.info().subject_der, own.info().serial_hex)), ess_v2(own, "", algorithm_of("1.2.3")), v1(v1_bad),
        v1(v1_bad) + ess_v2(own, ""), v1(v1_good) + ess_v2(other, ""), ess_v2(own, write(tags::null, "")),
        attribute_of(oid::signing_certificate_v2, write(tags::sequence, write(tags::sequence, ""))),
        attribute_of(oid::signing_certificate_v2, write(tags::null, ""))}) {
    crafted c;
    c.more_attributes = bad;
    EXPECT_REFUSED(judged(c.der()), sig_constraints_failure, cms_attributes);
  }
  crafted twice;
  twice.more_attributes = ess_v2(own, "") + ess_v2(own, "");
  EXPECT_REFUSED(judged(twice.der()), format_failure, cms_attributes);
}

TEST(CmsAlgorithms, S31_OnlyPairsOfTheAllowListAreBelieved) {
  const auto with = [](const std::string& digest, const std::string& signature) {
    crafted c;
    c.digest_algorithm = digest;
    c.signature_algorithm = signature;
    return judged(c.der());
  };
  const std::string sha256 = algorithm_of("2.16.840.1.101.3.4.2.1"), sha1 = algorithm_of("1.3.14.3.2.26");
  const std::string rsa = algorithm_of("1.2.840.113549.1.1.1"), rsa_sha256 = algorithm_of("1.2.840.113549.1.1.11");
  EXPECT_TRUE(with(sha256, rsa).passed);
  EXPECT_TRUE(with(algorithm_of("2.16.840.1.101.3.4.2.1", false), algorithm_of("1.2.840.113549.1.1.11", false)).passed);
  EXPECT_REFUSED(with(sha256, algorithm_of("1.2.840.113549.1.1.5")), sig_constraints_failure, signature_constraints);
  EXPECT_REFUSED(with(sha256, algorithm_of("1.2.840.113549.1.1.10")), sig_constraints_failure, signature_constraints);
  EXPECT_REFUSED(with(sha256, algorithm_of("1.2.398.3.10.1.1.2.3.2")), sig_constraints_failure, signature_constraints);
  EXPECT_REFUSED(with(sha256, algorithm_of("1.2.398.3.10.1.1.2.2")), sig_constraints_failure, signature_constraints);
  EXPECT_REFUSED(with(sha256, sha256), sig_constraints_failure, signature_constraints);
  EXPECT_FALSE(with(algorithm_of("1.2.840.113549.2.5"), rsa).passed) << "MD5";
  EXPECT_FALSE(with(sha1, rsa_sha256).passed);
  EXPECT_REFUSED(with(write(tags::sequence, write_oid("2.16.840.1.101.3.4.2.1") + octets_of("x")), rsa), format_failure, cms_format);
  EXPECT_REFUSED(with(sha256, write(tags::sequence, write_oid("1.2.840.113549.1.1.11") + write(tags::null, "x"))), format_failure,
                 cms_format);
}

TEST(CmsAlgorithms, Sha1OnlyUnderCompatAndThenReported) {
  crafted c;
  c.scheme = crypto::signature_algorithm::rsa_sha1;
  c.digest_algorithm = algorithm_of("1.3.14.3.2.26");
  for (const std::string_view scheme : {"1.2.840.113549.1.1.5", "1.2.840.113549.1.1.1"}) {
    c.signature_algorithm = algorithm_of(scheme);
    const verification v = judged(c.der());
    EXPECT_TRUE(v.passed);
    EXPECT_TRUE(has_finding(v.report, problems::signature_constraints, "weak"));
    EXPECT_REFUSED(verify(c.der(), std::nullopt, everybody(), {}, test_now), sig_constraints_failure, signature_constraints);
  }
}

TEST(CmsFields, SignatureValueHasToBeWhole) {
  for (const auto& change : std::vector<std::function<std::string(std::string)>>{
           [](std::string s) { return s.substr(1); }, [](std::string s) { return s + '\0'; }, [](const std::string& s) { return '\0' + s; },
           [](const std::string&) { return std::string(); }, [](const std::string& s) { return std::string(s.rbegin(), s.rend()); }}) {
    crafted c;
    c.change_signature = change;
    EXPECT_REFUSED(judged(c.der()), sig_crypto_failure, signature_crypto_failure);
  }
}

TEST(CmsFields, VersionsAndTypesAreThoseOfTheStandard) {
  const auto refused = [](auto&& change) {
    crafted c;
    change(c);
    EXPECT_REFUSED(judged(c.der()), format_failure, cms_format);
  };
  refused([](crafted& c) { c.version = write_small(0); });
  refused([](crafted& c) { c.version = write_small(2); });
  refused([](crafted& c) { c.version = write_small(6); });
  refused([](crafted& c) { c.signer_version = write_small(3); });
  refused([](crafted& c) { c.signer_version = write_small(2); });
  refused([](crafted& c) { c.content_info_type = "1.2.840.113549.1.7.3"; });
  refused([](crafted& c) { c.after_signers = write(tags::null, ""); });
  refused([](crafted& c) { c.signer_id = write(tags::context(0, false), "12345678901234567890"); });
  refused([](crafted& c) { c.signer_id = write(tags::sequence, c.who.certificate.info().issuer_der); });
  refused([](crafted& c) { c.certificates = std::vector<std::string>(65, c.who.certificate.der()); });
  refused([](crafted& c) { c.certificates.push_back(write(tags::sequence, octets_of(std::string(17000, 'x')))); });
  refused([](crafted& c) { c.omit_type = c.omit_digest = true; });
  refused([](crafted& c) {
    for (int i = 0; i < 65; ++i) c.more_attributes += attribute_of("1.2.3", "");
  });
}

TEST(CmsFields, S43_TheSignersCertificateIsFoundAmongOthers) {
  crafted c;
  const std::string own = c.certificates.front();
  c.certificates = {test_root().certificate.der(),
                    write(tags::sequence, write_small(1)),
                    identity_of({.common_name = "TEST OTHER"}).certificate.der(),
                    own,
                    write(tags::context(1, true), write_small(1)),
                    own};
  const verification v = judged(c.der());
  ASSERT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.signers[0].certificate->sha256(), signer().certificate.sha256());
}

TEST(CmsFields, S43_TwoCertificatesThatFitAreRefused) {
  crafted c;
  leaf_options twin;
  twin.common_name = "TEST TWIN";
  twin.serial = from_hex(signer().certificate.info().serial_hex).value();
  c.certificates.push_back(make_identity(twin).certificate.der());
  EXPECT_REFUSED(judged(c.der()), sig_constraints_failure, signature_constraints);
}

TEST(CmsFields, AnotherSerialNumberIsAnotherCertificate) {
  crafted c;
  c.signer_id = write(tags::sequence, signer().certificate.info().issuer_der + write_small(4711));
  EXPECT_REFUSED(judged(c.der()), no_signing_certificate_found, signing_certificate_missing);
}

TEST(CmsFields, ANameIsTheSameInAnotherStringType) {
  const auto name = [](std::uint8_t tag, const std::string& text) {
    const auto part = [](std::string_view type, const std::string& value) {
      return write(tags::set, write(tags::sequence, write_oid(type) + value));
    };
    return write(tags::sequence, part("2.5.4.3", write(tag, text)) + part("2.5.4.6", write(tags::printable_string, "KZ")));
  };
  ASSERT_EQ(signer().certificate.info().issuer_der, name(tags::utf8_string, "TEST ROOT"));
  const std::string serial = write_unsigned(from_hex(signer().certificate.info().serial_hex).value());
  crafted c;
  c.signer_id = write(tags::sequence, name(tags::printable_string, "Test  Root") + serial);
  EXPECT_TRUE(judged(c.der()).passed);
  for (const std::string& other : {name(tags::printable_string, "TEST R00T"), name(tags::t61_string, "TEST ROOT"),
                                   name(tags::utf8_string, "TEST ROOT\xFF"), write(tags::sequence, "")}) {
    c.signer_id = write(tags::sequence, other + serial);
    EXPECT_REFUSED(judged(c.der()), no_signing_certificate_found, signing_certificate_missing);
  }
}

}  // namespace
}  // namespace shep::cms
