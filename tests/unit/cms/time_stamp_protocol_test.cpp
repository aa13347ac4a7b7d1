#include "unit/cms/crafted.hpp"

/// Requests and answers of RFC 3161, and TSTInfo field by field.
namespace shep::cms {
namespace {

const std::string octets = "what was stamped";

result<granted> answered(const std::string& response, const time_stamp_request& q = request_for(octets), time_stamp_rules rules = {}) {
  return verify_response(response, q, everybody(), rules, test_now);
}
std::string granted_with(token_fault fault, const time_stamp_request& q = request_for(octets)) {
  token_settings s = token_at(test_now);
  s.fault = fault;
  s.other_key = rsa_key(key_name::signer);
  return write_granted(write_token(q, authority(), s).value());
}

TEST(TimeStampRequest, IsReadAsItWasWritten) {
  time_stamp_request q = request_for(octets);
  q.policy = test_policy;
  for (const bool certificates : {true, false}) {
    q.certificates = certificates;
    const auto read = read_request(write_request(q)).value();
    EXPECT_EQ(read.digest, q.digest);
    EXPECT_EQ(read.imprint, q.imprint);
    EXPECT_EQ(read.policy, q.policy);
    EXPECT_EQ(read.nonce, q.nonce);
    EXPECT_EQ(read.certificates, certificates);
  }
  const auto bare = read_request(write_request({crypto::digest_algorithm::sha1, std::string(20, 'x'), "", "", false})).value();
  EXPECT_TRUE(bare.policy.empty() && bare.nonce.empty() && !bare.certificates);
}

TEST(TimeStampRequest, RefusesEachWrongFieldWithTheFailureToAnswer) {
  const std::string imprint = write(tags::sequence, algorithm_of("2.16.840.1.101.3.4.2.1") + octets_of(std::string(32, 'x')));
  const auto failure = [](const std::string& body) {
    const auto read = read_request(write(tags::sequence, body));
    EXPECT_FALSE(read);
    return read ? time_stamp_failure::system_failure : failure_for(read.error());
  };
  const std::string one = write_small(1);
  ASSERT_TRUE(read_request(write(tags::sequence, one + imprint)));
  EXPECT_EQ(failure(write_small(2) + imprint), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(imprint), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one + imprint + write(tags::integer, "\xFF")), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one + imprint + write_unsigned(std::string(40, 'x'))), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one + imprint + write(tags::null, "")), time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one + write(tags::sequence, algorithm_of("2.16.840.1.101.3.4.2.1") + octets_of("short"))),
            time_stamp_failure::bad_data_format);
  EXPECT_EQ(failure(one + write(tags::sequence, algorithm_of("1.2.840.113549.2.5") + octets_of(std::string(16, 'x')))),
            time_stamp_failure::bad_algorithm);
  EXPECT_EQ(failure(one + imprint + write(tags::context(0, true), write(tags::sequence, ""))), time_stamp_failure::unaccepted_extension);
  EXPECT_FALSE(read_request(write(tags::sequence, one + imprint) + "x"));
  EXPECT_FALSE(read_request(""));
  EXPECT_FALSE(read_request(std::string(20000, '\x30')));
}

TEST(TimeStampAnswer, AGoodOneProvesWhatWasAsked) {
  const auto got = answered(granted_with(token_fault::none));
  ASSERT_TRUE(got) << describe(got.error());
  EXPECT_EQ(got->says.gen_time, test_now);
  EXPECT_EQ(got->says.nonce, request_for(octets).nonce);
  EXPECT_EQ(got->says.imprint, request_for(octets).imprint);
  EXPECT_TRUE(verify_token(got->token, octets, everybody(), {}, test_now));
  EXPECT_EQ(verify_token(got->token, octets + " ", everybody(), {}, test_now).error().code, problems::time_stamp_invalid);
}

