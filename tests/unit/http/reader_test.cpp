// The request reader without sockets: its verdict must not depend on how the octets were cut, and must agree with Beast's parser
// wherever Beast and we both accept.
#include "http/problems.hpp"
#include "http/request_reader.hpp"

#include <random>
#include <string>
#include <vector>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <gtest/gtest.h>

namespace shep::http {
namespace {

limits small_limits() {
  limits out;
  out.body.total = 64;
  out.head.total = 512;
  out.head.request_line = 128;
  return out;
}
const limits small = small_limits();

/// Everything that was read from a stream of octets, as text.
std::string transcript(std::string_view octets, const std::vector<std::size_t>& cuts) {
  request_reader reader(small);
  std::string out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    const auto end = i < cuts.size() ? cuts[i] : octets.size();
    auto piece = octets.substr(begin, end - begin);
    begin = end;
    for (;;) {
      piece.remove_prefix(reader.take(piece));
      if (reader.now() == request_reader::state::refused)
        return out + "refused " + std::string(reader.refusal().code.name) + "|" + reader.refusal().detail;
      if (reader.now() == request_reader::state::decide) {
        reader.go_on();
      } else if (reader.now() == request_reader::state::complete) {
        const auto r = reader.finish();
        out += std::string(r.method) + " " + r.path + " [" + *r.body + "]\n";
      } else {
        break;
      }
    }
  }
  return out + (reader.now() == request_reader::state::idle ? "idle" : "more");
}

std::vector<std::size_t> every_octet(std::size_t size) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i < size; ++i) out.push_back(i);
  return out;
}

const std::vector<std::string> samples{
    "GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /c HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nX: y\r\n\r\nGET / "
    "HTTP/1.0\r\n\r\n",
    "\r\nPUT /%41?q HTTP/1.1\r\nHost: a:80\r\nContent-Type: text/xml\r\nContent-Length: 0\r\nX-Empty:\r\n\r\n",
    "POST http://a/x HTTP/1.1\r\nHost: a\r\nContent-Length: 64\r\n\r\n" + std::string(64, 'z'),
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n" + std::string(65, 'z'),
};

TEST(RequestReader, ReadsTheSameInWhateverTwoPiecesTheOctetsCome) {
  for (const auto& sample : samples) {
    const auto whole = transcript(sample, {});
    EXPECT_EQ(transcript(sample, every_octet(sample.size())), whole);
    for (std::size_t cut = 1; cut < sample.size(); ++cut) ASSERT_EQ(transcript(sample, {cut}), whole) << "cut at " << cut;
  }
}

TEST(RequestReader, ReadsWhatWasSent) {
  EXPECT_EQ(transcript(samples[0], {}), "GET /a []\nPOST /b [hello]\nGET /c []\nidle");
  EXPECT_EQ(transcript(samples[1], {}), "POST /x [Wikipedia]\nGET / []\nidle");
  EXPECT_EQ(transcript(samples[2], {}), "PUT /A []\nidle");
  EXPECT_EQ(transcript(samples[3], {}), "POST /x [" + std::string(64, 'z') + "]\nidle");
  EXPECT_TRUE(transcript(samples[4], {}).starts_with("refused http.body_too_large"));
}

TEST(RequestReader, KeepsNothingOfADiscardedBody) {
  request_reader reader(small);
  reader.take("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
  ASSERT_EQ(reader.now(), request_reader::state::decide);
  reader.discard_body();
  EXPECT_EQ(reader.take("helloGET"), 5u);
  ASSERT_EQ(reader.now(), request_reader::state::complete);
  EXPECT_EQ(*reader.finish().body, "");
}

TEST(RequestReader, LendsRoomForALongBodyAndTakesBackWhatWasNotFilled) {
  limits wide;
  request_reader reader(wide);
  reader.take("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  reader.go_on();
  std::string sent(1'000'000, '\0');
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i % 251);
  std::size_t at = 0;
  while (reader.now() == request_reader::state::body) {
    if (const auto room = reader.direct_space(); !room.empty()) {
      const auto n = std::min<std::size_t>(room.size(), 1 + at % 40'000);
      sent.copy(room.data(), n, at);
      reader.direct_filled(n);
      at += n;
    }
    if (const auto room = reader.direct_space(); !room.empty()) reader.direct_release();
    if (reader.now() == request_reader::state::body) at += reader.take(std::string_view(sent).substr(at, 100));
  }
  EXPECT_EQ(at, sent.size());
  EXPECT_TRUE(*reader.finish().body == sent);
}

/// Samples with a few octets replaced, inserted, removed or doubled, out of those that matter to HTTP.
class mutator {
 public:
  std::string next() {
    static constexpr std::string_view spice("\r\n\0\t :;,/0123af%#\xff?hHcC-", 24);
    auto out = samples[pick(samples.size())];
    for (auto changes = 1 + pick(3); changes > 0; --changes) {
      const auto at = pick(out.size());
      switch (pick(4)) {
        case 0: out[at] = spice[pick(spice.size())]; break;
        case 1: out.insert(at, 1, spice[pick(spice.size())]); break;
        case 2: out.erase(at, 1 + pick(4)); break;
        default: out.insert(at, out.substr(at, 1 + pick(30)));
      }
    }
    return out;
  }
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

 private:
  std::mt19937 random_{20300102};
};

TEST(RequestReader, GivesMutatedRequestsTheSameVerdictHoweverTheyAreCut) {
  mutator mutants;
  for (int i = 0; i < 20'000; ++i) {
    const auto octets = mutants.next();
    if (octets.empty()) continue;
    const auto whole = transcript(octets, {});
    ASSERT_EQ(transcript(octets, every_octet(octets.size())), whole) << testing::PrintToString(octets);
    ASSERT_EQ(transcript(octets, {mutants.pick(octets.size())}), whole) << testing::PrintToString(octets);
  }
}

/// The first request as Beast reads it, in the form of `transcript`; empty when Beast wants more or refuses.
std::string first_by_beast(std::string_view octets) {
  namespace beast = boost::beast::http;
  beast::request_parser<beast::string_body> parser;
  parser.eager(true);
  boost::system::error_code ec;
  std::size_t at = octets.starts_with("\r\n") ? 2 : 0;
  while (!parser.is_done() && at < octets.size()) {
    const auto used = parser.put(boost::asio::buffer(octets.data() + at, octets.size() - at), ec);
    if (ec || used == 0) return {};
    at += used;
  }
  if (!parser.is_done()) return {};
  return std::string(parser.get().method_string()) + " [" + parser.get().body() + "]";
}

TEST(RequestReader, AcceptsNoRequestThatBeastReadsDifferently) {
  mutator mutants;
  int compared = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto octets = mutants.next();
    const auto ours = transcript(octets, {});
    const auto end = ours.find("]\n");
    if (end == std::string::npos) continue;
    const auto first = ours.substr(0, end + 1);
    ++compared;
    ASSERT_EQ(first.substr(0, first.find(' ')) + first.substr(first.find(" [")), first_by_beast(octets)) << testing::PrintToString(octets);
  }
  EXPECT_GT(compared, 1'000);
}

}  // namespace
}  // namespace shep::http
