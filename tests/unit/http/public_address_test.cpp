#include "http/public_address.hpp"

#include "http/client.hpp"
#include "http/problems.hpp"

#include <gtest/gtest.h>

namespace shep::http {
namespace {

bool open_to_all(const char* address) { return is_public(boost::asio::ip::make_address(address)); }

TEST(PublicAddress, C10_AddressesInsideAreToldFromAddressesOutside) {
  for (const char* inside : {"127.0.0.1",
                             "127.255.255.255",
                             "0.0.0.0",
                             "10.0.0.1",
                             "10.255.255.255",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.168.0.1",
                             "169.254.169.254",
                             "100.64.0.1",
                             "100.127.255.255",
                             "192.0.0.1",
                             "198.18.0.1",
                             "198.19.255.255",
                             "224.0.0.1",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "::ffff:169.254.169.254",
                             "64:ff9b::10.0.0.1",
                             "64:ff9b:1::1",
                             "2002:7f00:1::",
                             "2002:a9fe:a9fe::1",
                             "fe80::1",
                             "febf::1",
                             "fec0::1",
                             "fc00::1",
                             "fdff::1",
                             "ff02::1"})
    EXPECT_FALSE(open_to_all(inside)) << inside;
  for (const char* outside :
       {"1.1.1.1",        "9.255.255.255",    "11.0.0.0",       "126.255.255.255", "128.0.0.0",      "172.15.255.255",
        "172.32.0.0",     "192.167.255.255",  "192.169.0.0",    "169.253.255.255", "100.63.255.255", "100.128.0.0",
        "192.0.1.0",      "198.17.255.255",   "198.20.0.0",     "223.255.255.255", "2a00::1",        "2001:4860::8888",
        "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"})
    EXPECT_TRUE(open_to_all(outside)) << outside;
}

TEST(PublicAddress, C10_TheClientDoesNotConnectToThisMachineWhenToldSo) {
  for (const char* here : {"http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://[::ffff:127.0.0.1]:9/"}) {
    outgoing_request r;
    r.to = parse_url(here).value();
    r.public_only = true;
    const auto refused = send_blocking(r);
    ASSERT_FALSE(refused) << here;
    EXPECT_EQ(refused.error().code, problems::forbidden_address) << describe(refused.error());
  }
}

}  // namespace
}  // namespace shep::http