TEST(TimeStampAnswer, EachMisbehaviourIsRefused) {
  const std::pair<token_fault, std::string> faults[] = {{token_fault::wrong_imprint, "imprint"},
                                                        {token_fault::wrong_nonce, "nonce"},
                                                        {token_fault::wrong_policy, "policy"},
                                                        {token_fault::wrong_signature, "signature value"},
                                                        {token_fault::wrong_signer, "signature value"}};
  for (const auto& [fault, words] : faults) {
    const auto got = answered(granted_with(fault));
    ASSERT_FALSE(got) << words;
    EXPECT_EQ(got.error().code, problems::time_stamp_invalid);
    EXPECT_NE(got.error().detail.find(words), std::string::npos) << got.error().detail;
  }
}

TEST(TimeStampAnswer, TheNonceComesBackOrWasNotSent) {
  time_stamp_request without = request_for(octets);
  without.nonce.clear();
  EXPECT_TRUE(answered(granted_with(token_fault::none, without), without));
  EXPECT_FALSE(answered(granted_with(token_fault::none, without))) << "one was sent";
  EXPECT_FALSE(answered(granted_with(token_fault::wrong_nonce, without), without)) << "none was sent";
  time_stamp_request padded = request_for(octets);
  padded.nonce = std::string(1, '\0') + "\x01\x02";
  EXPECT_TRUE(answered(granted_with(token_fault::none, padded), padded)) << "a number, not octets";
}

TEST(TimeStampAnswer, AnotherPolicyThanAskedIsRefused) {
  time_stamp_request asked = request_for(octets);
  asked.policy = tsa_policy_gost2004;
  EXPECT_TRUE(answered(granted_with(token_fault::none, asked), asked));
  time_stamp_request other = asked;
  other.policy = tsa_policy_gost2015;
  const auto got = answered(granted_with(token_fault::none, other), asked);
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().detail.find("asked was"), std::string::npos);
}

TEST(TimeStampAnswer, ACertificateThatWasNotAskedForIsKnownBeforehand) {
  time_stamp_request q = request_for(octets);
  q.certificates = false;
  const std::string response = granted_with(token_fault::none, q);
  EXPECT_TRUE(signed_data::read(read_response(response).value()).value().certificates().empty());
  EXPECT_FALSE(answered(response, q));
  const crypto::trust_store knows({{test_root().certificate}, {}, {authority().certificate}});
  EXPECT_TRUE(verify_response(response, q, knows, {}, test_now));
}

TEST(TimeStampAnswer, RefusalsAreToldInWords) {
  const auto refusal = [](std::optional<time_stamp_failure> failure, std::string_view text) {
    const auto read = read_response(write_rejection(failure, text));
    EXPECT_FALSE(read);
    EXPECT_EQ(read.error().code, problems::time_stamp_refused);
    return read.error().detail;
  };
  EXPECT_EQ(refusal(time_stamp_failure::unaccepted_policy, "no such policy"),
            "the authority answered rejection, unacceptedPolicy: the authority does not stamp under that policy (\"no such policy\")");
  EXPECT_EQ(refusal(std::nullopt, ""), "the authority answered waiting");
  for (const auto failure : {time_stamp_failure::bad_algorithm, time_stamp_failure::bad_request, time_stamp_failure::bad_data_format,
                             time_stamp_failure::time_not_available, time_stamp_failure::unaccepted_extension,
                             time_stamp_failure::additional_information_not_available, time_stamp_failure::system_failure})
    EXPECT_EQ(refusal(failure, "").find("unknown"), std::string::npos);
}

TEST(TimeStampAnswer, RefusesWhatIsNoAnswer) {
  const std::string token = write_token(request_for(octets), authority(), token_at(test_now)).value();
  const std::string status = write(tags::sequence, write_small(0));
  EXPECT_TRUE(read_response(write(tags::sequence, status + token)));
  EXPECT_TRUE(read_response(write(tags::sequence, write(tags::sequence, write_small(1)) + token))) << "granted with modifications";
  for (const std::string& wrong :
       {std::string(), write(tags::sequence, ""), write(tags::sequence, status), write(tags::sequence, status + token + token),
        write(tags::sequence, status + token) + "x", write(tags::sequence, status + write(tags::null, "")),
        write(tags::sequence, write(tags::sequence, write(tags::integer, "\xFF")) + token), token}) {
    const auto read = read_response(wrong);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, problems::time_stamp_format);
  }
}

