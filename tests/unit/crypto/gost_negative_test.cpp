#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "crypto/gost/sign.hpp"
#include "crypto/key.hpp"
#include "crypto/problems.hpp"
#include "gost_plain.hpp"
#include "gost_support.hpp"

#include <functional>
#include <map>

#include <gtest/gtest.h>

/// Our own negative set for S45, since no public one exists: made from one good signature of each algorithm with fixed numbers, each vector
/// with the class of mistake it stands for and the refusal that it has to meet.
namespace shep::crypto {
namespace {

using gost_plain::integer;
using gost_support::reversed;

struct subject {
  const char* name;
  signature_algorithm algorithm;
  gost::curve curve;
  const gost_plain::curve* plain;
};

const subject subjects[] = {
    {"gost2015_512", signature_algorithm::gost2015_512, gost::curve::tc26_512_a, &gost_plain::curve::tc26_512_a()},
    {"gost2004", signature_algorithm::gost2004, gost::curve::cryptopro_a, &gost_plain::curve::cryptopro_a()},
    {"gost2015_256", signature_algorithm::gost2015_256, gost::curve::tc26_256_a, &gost_plain::curve::tc26_256_a()},
};

constexpr std::string_view message = "what was signed";

std::string parameter_oids(signature_algorithm a) {
  using namespace asn1;
  switch (a) {
    case signature_algorithm::gost2015_512: return write_oid("1.2.398.3.10.1.1.2.2.1") + write_oid("1.2.398.3.10.1.3.3");
    case signature_algorithm::gost2004: return write_oid("1.2.398.3.10.1.1.1.1.1") + write_oid("1.2.398.3.10.1.3.1.1.0");
    default: return write_oid("1.2.398.3.10.1.1.2.1.1") + write_oid("1.2.398.3.10.1.3.2");
  }
}

std::string spki(signature_algorithm a, const std::string& point, const std::string& oids) {
  using namespace asn1;
  const std::string algorithm = write(tags::sequence, write_oid(key_oid_of(key_of(a))) + write(tags::sequence, oids));
  return write(tags::sequence, algorithm + write_bit_string(write(tags::octet_string, point)));
}

class negative_vectors {
 public:
  explicit negative_vectors(const subject& s) : s_(s), c_(*s.plain), n_(c_.size) {
    d_ = std::string(n_, '\x5A');
    d_.back() = '\x11';
    std::string k(n_, '\x37');
    k.back() = '\x09';
    const auto signer = gost::signing_key::from_number(s.curve, d_);
    point_ = signer->public_octets();
    digest_ = digest(digest_of(s.algorithm), message);
    good_ = signer->sign_with_nonce(digest_, k).value();
    key_.emplace(public_key::from_spki(spki(s.algorithm, point_, parameter_oids(s.algorithm))).value());
  }

  std::map<std::string, int> counts;

  void run() {
    ASSERT_TRUE(key_->verify(s_.algorithm, message, good_)) << "the vector that all others are made from";
    ASSERT_TRUE(c_.verify(point_, digest_, good_));
    numbers_out_of_range();
    layouts();
    lengths();
    asn1_forms();
    flipped_octets();
    digests();
    other_keys();
    keys_that_are_none();
  }

 private:
  void refuse(const std::string& kind, const problem_code& code, const result<void>& verdict) {
    ++counts[kind];
    ASSERT_FALSE(verdict) << s_.name << " " << kind << " " << counts[kind];
    EXPECT_EQ(verdict.error().code, code) << s_.name << " " << kind << " " << counts[kind];
    EXPECT_FALSE(verdict.error().detail.empty());
  }
  void signature(const std::string& kind, const std::string& value) {
    refuse(kind, problems::crypto_signature, key_->verify(s_.algorithm, message, value));
  }
  void key(const std::string& kind, const std::string& point, const std::string& oids) {
    const auto read = public_key::from_spki(spki(s_.algorithm, point, oids));
    refuse(kind, problems::crypto_key, read ? read->verify(s_.algorithm, message, good_) : read.error());
  }
  void key(const std::string& kind, const std::string& point) { key(kind, point, parameter_oids(s_.algorithm)); }

  std::string r() const { return good_.substr(0, n_); }
  std::string s() const { return good_.substr(n_); }
  std::string octets(const integer& i) const { return i.write(n_); }

  void numbers_out_of_range() {
    const std::string zero(n_, '\0'), most(n_, '\xFF'), q = octets(c_.q), p = octets(c_.p);
    for (const std::string& bad : {zero, q, p, most, octets(c_.q + integer(1UL))}) {
      signature("r out of range", bad + s());
      signature("s out of range", r() + bad);
      for (const std::string& other : {zero, q, most}) signature("r and s out of range", bad + other);
    }
    const integer big_r = integer::read(r()) + c_.q, big_s = integer::read(s()) + c_.q;
    if (big_r.fits(n_)) signature("r + q", octets(big_r) + s());
    if (big_s.fits(n_)) signature("s + q", r() + octets(big_s));
    signature("q - r", octets(c_.q - integer::read(r())) + s());
    signature("q - s", r() + octets(c_.q - integer::read(s())));
    for (unsigned long n = 1; n <= 4; ++n) {
      signature("tiny r", octets(integer(n)) + s());
      signature("tiny s", r() + octets(integer(n)));
      signature("tiny r and s", octets(integer(n)) + octets(integer(n)));
      signature("r just below q", octets(c_.q - integer(n)) + s());
      signature("s just below q", r() + octets(c_.q - integer(n)));
    }
  }

