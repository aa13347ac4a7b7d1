// The addresses that a certificate names, as text.
#include "crafted.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::extension;
using crafted::parts;

std::string uri(const std::string& text) { return write(tags::context(6, false), text); }
std::string point(const std::string& names) {
  return write(tags::sequence, write(tags::context(0, true), write(tags::context(0, true), names)));
}
std::string points(const std::string& list, const std::string& oid = "2.5.29.31") {
  return extension(oid, false, write(tags::sequence, list));
}
certificate::fields with(const std::string& extensions) {
  parts p;
  p.extensions = extensions;
  return p.decoded().value().info();
}
using texts = std::vector<std::string>;

TEST(Addresses, C10_OfEachKindAreReadAsText) {
  const auto access = [](const std::string& method, const std::string& place) { return write(tags::sequence, write_oid(method) + place); };
  const std::string list =
      access("1.3.6.1.5.5.7.48.1", uri("http://ocsp.example/")) + access("1.3.6.1.5.5.7.48.2", uri("http://ca.example/a.cer")) +
      access("1.3.6.1.5.5.7.48.1", uri("http://ocsp2.example/")) + access("1.3.6.1.5.5.7.48.9", uri("http://x.example/")) +
      access("1.3.6.1.5.5.7.48.1", write(tags::context(2, false), "ocsp.example"));
  const auto f = with(extension("1.3.6.1.5.5.7.1.1", false, write(tags::sequence, list)) +
                      points(point(uri("http://crl.example/a.crl") + uri("file:///etc/passwd")) + point(uri("http://crl.example/b.crl"))) +
                      points(point(uri("http://crl.example/d.crl")), "2.5.29.46"));
  EXPECT_EQ(f.ocsp_urls, (texts{"http://ocsp.example/", "http://ocsp2.example/"}));
  EXPECT_EQ(f.ca_issuers_urls, texts{"http://ca.example/a.cer"});
  EXPECT_EQ(f.crl_urls, (texts{"http://crl.example/a.crl", "file:///etc/passwd", "http://crl.example/b.crl"}));
  EXPECT_EQ(f.delta_crl_urls, texts{"http://crl.example/d.crl"});
  EXPECT_FALSE(f.ocsp_no_check);
  EXPECT_TRUE(with(extension("1.3.6.1.5.5.7.48.1.5", false, write(tags::null, ""))).ocsp_no_check);
}

TEST(Addresses, C10_EndAtTheFirstWhiteSpace) {
  EXPECT_EQ(with(points(point(uri("http://crl.example/a.crl\n   URL=http://crl.example/b.crl\r\n URL= c URL=d")))).crl_urls,
            (texts{"http://crl.example/a.crl", "http://crl.example/b.crl"}));
  EXPECT_EQ(with(points(point(uri("http://crl.example/a.crl other words")))).crl_urls, texts{"http://crl.example/a.crl"});
  EXPECT_EQ(with(points(point(uri("\n   URL=http://crl.example/b.crl")))).crl_urls, texts{"http://crl.example/b.crl"});
  EXPECT_EQ(with(points(point(uri("http://a/\xD0\xB0") + uri(" ") + uri("")))).crl_urls, texts{"http://a/"});
}

TEST(Addresses, C10_AreBoundedInNumberAndLength) {
  std::string many;
  for (int i = 0; i < 20; ++i) many += point(uri("http://crl.example/" + std::to_string(i)));
  EXPECT_EQ(with(points(many)).crl_urls.size(), 8U);
  EXPECT_EQ(with(points(point(uri(std::string(1025, 'x')) + uri(std::string(1024, 'x'))))).crl_urls, texts{std::string(1024, 'x')});
}

TEST(Addresses, PointsWithoutAFullNameAreReadAndNameNothing) {
  const std::string reasons = write(tags::sequence, write(tags::context(1, false), std::string("\x01\x02", 2)));
  const std::string relative = write(tags::sequence, write(tags::context(0, true), write(tags::context(1, true), "")));
  EXPECT_TRUE(with(points(reasons + relative)).crl_urls.empty());
  parts broken;
  broken.extensions = points("\x30\x05garb");
  EXPECT_FALSE(broken.decoded());
}

}  // namespace
}  // namespace shep::crypto
