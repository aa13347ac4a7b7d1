#include "cms/ber.hpp"

#include "unit/cms/crafted.hpp"

/// C12: BER where real producers write it, and nowhere else.
namespace shep::cms {
namespace {

const std::string end_of_contents(2, '\0');

std::string indefinite(std::uint8_t tag, const std::string& inside) {
  return std::string{static_cast<char>(tag), '\x80'} + inside + end_of_contents;
}

/// A length in more octets than needed.
std::string long_length(std::uint8_t tag, const std::string& inside) {
  std::string out{static_cast<char>(tag), '\x84'};
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(inside.size() >> shift & 0xFF);
  return out + inside;
}

/// What BouncyCastle's stream writer makes of a SignedData: everything around the SignerInfos of indefinite length, the content in pieces.
struct streamed {
  crafted parts;
  std::string wrapped_signer;  ///< in place of the SignerInfo

  std::string ber() const {
    std::string pieces;
    for (std::size_t at = 0; at < parts.inside->size(); at += 10) pieces += octets_of(parts.inside->substr(at, 10));
    const std::string encapsulated =
        indefinite(tags::sequence, write_oid(oid::data) + indefinite(tags::context(0, true), indefinite(0x24, pieces)));
    const std::string body = parts.version + write(tags::set, parts.digest_algorithm) + encapsulated +
                             indefinite(tags::context(0, true), parts.certificates.front()) +
                             write(tags::set, wrapped_signer.empty() ? parts.signer_info() : wrapped_signer);
    return indefinite(tags::sequence, write_oid(oid::signed_data) + indefinite(tags::context(0, true), indefinite(tags::sequence, body)));
  }
};

TEST(CmsBer, C12_AStreamedShellIsReadAsTheSameDer) {
  const streamed s;
  const auto read = signed_data::read(s.ber());
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->der(), s.parts.der());
  EXPECT_EQ(read->content(), content);
  EXPECT_EQ(read->signers()[0].whole, s.parts.signer_info());
  const verification v = judged(s.ber());
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.content, content);
  EXPECT_TRUE(judged(to_base64(s.ber())).passed);
}

TEST(CmsBer, DerIsNotTouched) {
  const std::string der = signed_by(signer());
  const auto same = rewrite_ber(der).value();
  EXPECT_EQ(same.der, der);
  EXPECT_TRUE(same.changed.empty());
}

TEST(CmsBer, C12_SignedAttributesHaveToBeDerAsReceived) {
  streamed s;
  // The attributes are signed in DER; their octets arrive in BER. The [0] around them is not hashed, and may be either.
  const crafted& c = s.parts;
  const std::string value = octets_of(c.who.key.sign(c.scheme, write(tags::set, c.attributes())).value());
  const auto with = [&](const std::string& attributes) {
    s.wrapped_signer = write(tags::sequence, c.signer_version + c.id() + c.digest_algorithm + attributes + c.signature_algorithm + value);
    return judged(s.ber());
  };
  EXPECT_TRUE(with(indefinite(tags::context(0, true), c.attributes())).passed);
  EXPECT_TRUE(with(long_length(tags::context(0, true), c.attributes())).passed);
  const std::string type = attribute_of(oid::content_type, write_oid(oid::data));
  ASSERT_TRUE(c.attributes().starts_with(type));
  const std::string rest = c.attributes().substr(type.size());
  const std::string content_of_type = type.substr(2);
  for (const std::string& first : {indefinite(tags::sequence, content_of_type), long_length(tags::sequence, content_of_type)}) {
    const verification v = with(write(tags::context(0, true), first + rest));
    EXPECT_REFUSED(v, format_failure, cms_format);
    EXPECT_TRUE(has_finding(v.report, problems::cms_format, "signedAttrs came in BER"));
  }
  const std::string digest = crypto::digest(crypto::digest_algorithm::sha256, content);
  const std::string in_pieces =
      attribute_of(oid::message_digest, indefinite(0x24, octets_of(digest.substr(0, 16)) + octets_of(digest.substr(16))));
  EXPECT_REFUSED(with(write(tags::context(0, true), type + in_pieces)), format_failure, cms_format);
}

TEST(CmsBer, C12_CertificatesHaveToBeDerAsReceived) {
  streamed s;
  const std::string der = s.parts.certificates.front();
  s.parts.certificates = {indefinite(tags::sequence, der.substr(4))};
  const verification v = judged(s.ber());
  EXPECT_REFUSED(v, format_failure, cms_format);
  EXPECT_TRUE(has_finding(v.report, problems::cms_format, "a certificate came in BER"));
}