  void layouts() {
    signature("s || r", s() + r());
    signature("r_BE || s_BE", reversed(r()) + reversed(s()));
    signature("s_BE || r_BE, the Russian X.509 form", reversed(good_));
    signature("one half big-endian", reversed(r()) + s());
    signature("one half big-endian", r() + reversed(s()));
    signature("r twice", r() + r());
    signature("s twice", s() + s());
    for (const std::size_t width : {2U, 4U, 8U, 16U}) {
      std::string words;
      for (std::size_t i = 0; i < good_.size(); i += width) words += reversed(good_.substr(i, width));
      signature("words of another byte order", words);
    }
  }

  void lengths() {
    for (std::size_t n = 0; n < good_.size(); ++n) {
      signature("truncated at the end", good_.substr(0, n));
      if (n > 0) signature("truncated at the start", good_.substr(n));
    }
    for (const std::size_t n : {1U, 2U, 16U, 32U, 64U, 128U, 65536U}) {
      signature("extended", good_ + std::string(n, '\0'));
      signature("extended", std::string(n, '\0') + good_);
      signature("zeros between", r() + std::string(n, '\0') + s());
    }
    signature("twice", good_ + good_);
    signature("hexadecimal", to_hex(good_));
    signature("base64", to_base64(good_));
  }

  void asn1_forms() {
    using namespace asn1;
    const std::string r_number = write_unsigned(reversed(r())), s_number = write_unsigned(reversed(s()));
    signature("SEQUENCE of INTEGERs", write(tags::sequence, r_number + s_number));
    signature("SEQUENCE of INTEGERs", write(tags::sequence, s_number + r_number));
    signature("SEQUENCE of INTEGERs", write(tags::sequence, write_unsigned(r()) + write_unsigned(s())));
    signature("wrapped", write(tags::octet_string, good_));
    signature("wrapped", write_bit_string(good_));
    signature("wrapped", write(tags::sequence, good_));
    signature("SEQUENCE cut to length", write(tags::sequence, r_number + s_number).substr(0, good_.size()));
  }

  void flipped_octets() {
    for (std::size_t i = 0; i < good_.size(); ++i) {
      for (const int bit : {0, 7}) {
        std::string bent = good_;
        bent[i] = static_cast<char>(bent[i] ^ 1 << bit);
        signature("flipped bit", bent);
      }
    }
  }

  void digests() {
    const auto digest_is = [&](const std::string& kind, const std::string& value) {
      refuse(kind, problems::crypto_signature, key_->verify_digest(s_.algorithm, value, good_));
    };
    ASSERT_TRUE(key_->verify_digest(s_.algorithm, digest_, good_));
    digest_is("digest of another byte order", reversed(digest_));
    for (std::size_t n = 0; n <= 2 * n_; ++n) {
      if (n != n_) digest_is("digest of another length", (digest_ + digest_).substr(0, n));
    }
    for (std::size_t i = 0; i < n_; ++i) {
      std::string bent = digest_;
      bent[i] = static_cast<char>(bent[i] ^ 0x10);
      digest_is("digest with a flipped bit", bent);
    }
    digest_is("digest zero", std::string(n_, '\0'));
    for (const digest_algorithm other :
         {digest_algorithm::sha256, digest_algorithm::sha512, digest_algorithm::streebog256, digest_algorithm::streebog512,
          digest_algorithm::gost34311, digest_algorithm::gost34311_cryptopro}) {
      if (other != digest_of(s_.algorithm)) digest_is("another digest algorithm", digest(other, message));
    }
    for (std::size_t i = 0; i < message.size(); ++i) {
      std::string bent(message);
      bent[i] = static_cast<char>(bent[i] ^ 1);
      refuse("another message", problems::crypto_signature, key_->verify(s_.algorithm, bent, good_));
    }
  }

  void other_keys() {
    for (unsigned long n = 1; n <= 8; ++n) {
      const std::string point = c_.public_key(integer::read(d_) + integer(n));
      const public_key other = public_key::from_spki(spki(s_.algorithm, point, parameter_oids(s_.algorithm))).value();
      refuse("wrong key", problems::crypto_signature, other.verify(s_.algorithm, message, good_));
    }
    gost_plain::point negative = c_.read(point_);
    negative.y = c_.p - negative.y;
    const public_key negated = public_key::from_spki(spki(s_.algorithm, c_.write(negative), parameter_oids(s_.algorithm))).value();
    refuse("negated key", problems::crypto_signature, negated.verify(s_.algorithm, message, good_));
    for (int i = 0; i <= static_cast<int>(signature_algorithm::gost2015_512); ++i) {
      const auto other = static_cast<signature_algorithm>(i);
      if (other != s_.algorithm) refuse("key of another kind", problems::crypto_key, key_->verify(other, message, good_));
    }
  }

