// The framing rules on a real socket, each attack cut in three ways. Behind every attack stands a well-formed request: if the server
// lost track of where a message ends, the handler would see it.
#include "unit/http/rig.hpp"

#include <string>
#include <vector>

namespace shep::http::test {
namespace {

const std::string canary = "GET /canary HTTP/1.1\r\nHost: a\r\n\r\n";

class Wire : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared = new rig([](listener_options& o) { o.limits.body.total = 64 * 1024; });
  }
  static void TearDownTestSuite() {
    delete shared;
    shared = nullptr;
  }

  static void refuses(const std::string& attack, unsigned status) {
    for (const auto how : all_cuts) {
      SCOPED_TRACE(std::string(name_of(how)) + ": " + attack.substr(0, 120));
      shared->forget();
      raw_client client(shared->port());
      client.send(attack + canary, how);
      EXPECT_EQ(client.receive().status, status);
      EXPECT_TRUE(client.ended());
      EXPECT_EQ(shared->requests(), 0);
      const auto reported = shared->wait_for_refusal();
      EXPECT_EQ(reported.status, status);
      EXPECT_FALSE(reported.head.empty());
    }
  }

  static void accepts(const std::string& octets, const std::string& body) {
    for (const auto how : all_cuts) {
      SCOPED_TRACE(std::string(name_of(how)) + ": " + octets.substr(0, 120));
      shared->forget();
      raw_client client(shared->port());
      client.send(octets + canary, how);
      const auto first = client.receive();
      EXPECT_EQ(first.status, 200u);
      EXPECT_EQ(first.body, body);
      EXPECT_EQ(client.receive().status, 200u);
      EXPECT_EQ(shared->requests(), 2);
    }
  }

  static std::string post(const std::string& fields, const std::string& body = "abc") {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  }

  static inline rig* shared = nullptr;
};