TEST(CmsBer, RewritesWhatStringsInPiecesMean) {
  const auto der = [](const std::string& ber) { return rewrite_ber(ber).value().der; };
  EXPECT_EQ(der(indefinite(0x24, "")), octets_of(""));
  EXPECT_EQ(der(write(0x24, octets_of("ab") + octets_of("") + octets_of("c"))), octets_of("abc"));
  EXPECT_EQ(der(indefinite(0x24, indefinite(0x24, octets_of("a") + write(0x24, octets_of("b"))) + octets_of("c"))), octets_of("abc"));
  const std::string many(200, 'x');
  EXPECT_EQ(der(indefinite(0x24, octets_of(many) + octets_of(many))), octets_of(many + many));
  EXPECT_EQ(der(indefinite(tags::sequence, indefinite(tags::set, write_small(5)))),
            write(tags::sequence, write(tags::set, write_small(5))));
  EXPECT_EQ(der(long_length(tags::sequence, long_length(tags::integer, "\x05"))), write(tags::sequence, write_small(5)));
}

TEST(CmsBer, C12_TricksAreRefused) {
  const std::string cms = write(tags::sequence, write_small(1));
  const std::vector<std::string> tricks{
      "",
      "\x30",
      end_of_contents,                                                  // nothing but an end
      cms + end_of_contents,                                            // an end behind the end
      cms + cms,                                                        // a second value
      std::string("\x30\x80\x02\x01\x05", 5),                           // never ends
      std::string("\x30\x80\x02\x01\x05\x00", 6),                       // half an end
      std::string("\x30\x04\x30\x80\x02\x01\x05\x00\x00", 9),           // an inner one that outgrows its parent
      std::string("\x30\x03\x00\x00\x00", 5),                           // an end inside a definite length
      std::string("\x04\x80\x61\x00\x00", 5),                           // a primitive one of indefinite length
      indefinite(0x24, write_small(5)),                                 // an OCTET STRING made of an INTEGER
      indefinite(0x23, write_bit_string("a")),                          // a BIT STRING in pieces
      indefinite(0x2C, write(tags::utf8_string, "a")),                  // a text in pieces
      write(0x10, write_small(5)),                                      // a primitive SEQUENCE
      write(0x22, write_small(5)),                                      // a constructed INTEGER
      std::string("\x1F\x81\x01\x00", 4),                               // a high tag number
      std::string("\x30\x89\x01\x01\x01\x01\x01\x01\x01\x01\x01", 11),  // a length of nine octets
      std::string("\x30\x88\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10),      // a length that overflows
      std::string("\x30\xFF", 2),
      std::string("\x30\x84\x7F\xFF\xFF\xFF", 6),
  };
  for (const std::string& trick : tricks) {
    const auto read = rewrite_ber(trick);
    ASSERT_FALSE(read) << to_hex(trick);
    EXPECT_EQ(read.error().code, problems::cms_format) << to_hex(trick);
  }
}

TEST(CmsBer, C12_DepthAndNumberOfElementsAreBounded) {
  std::string nested = write_small(1);
  for (int i = 0; i < 47; ++i) nested = indefinite(tags::sequence, nested);
  EXPECT_TRUE(rewrite_ber(nested));
  nested = indefinite(tags::sequence, indefinite(tags::sequence, nested));
  EXPECT_EQ(rewrite_ber(nested).error().code, problems::cms_format);
  std::string deep(100'000, '\0');
  for (std::size_t i = 0; i < deep.size(); i += 2) deep[i] = '\x30', deep[i + 1] = '\x80';
  EXPECT_FALSE(rewrite_ber(deep));
  std::string pieces;
  for (int i = 0; i < 200'001; ++i) pieces += octets_of("x");
  EXPECT_FALSE(rewrite_ber(indefinite(0x24, pieces)));
  EXPECT_FALSE(rewrite_ber(write(tags::octet_string, std::string((std::size_t{64} << 20) + 1, 'x'))));
}

TEST(CmsBer, AddingASignerToAStreamedOneKeepsWhatWasSigned) {
  const streamed s;
  const std::string two = add_signer(s.ber(), std::nullopt, signer(), ordinary()).value();
  const auto read = signed_data::read(two).value();
  EXPECT_EQ(read.signers()[0].whole, s.parts.signer_info());
  EXPECT_TRUE(judged(two).passed);
}

}  // namespace
}  // namespace shep::cms
