#include "chain_nodes.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using namespace asn1;
using crafted::leaf;
using crafted::middle;
using crafted::node;
using crafted::now;
using crafted::root;
using crafted::store;

TEST(TrustLookup, FindsByIssuerAndSerial) {
  trust_store::contents c{{root().make()}, {middle().make()}, {leaf().make()}};
  const trust_store s(c);
  ASSERT_TRUE(s.find("CN=middle", "1003"));
  EXPECT_EQ(s.find("CN=middle", "1003")->sha256(), leaf().make().sha256());
  EXPECT_EQ(s.find("cn = middle", "0001003")->sha256(), leaf().make().sha256());
  EXPECT_TRUE(s.find("CN=root", "1002")) << "intermediates too";
  for (const char* serial : {"", "1004", "-1003", "0x3eb", "1003 ", "99999999999999999999999999999999999999999999999999999999999999999"}) {
    EXPECT_FALSE(s.find("CN=middle", serial)) << serial;
  }
  EXPECT_FALSE(s.find("CN=root", "1003"));
  EXPECT_FALSE(s.find("", "1003"));
}

TEST(TrustLookup, DecodesTheSameOctetsOnce) {
  const trust_store s = store({});
  const std::string der = leaf().make().der();
  const certificate first = s.decode(der).value();
  EXPECT_EQ(&s.decode(std::string(der))->der(), &first.der()) << "one object behind both";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(s.decode("0").error().code, problems::certificate_format);
}

TEST(TrustLookup, TheCachesForgetTheOldestAndStayRight) {
  const trust_store s = store({root().make()}, {middle().make()});
  const certificate good = leaf().make();
  EXPECT_TRUE(s.build(good, now));
  for (int i = 0; i < 1100; ++i) {
    // Only the serial number differs, and the signature is not even right: decoding must not care.
    std::string der = good.der();
    const std::size_t serial = der.find(write_small(1003)) + 2;
    der[serial] = static_cast<char>(1 + i / 256);
    der[serial + 1] = static_cast<char>(i % 256);
    const auto other = s.decode(der);
    ASSERT_TRUE(other);
    EXPECT_EQ(s.build(*other, now).has_value(), der == good.der()) << i;
  }
  EXPECT_TRUE(s.build(s.decode(good.der()).value(), now));
}

TEST(TrustLookup, AVerdictOfOneStoreSaysNothingForAnother) {
  const certificate cert = leaf().make();
  EXPECT_TRUE(store({root().make()}, {middle().make()}).build(cert, now));
  EXPECT_FALSE(store({node{"root", 4, "root", 4}.make()}, {middle().make()}).build(cert, now));
}

TEST(TrustLookup, ServesSeveralThreads) {
  const trust_store s = store({root().make()}, {middle().make()});
  const std::string der = leaf().make().der();
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) good += s.build(s.decode(der).value(), now) ? 1 : 0;
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(good, 200);
}

class CertificateFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("shepsim-trust-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write_file(const std::string& name, const std::string& content) { std::ofstream(folder_ / name, std::ios::binary) << content; }
  std::filesystem::path folder_;
};

TEST_F(CertificateFiles, AFolderGivesItsCertificatesInOrderOfNames) {
  write_file("b.pem", "text\n" + leaf().make().pem() + middle().make().pem());
  write_file("a.CER", root().make().der());
  write_file("notes.txt", "not a certificate");
  write_file("key.p12", "not a certificate");
  std::filesystem::create_directory(folder_ / "sub.pem");
  const auto found = load_certificates(folder_.string()).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].info().common_name, "root");
  EXPECT_EQ(found[2].info().common_name, "middle");
  EXPECT_EQ(load_certificates((folder_ / "b.pem").string())->size(), 2U);
}

TEST_F(CertificateFiles, WhatCannotBeReadIsNamed) {
  write_file("bad.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  const problem p = load_certificates(folder_.string()).error();
  EXPECT_EQ(p.code, problems::certificate_format);
  EXPECT_NE(p.where.find("bad.pem"), std::string::npos) << p.where;
  EXPECT_EQ(load_certificates((folder_ / "absent.pem").string()).error().code, problems::environment);
  write_file("big.pem", std::string(5 << 20, ' '));
  EXPECT_EQ(load_certificates((folder_ / "big.pem").string()).error().code, problems::certificate_format);
}

}  // namespace
}  // namespace shep::crypto