TEST_F(Wire, H01_RefusesContentLengthBesideChunkedInEitherOrder) {
  refuses(post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  refuses(post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400);
}

TEST_F(Wire, H01_RefusesContentLengthsThatDifferOrAreNotPlainDecimals) {
  refuses(post("Content-Length: 3\r\nContent-Length: 4\r\n"), 400);
  for (const auto* length : {"+3", "-1", "0x3", "18446744073709551616", "18446744073709551615", "9223372036854775808", "", "3a", "3 3",
                             "03", "\"3\"", "3.0", "99999999999999999999999999"})
    refuses(post("Content-Length: " + std::string(length) + "\r\n"), 400);
}

TEST_F(Wire, H02_RefusesContentLengthToldTwice) {
  refuses(post("Content-Length: 3\r\nContent-Length: 3\r\n"), 400);
  refuses(post("Content-Length: 3, 3\r\n"), 400);
  refuses(post("content-length: 3\r\nCONTENT-LENGTH: 3\r\n"), 400);
}

TEST_F(Wire, H03_RefusesChunkedOnHttp10) { refuses("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400); }

TEST_F(Wire, H04_RefusesCodingsThatOnlyLookLikeChunked) {
  for (const auto* coding :
       {"xchunked", "chunked, identity", "chunkedx", "chunked;q=1", "\"chunked\"", "chunked,", ",chunked", "identity", "cow"})
    refuses(post("Transfer-Encoding: " + std::string(coding) + "\r\n", "0\r\n\r\n"), 501);
  refuses(post("Transfer-Encoding:\r\n", "0\r\n\r\n"), 400);
  refuses(post("Transfer-Encoding: chunked\x0b\r\n", "0\r\n\r\n"), 400);
}

TEST_F(Wire, H05_RefusesChunkedTogetherWithAnotherCoding) {
  refuses(post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501);
  refuses(post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  refuses(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
}

TEST_F(Wire, H05_AcceptsChunkedInAnyLetterCase) { accepts(post("transfer-encoding: Chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), "abc"); }

TEST_F(Wire, H06_RefusesFoldedFieldLines) {
  refuses(post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400);
  refuses(post("X-A: b\r\n\tc\r\nContent-Length: 3\r\n"), 400);
  refuses("POST / HTTP/1.1\r\n Host: a\r\n\r\n", 400);
}

TEST_F(Wire, H07_RefusesAMissingDoubleEmptyOrForeignHost) {
  refuses("GET / HTTP/1.1\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
  refuses("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  for (const auto* host : {"a/b", "u@a", "a b", "a:b", "a:99999", "a#", "a?x", "[::1", "[]", ":80", "a,b", "\xd0\xb0"})
    refuses("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n", 400);
}

TEST_F(Wire, H07_AcceptsAnAbsoluteTargetThatNamesTheHostField) {
  accepts("GET http://EXAMPLE.test:8080/x?y HTTP/1.1\r\nHost: example.test:8080\r\n\r\n", "");
  accepts("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "");
}

TEST_F(Wire, H08_RefusesTargetsThatAreNotCleanPaths) {
  const std::string targets[] = {"/a#b",
                                 "/\xff",
                                 "/\xd0\xb0",
                                 "a",
                                 "?x",
                                 "*",
                                 "//%",
                                 "/%0",
                                 "/%zz",
                                 "/%00",
                                 "/?%00",
                                 "ftp://a/",
                                 "http://",
                                 std::string("/\x01", 2),
                                 std::string("/\x7f", 2)};
  for (const auto& target : targets) refuses("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

TEST_F(Wire, H08_RefusesMethodsThatAreNotSpoken) {
  for (const auto* method : {"FOO!", "TRACE", "get", "PROPFIND", "POSTX", "M-SEARCH"})
    refuses(std::string(method) + " / HTTP/1.1\r\nHost: a\r\n\r\n", 405);
  refuses("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405);
  refuses("G{T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

TEST_F(Wire, H08_TellsWhichMethodsAreSpoken) {
  raw_client client(shared->port());
  client.send("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.receive().header("Allow"), "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS");
}

TEST_F(Wire, H08_RefusesARequestLineThatIsTooLong) { refuses("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414); }

TEST_F(Wire, H09_RefusesLinesThatDoNotEndWithCrLf) {
  refuses("GET / HTTP/1.1\nHost: a\n\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\n\r\n", 400);
  refuses("GET / HTTP/1.1\rHost: a\r\r", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", 400);
  refuses("\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

TEST_F(Wire, H09_RefusesNulWhereverItStands) {
  refuses(std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 29), 400);
  refuses(std::string("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 34), 400);
  refuses(std::string("\0GET / HTTP/1.1\r\nHost: a\r\n\r\n", 28), 400);
}

TEST_F(Wire, H09_RefusesWhiteSpaceWhereItDoesNotBelong) {
  refuses("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  refuses("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  refuses(" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400);
  refuses("GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400);
  refuses("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nX\x01: b\r\n\r\n", 400);
}

TEST_F(Wire, H09_RefusesOtherVersions) {
  for (const auto* version : {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"})
    refuses("GET / " + std::string(version) + "\r\nHost: a\r\n\r\n", 505);
  for (const auto* version : {"http/1.1", "HTTP/1", "HTTP/1.10", "HTTP/11", "HTTQ/1.1", "HTTP/1.1x", "1.1"})
    refuses("GET / " + std::string(version) + "\r\nHost: a\r\n\r\n", 400);
  refuses("GET /\r\nHost: a\r\n\r\n", 400);
}

TEST_F(Wire, H09_SkipsOneEmptyLineBeforeARequestButNotTwo) {
  accepts("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "");
  refuses("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

TEST_F(Wire, H10_RefusesMalformedChunks) {
  for (const auto* body : {"3\nabc\r\n0\r\n\r\n",
                           "3 \r\nabc\r\n0\r\n\r\n",
                           " 3\r\nabc\r\n0\r\n\r\n",
                           "0x3\r\nabc\r\n0\r\n\r\n",
                           "-3\r\nabc\r\n0\r\n\r\n",
                           "+3\r\nabc\r\n0\r\n\r\n",
                           "\r\nabc\r\n0\r\n\r\n",
                           "g\r\nabc\r\n0\r\n\r\n",
                           "10000000000000003\r\nabc\r\n0\r\n\r\n",
                           "3\r\nabcd\r\n0\r\n\r\n",
                           "3\r\nabc0\r\n\r\n",
                           "3\r\nabc\n0\r\n\r\n",
                           "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n",
                           "3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
                           "3;\r\nabc\r\n0\r\n\r\n",
                           "3;a=\r\nabc\r\n0\r\n\r\n",
                           "3;a=\"\r\nabc\r\n0\r\n\r\n",
                           "3; a\r\nabc\r\n0\r\n\r\n",
                           "3;a\nb\r\nabc\r\n0\r\n\r\n",
                           "3;a\rb\r\nabc\r\n0\r\n\r\n",
                           "3\rabc\r\n0\r\n\r\n",
                           "3\r\nabc\r\n0\r\nX\r\n\r\n",
                           "3\r\nabc\r\n0\r\n X: y\r\n\r\n",
                           "3\r\nabc\r\n0\r\nX: y\n\r\n",
                           "3\r\nabc\r\n0\r\n\n"})
    refuses(post("Transfer-Encoding: chunked\r\n", body), 400);
}

TEST_F(Wire, H10_RefusesAChunkWhoseSizeWouldOverflow) {
  refuses(post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nffffffffffffffff\r\nabc"), 413);
  refuses(post("Transfer-Encoding: chunked\r\n", "fffffffffffffffd\r\nabc"), 413);
}

TEST_F(Wire, H11_RefusesFramingThatOutweighsThePayload) {
  refuses(post("Transfer-Encoding: chunked\r\n", "3;" + std::string(64 * 1024, 'x') + "\r\nabc\r\n0\r\n\r\n"), 400);
  refuses(post("Transfer-Encoding: chunked\r\n", std::string(2000, '0') + "3\r\nabc\r\n0\r\n\r\n"), 400);
  std::string dribble;
  for (int i = 0; i < 9000; ++i) dribble += "1\r\nx\r\n";
  refuses(post("Transfer-Encoding: chunked\r\n", dribble + "0\r\n\r\n"), 400);
}

TEST_F(Wire, H11_AcceptsModestExtensions) {
  accepts(post("Transfer-Encoding: chunked\r\n", "3;name=value\r\nabc\r\n1;q=\"a b\"\r\nd\r\n000;last\r\n\r\n"), "abcd");
}

TEST_F(Wire, H12_RefusesMoreThanAHundredFieldsOrATooLargeHead) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "X:\r\n";
  refuses("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n", 431);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", 431);
  refuses("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100000, 'x'), 431);
}

TEST_F(Wire, H12_AcceptsAHundredFields) {
  std::string many;
  for (int i = 0; i < 99; ++i) many += "X:\r\n";
  accepts("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n", "");
}

TEST_F(Wire, H13_DropsTrailers) {
  accepts(post("Transfer-Encoding: chunked\r\nTrailer: X-Late\r\n", "3\r\nabc\r\n0\r\nX-Late: 1\r\nSOAPAction: evil\r\n\r\n"), "abc");
  const auto seen = shared->seen();
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.front().headers.count("X-Late"), 0u);
  EXPECT_EQ(seen.front().headers.count("SOAPAction"), 0u);
}

TEST_F(Wire, H14_DoesNotReadOnAfterARequestThatCloses) {
  for (const auto how : all_cuts) {
    SCOPED_TRACE(name_of(how));
    shared->forget();
    raw_client client(shared->port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n" + canary, how);
    const auto got = client.receive();
    EXPECT_EQ(got.status, 200u);
    EXPECT_EQ(got.header("Connection"), "close");
    EXPECT_TRUE(client.ended());
    EXPECT_EQ(shared->requests(), 1);
  }
}

TEST_F(Wire, H17_TakesABodyOfExactlyTheLimitAndNotOneOctetMore) {
  const std::string full(64 * 1024, 'b');
  accepts(post("Content-Length: 65536\r\n", full), full);
  accepts(post("Transfer-Encoding: chunked\r\n", "8000\r\n" + full.substr(0x8000) + "\r\n8000\r\n" + full.substr(0x8000) + "\r\n0\r\n\r\n"),
          full);
  refuses(post("Content-Length: 65537\r\n", full + "b"), 413);
  refuses(
      post("Transfer-Encoding: chunked\r\n", "8000\r\n" + full.substr(0x8000) + "\r\n8001\r\n" + full.substr(0x8000) + "b\r\n0\r\n\r\n"),
      413);
  refuses(post("Content-Length: 9223372036854775807\r\n"), 413);
}

TEST_F(Wire, X17_RefusesCompressedBodiesInsteadOfInflatingThem) {
  refuses(post("Content-Encoding: gzip\r\nContent-Length: 3\r\n"), 415);
  refuses(post("Content-Encoding: identity, gzip\r\nContent-Length: 3\r\n"), 415);
  accepts(post("Content-Encoding: identity\r\nContent-Length: 3\r\n"), "abc");
}

}  // namespace
}  // namespace shep::http::test
