#include "core/bytes.hpp"
#include "revocation/ocsp_parts.hpp"
#include "unit/revocation/support.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace shep::revocation::test;
using namespace crypto::asn1;
using crypto::digest_algorithm;

std::string request_of(const std::string& list, const std::string& before = {}, const std::string& after = {}) {
  return write(tags::sequence, write(tags::sequence, before + write(tags::sequence, list) + after));
}
std::string one(const certificate_id& id) { return write(tags::sequence, write_id(id)); }
certificate_id some_id() { return id_of(leaf(), authority().certificate, digest_algorithm::sha256); }
std::string extensions(const std::string& list) { return write(tags::context(2, true), write(tags::sequence, list)); }

TEST(OcspRequest, C08_AsksAboutExactlyOneCertificate) {
  for (const auto d : {digest_algorithm::sha1, digest_algorithm::sha256}) {
    const auto read = read_request(make_request(leaf("\x0A\x0B"), authority().certificate, d, "0123456789abcdef"));
    ASSERT_TRUE(read) << describe(read.error());
    ASSERT_EQ(read->ids.size(), 1U);
    EXPECT_EQ(read->ids[0], id_of(leaf("\x0A\x0B"), authority().certificate, d));
    EXPECT_EQ(read->ids[0].serial, "\x0A\x0B");
    EXPECT_EQ(read->ids[0].name_hash, crypto::digest(d, authority().certificate.info().subject_der));
    EXPECT_EQ(read->nonce, "0123456789abcdef");
  }
  EXPECT_EQ(read_request(make_request(leaf(), authority().certificate))->nonce, "");
}

TEST(OcspRequest, C08_SeveralCertificatesUpToALimit) {
  std::string list;
  for (int i = 0; i < 16; ++i) list += one(some_id());
  EXPECT_EQ(read_request(request_of(list))->ids.size(), 16U);
  SHEP_EXPECT_PROBLEM(read_request(request_of(list + one(some_id()))), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(read_request(request_of("")), problems::ocsp_format);
}

TEST(OcspRequest, C08_WhatIsNotUnderstoodIsRefused) {
  EXPECT_TRUE(read_request(request_of(one(some_id()), {}, extensions(write_extension("1.2.3", false, "x")))));
  SHEP_EXPECT_PROBLEM(read_request(request_of(one(some_id()), {}, extensions(write_extension("1.2.3", true, "x")))), problems::ocsp_format);
  const std::string unknown_digest =
      write(tags::sequence, write(tags::sequence, write(tags::sequence, write_oid("1.2.3")) + write(tags::octet_string, "a") +
                                                      write(tags::octet_string, "b") + write_small(1)));
  SHEP_EXPECT_PROBLEM(read_request(request_of(unknown_digest)), problems::ocsp_format);
  const std::string version2 = write(tags::context(0, true), write_small(1));
  SHEP_EXPECT_PROBLEM(read_request(request_of(one(some_id()), version2)), problems::ocsp_format);
}

TEST(OcspRequest, C08_TheNonceIsBounded) {
  const auto with_nonce = [](const std::string& value, int times = 1) {
    std::string list;
    for (int i = 0; i < times; ++i) list += write_extension(oids::nonce, false, value);
    return read_request(request_of(one(some_id()), {}, extensions(list)));
  };
  EXPECT_EQ(with_nonce(write(tags::octet_string, std::string(128, 'n')))->nonce, std::string(128, 'n'));
  EXPECT_EQ(with_nonce("bare octets")->nonce, "bare octets") << "as programs from before RFC 8954 write it";
  SHEP_EXPECT_PROBLEM(with_nonce(write(tags::octet_string, std::string(129, 'n'))), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(with_nonce(write(tags::octet_string, "")), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(with_nonce("n", 2), problems::ocsp_format);
}

TEST(OcspRequest, C08_CutLongAndForeignOctetsAreRefused) {
  const std::string whole = make_request(leaf(), authority().certificate, digest_algorithm::sha256, "nonce");
  for (std::size_t n = 0; n < whole.size(); ++n) SHEP_EXPECT_PROBLEM(read_request(whole.substr(0, n)), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(read_request(whole + "x"), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(read_request(std::string(largest_message + 1, '0')), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(read_request("GET / HTTP/1.1"), problems::ocsp_format);
}

}  // namespace
}  // namespace shep::revocation::ocsp