  void keys_that_are_none() {
    const std::string x = point_.substr(0, n_), y = point_.substr(n_);
    const gost_plain::point g = c_.g;
    key("point at infinity", std::string(2 * n_, '\0'));
    key("point off the curve", std::string(2 * n_, '\xFF'));
    key("point off the curve", y + x);
    key("point off the curve", reversed(point_));
    key("point off the curve", reversed(x) + reversed(y));
    key("point off the curve", x + std::string(n_, '\0'));
    key("point off the curve", std::string(n_, '\0') + y);
    for (std::size_t i = 0; i < point_.size(); ++i) {
      std::string bent = point_;
      bent[i] = static_cast<char>(bent[i] ^ 4);
      key("point off the curve", bent);
    }
    // The same points modulo p, written with numbers that are not reduced.
    if ((g.x + c_.p).fits(n_)) key("x not below p", octets(g.x + c_.p) + octets(g.y));
    key("x not below p", octets(c_.p) + octets(g.y));
    key("y not below p", octets(g.x) + octets(c_.p));
    key("y not below p", octets(g.x) + std::string(n_, '\xFF'));
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, n_ - 1, n_, n_ + 1, 2 * n_ - 1})
      key("point truncated", point_.substr(0, n));
    key("point extended", point_ + '\0');
    key("point extended", '\x04' + point_);
    key("point extended", point_ + point_);
    // Points of order 2, 4 and of all four times q.
    if (s_.curve == gost::curve::tc26_256_a) {
      int small = 0;
      for (unsigned long n = 1; n < 40; ++n) {
        const auto lifted = c_.lifted(integer(n));
        if (!lifted) continue;
        const gost_plain::point order_four = c_.multiple(c_.q, *lifted);
        if (order_four.infinite) continue;
        ++small;
        key("point of small order", c_.write(order_four));
        key("point outside the group", c_.write(*lifted));
      }
      EXPECT_GE(small, 5);
    }
    using asn1::write_oid;
    const std::string set = "1.2.398.3.10.1.1.2.2.1";
    for (const subject& other : subjects) {
      if (other.algorithm != s_.algorithm) key("parameters of another kind", point_, parameter_oids(other.algorithm));
    }
    key("parameters", point_, "");
    key("parameters", point_, write_oid("1.2.643.7.1.2.1.2.1") + write_oid("1.2.643.7.1.1.2.3"));
    key("parameters", point_, write_oid("1.2.643.2.2.35.1") + write_oid("1.2.643.2.2.30.1"));
    key("parameters", point_, parameter_oids(s_.algorithm) + write_oid(set));
    key("parameters", point_, write_oid(set));
    key("parameters", point_, parameter_oids(s_.algorithm) + asn1::write(asn1::tags::null, ""));
    bent_structures();
  }

  void bent_structures() {
    using namespace asn1;
    const std::string kind(key_oid_of(key_of(s_.algorithm)));
    const std::string algorithm = write(tags::sequence, write_oid(kind) + write(tags::sequence, parameter_oids(s_.algorithm)));
    const std::string bare = write(tags::sequence, write_oid(kind));
    const std::string null = write(tags::sequence, write_oid(kind) + write(tags::null, ""));
    const std::string bits = write_bit_string(write(tags::octet_string, point_));
    for (const std::string& der :
         {write(tags::sequence, algorithm + write_bit_string(point_)), write(tags::sequence, algorithm + write_bit_string("\x04" + point_)),
          write(tags::sequence, algorithm + write(tags::octet_string, point_)), write(tags::sequence, bare + bits),
          write(tags::sequence, null + bits), write(tags::sequence, algorithm + bits + bits),
          write(tags::sequence, algorithm + write_bit_string(write(tags::octet_string, point_) + '\0')),
          write(tags::sequence, algorithm + write_bit_string(write(tags::octet_string, write(tags::octet_string, point_))))}) {
      const auto read = public_key::from_spki(der);
      refuse("structure of the key", problems::crypto_key, read ? read->verify(s_.algorithm, message, good_) : read.error());
    }
  }

  const subject& s_;
  const gost_plain::curve& c_;
  std::size_t n_;
  std::string d_, point_, digest_, good_;
  std::optional<public_key> key_;
};

TEST(GostNegative, S45_EveryVectorIsRefusedForItsReason) {
  int all = 0;
  for (const subject& s : subjects) {
    negative_vectors v(s);
    v.run();
    int own = 0;
    for (const auto& [kind, count] : v.counts) own += count;
    EXPECT_GE(own, 500) << s.name;
    EXPECT_GE(v.counts.size(), 30U) << s.name;
    RecordProperty(s.name, own);
    all += own;
  }
  std::cout << all << " negative vectors\n";
  EXPECT_GE(all, 1500);
}

}  // namespace
}  // namespace shep::crypto
