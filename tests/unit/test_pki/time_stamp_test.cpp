#include "cms/time_stamp.hpp"

#include "cms/problems.hpp"
#include "crypto/digest.hpp"
#include "unit/test_pki/responding.hpp"

namespace shep::test_pki {
namespace {

class TimeStamps : public ::testing::TestWithParam<family> {
 protected:
  cms::time_stamp_request request() const {
    cms::time_stamp_request q;
    q.digest = crypto::digest_of(*crypto::usual_signature(key_kind_of(GetParam())));
    q.imprint = crypto::digest(q.digest, "stamped");
    q.nonce = "\x11\x22";
    return q;
  }
  result<cms::granted> ask(const cms::time_stamp_request& q) {
    last = pki.service->time_stamp(cms::write_request(q), "");
    EXPECT_EQ(last.status, 200U);
    EXPECT_EQ(last.content_type, "application/timestamp-reply");
    return cms::verify_response(last.octets, q, pki.trust(), {}, pki.clock.now());
  }

  responding pki{GetParam()};
  answer last;
};

TEST_P(TimeStamps, AGoodOneIsVerified) {
  const auto stamp = ask(request());
  ASSERT_TRUE(stamp) << describe(stamp.error());
  EXPECT_EQ(stamp->says.gen_time, noon);
  EXPECT_EQ(stamp->says.policy, GetParam() == family::gost2004 ? cms::tsa_policy_gost2004 : cms::tsa_policy_gost2015);
  EXPECT_NE(ask(request())->says.serial_hex, stamp->says.serial_hex);
}

TEST_P(TimeStamps, EachMisbehaviourIsWhatItIsCalled) {
  pki.tell(responder::tsp, behaviour::wrong_signer);
  EXPECT_EQ(ask(request()).error().code, problems::time_stamp_invalid);
  pki.tell(responder::tsp, behaviour::malformed);
  EXPECT_EQ(ask(request()).error().code, problems::time_stamp_format);
  pki.tell(responder::tsp, behaviour::try_later);
  EXPECT_EQ(ask(request()).error().code, problems::time_stamp_refused);
  pki.tell(responder::tsp, behaviour::stale);
  EXPECT_EQ(ask(request())->says.gen_time, noon - std::chrono::hours(24 * 30));
  pki.tell(responder::tsp, behaviour::slow);
  EXPECT_TRUE(ask(request()));
  EXPECT_EQ(last.delay, default_delay);
}

TEST_P(TimeStamps, OtherPoliciesAndGarbageAreRejected) {
  auto q = request();
  q.policy = "1.2.3.4";
  EXPECT_EQ(ask(q).error().code, problems::time_stamp_refused);
  EXPECT_EQ(cms::read_response(pki.service->time_stamp("garbage", "").octets).error().code, problems::time_stamp_refused);
  EXPECT_EQ(pki.service->time_stamp(cms::write_request(request()), "none").status, 404U);
}

INSTANTIATE_TEST_SUITE_P(All, TimeStamps, ::testing::Values(family::rsa, family::gost2015, family::gost2004),
                         [](const auto& one) { return std::string(name_of(one.param)); });

}  // namespace
}  // namespace shep::test_pki