/// A token around any TSTInfo, signed as it should be.
std::string token_around(const std::string& info) {
  crafted c(authority());
  c.version = write_small(3);
  c.content_type = oid::tst_info;
  c.inside = c.signed_content = info;
  const std::string id = write(tags::sequence, octets_of(authority().certificate.sha256()));
  c.more_attributes = attribute_of(oid::signing_certificate_v2, write(tags::sequence, write(tags::sequence, id)));
  return c.der();
}

struct info_parts {
  std::string version = write_small(1);
  std::string policy = write_oid(test_policy);
  std::string imprint =
      write(tags::sequence, algorithm_of("2.16.840.1.101.3.4.2.1") + octets_of(crypto::digest(crypto::digest_algorithm::sha256, octets)));
  std::string serial = write_small(7);
  std::string gen_time = write(tags::generalized_time, "20300102030405Z");
  std::string rest;
  std::string der() const { return write(tags::sequence, version + policy + imprint + serial + gen_time + rest); }
};

TEST(TimeStampToken, ReadsAllOptionalFields) {
  info_parts i;
  i.gen_time = write(tags::generalized_time, "20300102030404.00025Z");
  i.rest = write(tags::sequence, write_small(2) + write(tags::context(0, false), "\x05") + write(tags::context(1, false), "\x06")) +
           write_boolean(true) + write_small(99) +
           write(tags::context(0, true), write(tags::context(4, true), authority().certificate.info().subject_der)) +
           write(tags::context(1, true), write(tags::sequence, write_oid("1.2.3") + octets_of("x")));
  const auto says = verify_token(token_around(i.der()), octets, everybody(), {}, test_now);
  ASSERT_TRUE(says) << describe(says.error());
  EXPECT_EQ(says->gen_time, test_now - 1s + 250us);
  EXPECT_EQ(says->accuracy, 2s + 5ms + 6us);
  EXPECT_EQ(says->nonce, "c");
  EXPECT_EQ(says->serial_hex, "7");
}

TEST(TimeStampToken, RefusesEachWrongField) {
  const auto refused = [](auto&& change, const problem_code& code) {
    info_parts i;
    change(i);
    const auto says = verify_token(token_around(i.der()), octets, everybody(), {}, test_now);
    ASSERT_FALSE(says);
    EXPECT_EQ(says.error().code, code) << says.error().detail;
  };
  const auto format = problems::time_stamp_format;
  refused([](info_parts& i) { i.version = write_small(2); }, format);
  refused([](info_parts& i) { i.policy = ""; }, format);
  refused([](info_parts& i) { i.serial = write(tags::integer, "\xFF"); }, format);
  refused([](info_parts& i) { i.serial = write_unsigned(std::string(40, 'x')); }, format);
  refused([](info_parts& i) { i.imprint = write(tags::sequence, algorithm_of("2.16.840.1.101.3.4.2.1") + octets_of("x")); }, format);
  refused([](info_parts& i) { i.imprint = write(tags::sequence, algorithm_of("1.2.3") + octets_of("x")); }, format);
  for (const std::string time : {"20300102030405", "20300102030405.Z", "20300102030405.50Z", "20300102030405.5", "20300102030405,5Z",
                                 "20301302030405Z", "2030010203Z", "", "20300102030405.1234567890123456789Z", "20300102030405+0000"})
    refused([&](info_parts& i) { i.gen_time = write(tags::generalized_time, time); }, format);
  refused([](info_parts& i) { i.gen_time = write(tags::utc_time, "300102030405Z"); }, format);
  refused([](info_parts& i) { i.rest = write(tags::sequence, write(tags::context(0, false), std::string("\0", 1))); }, format);
  refused([](info_parts& i) { i.rest = write(tags::sequence, write(tags::context(1, false), "\x03\xE8")); }, format);
  refused([](info_parts& i) { i.rest = write(tags::integer, "\xFF"); }, format);
  refused([](info_parts& i) { i.rest = write(tags::null, ""); }, format);
  const auto invalid = problems::time_stamp_invalid;
  refused([](info_parts& i) { i.policy = write_oid("1.2.3"); }, invalid);
  refused([](info_parts& i) { i.gen_time = write(tags::generalized_time, "20300102030906Z"); }, invalid);
  refused(
      [](info_parts& i) { i.rest = write(tags::context(0, true), write(tags::context(4, true), signer().certificate.info().subject_der)); },
      invalid);
  refused(
      [](info_parts& i) {
        i.rest = write(tags::context(1, true), write(tags::sequence, write_oid("1.2.3") + write_boolean(true) + octets_of("x")));
      },
      invalid);
}

TEST(TimeStampToken, RefusesEachWrongShell) {
  const std::string info = info_parts().der();
  ASSERT_TRUE(verify_token(token_around(info), octets, everybody(), {}, test_now));
  const auto refused = [&](auto&& change, const problem_code& code) {
    crafted c(authority());
    c.version = write_small(3);
    c.content_type = oid::tst_info;
    c.inside = c.signed_content = info;
    const std::string id = write(tags::sequence, octets_of(authority().certificate.sha256()));
    c.more_attributes = attribute_of(oid::signing_certificate_v2, write(tags::sequence, write(tags::sequence, id)));
    change(c);
    const auto says = verify_token(c.der(), octets, everybody(), {}, test_now);
    ASSERT_FALSE(says);
    EXPECT_EQ(says.error().code, code) << says.error().detail;
  };
  refused([](crafted& c) { c.version = write_small(1); }, problems::time_stamp_format);
  refused([](crafted& c) { c.content_type = oid::data; }, problems::time_stamp_format);
  refused([](crafted& c) { c.inside.reset(); }, problems::time_stamp_format);
  refused([](crafted& c) { c.more_attributes.clear(); }, problems::time_stamp_invalid);
  refused([](crafted& c) { c.no_attributes = true; }, problems::time_stamp_invalid);
  refused([](crafted& c) { c.omit_digest = true; }, problems::time_stamp_invalid);
  refused([](crafted& c) { c.certificates.clear(); }, problems::time_stamp_invalid);
  refused(
      [](crafted& c) {
        c.scheme = crypto::signature_algorithm::rsa_sha1;
        c.digest_algorithm = algorithm_of("1.3.14.3.2.26");
        c.signature_algorithm = algorithm_of("1.2.840.113549.1.1.5");
      },
      problems::time_stamp_invalid);
  const std::string two = add_signer(token_around(info), std::nullopt, authority(), ordinary()).value();
  EXPECT_EQ(verify_token(two, octets, everybody(), {}, test_now).error().code, problems::time_stamp_invalid) << "two signers";
}

TEST(TimeStampToken, ATruncatedAnswerIsRefusedAtEveryOctet) {
  const std::string response = granted_with(token_fault::none);
  for (std::size_t length = 0; length < response.size(); ++length) {
    const auto read = read_response(std::string_view(response).substr(0, length));
    ASSERT_FALSE(read) << length;
    ASSERT_EQ(read.error().code, problems::time_stamp_format) << length;
  }
  const std::string token = read_response(response).value();
  for (std::size_t length = 0; length < token.size(); ++length)
    ASSERT_EQ(read_token(std::string_view(token).substr(0, length)).error().code, problems::time_stamp_format) << length;
}

TEST(TimeStampWriting, RefusesWhatCannotBe) {
  token_settings s = token_at(test_now);
  s.serial.clear();
  EXPECT_EQ(write_token(request_for(octets), authority(), s).error().code, problems::usage);
  s = token_at(test_now);
  s.policy = "rubbish";
  EXPECT_EQ(write_token(request_for(octets), authority(), s).error().code, problems::usage);
  s = token_at(test_now);
  s.fault = token_fault::wrong_signer;
  EXPECT_EQ(write_token(request_for(octets), authority(), s).error().code, problems::usage);
}

}  // namespace
}  // namespace shep::cms
