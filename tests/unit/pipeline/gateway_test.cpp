#include "pipeline/gateway.hpp"

#include "core/date_time.hpp"
#include "journal/memory_store.hpp"
#include "protocol/problems.hpp"

#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace shep::pipeline {
namespace {

namespace asio = boost::asio;

const std::string request_text =
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><t:SendMessage "
    "xmlns:t=\"http://bip.bee.kz/SyncChannel/v10/Types\"><request>"
    "<requestInfo><messageId>m-1</messageId><serviceId>S</serviceId><messageDate>2030-01-02T03:04:05Z</messageDate><sender><senderId>x</"
    "senderId></sender>"
    "<sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId></requestInfo><requestData><data>plain</data></requestData></request></"
    "t:SendMessage></s:Body></s:Envelope>";

class throwing final : public adapters::adapter {
 public:
  asio::awaitable<result<adapters::reply>> handle(const adapters::call&) const override {
    throw std::runtime_error("secret detail of a bug");
    co_return problem();
  }
};

class answering final : public adapters::adapter {
 public:
  explicit answering(result<adapters::reply> r) : reply_(std::move(r)) {}
  asio::awaitable<result<adapters::reply>> handle(const adapters::call&) const override { co_return reply_; }

 private:
  result<adapters::reply> reply_;
};

/// A journal store that cannot write.
class broken_store final : public journal::store {
 public:
  result<void> append(std::span<const journal::record>) override { return problem(problems::environment, "disk full"); }
  result<journal::page> list(const journal::filter&, std::size_t, std::optional<std::uint64_t>) const override { return journal::page{}; }
  result<journal::entry> get(const std::string&) const override { return problem(problems::environment, "no"); }
  result<std::uint64_t> count(const journal::filter&) const override { return std::uint64_t{0}; }
  result<void> remove_all() override { return {}; }
};

std::shared_ptr<snapshot> world_with(std::shared_ptr<const adapters::adapter> adapter) {
  auto world = std::make_shared<snapshot>();
  world->trust = std::make_shared<crypto::trust_store>(crypto::trust_store::contents{});
  world->success_code = "SCSS001";
  world->success_message = "ok";
  routing::route r;
  r.service_id = "S";
  r.adapter = "fake";
  r.signature_required = false;
  world->routes = routing::route_table::create({r}).value();
  routing::sender s;
  s.id = "x";
  s.services = {"*"};
  world->senders = routing::sender_registry::create({s}).value();
  world->adapters.emplace("fake", std::move(adapter));
  return world;
}

struct fixture {
  explicit fixture(std::shared_ptr<const adapters::adapter> adapter,
                   std::shared_ptr<journal::store> into = std::make_shared<journal::memory_store>())
      : store(std::move(into)), journal(store), gateway({time, identifiers, journal, counted}, world_with(std::move(adapter))) {}

  http::response post(const std::string& body, const std::string& fault = "-") {
    asio::io_context context;
    auto request = http::make_request("POST", "/bip-sync/", {{"Content-Type", "text/xml"}, {"X-Shepsim-Fault", fault}}, body);
    auto answer = asio::co_spawn(context, gateway.serve(std::move(request)), asio::use_future);
    // The journal's writer answers from its own thread, so the context is kept running until the answer is there.
    const auto work = asio::make_work_guard(context);
    while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
    return answer.get();
  }
  journal::entry newest() {
    journal.drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
    const auto page = store->list({}, 1);
    return store->get(page->entries.at(0).arrived.id).value();
  }

  manual_clock time{parse_date_time("2030-01-02T03:04:05Z").value().utc};
  ids identifiers{1};
  metrics counted;
  std::shared_ptr<journal::store> store;
  journal::journal journal;
  pipeline::gateway gateway;
};

adapters::reply document_reply(std::string document) {
  adapters::reply r;
  r.document = std::move(document);
  return r;
}

TEST(Gateway, AnswersWithTheRequestsIdsAndTheClocksTime) {
  fixture f(std::make_shared<answering>(document_reply("<?xml version='1.0'?><!-- top --><a>ҮЛГІ</a>")));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 200U) << *answer.body;
  EXPECT_NE(answer.body->find("<correlationId>m-1</correlationId>"), std::string::npos);
  EXPECT_NE(answer.body->find("<sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId>"), std::string::npos);
  EXPECT_NE(answer.body->find("<responseDate>2030-01-02T08:04:05.000+05:00</responseDate>"), std::string::npos);
  EXPECT_NE(answer.body->find("&lt;a&gt;ҮЛГІ&lt;/a&gt;"), std::string::npos) << "a request without XML is answered by escaped text";
  EXPECT_EQ(*f.newest().completed->response, *answer.body);
}

TEST(Gateway, AnExceptionIsSce909WithoutAWordOfTheBug) {
  fixture f(std::make_shared<throwing>());
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_NE(answer.body->find("<faultcode>SCE909</faultcode>"), std::string::npos) << *answer.body;
  EXPECT_EQ(answer.body->find("secret detail"), std::string::npos);
  EXPECT_NE(f.newest().completed->problem_detail.find("secret detail"), std::string::npos);
}

TEST(Gateway, AFaultOfTheRecipientIsPassedOn) {
  adapters::reply r;
  r.fault = adapters::reply::soap_fault{"SCE909", "занято", "later"};
  fixture f(std::make_shared<answering>(r));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_NE(answer.body->find("<faultcode>SCE909</faultcode><faultstring>занято</faultstring>"), std::string::npos) << *answer.body;
}

TEST(Gateway, OctetsOfTheRecipientLeaveAsTheyAre) {
  adapters::reply r;
  r.octets = share("<any octets");
  fixture f(std::make_shared<answering>(r));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(*answer.body, "<any octets");
  EXPECT_EQ(*f.newest().completed->response, "<any octets");
}

TEST(Gateway, OctetsOfAFaultLeaveAsTheyAreAndAreAFault) {
  adapters::reply r;
  r.octets = share("<any fault");
  r.fault = adapters::reply::soap_fault{"E1", "m", ""};
  fixture f(std::make_shared<answering>(r));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_EQ(*answer.body, "<any fault");
  EXPECT_EQ(f.newest().completed->fault_code, "E1");
}

TEST(Gateway, F03_OctetsThatTheJournalCannotHoldDoNotLeave) {
  adapters::reply r;
  r.octets = share("<any octets");
  fixture f(std::make_shared<answering>(r), std::make_shared<broken_store>());
  EXPECT_NE(f.post(request_text).body->find("<faultcode>SIM106</faultcode>"), std::string::npos);
}

TEST(Gateway, R07_AnAdapterThatAnswersNoXmlIsOurError) {
  fixture f(std::make_shared<answering>(document_reply("<a><b></a>")));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_NE(answer.body->find("<faultcode>SCE909</faultcode>"), std::string::npos) << *answer.body;
}

TEST(Gateway, ATimeoutOfTheRecipientHasItsOwnCode) {
  fixture f(std::make_shared<answering>(problem(problems::recipient_timeout, "too late")));
  EXPECT_NE(f.post(request_text).body->find("<faultcode>SIM105</faultcode>"), std::string::npos);
}

TEST(Gateway, R04_AnAnswerThatMustBeSignedNeverLeavesUnsigned) {
  auto reply = document_reply("<a/>");
  reply.sign_transport = true;
  fixture f(std::make_shared<answering>(reply));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_EQ(answer.body->find("SendMessageResponse"), std::string::npos);
}

TEST(Gateway, F03_WhatTheJournalCannotHoldIsNotAnswered) {
  fixture f(std::make_shared<answering>(document_reply("<a/>")), std::make_shared<broken_store>());
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_NE(answer.body->find("<faultcode>SIM106</faultcode>"), std::string::npos) << *answer.body;
  EXPECT_EQ(answer.body->find("disk full"), std::string::npos);
}

TEST(Gateway, AReplacedWorldServesTheNextRequest) {
  fixture f(std::make_shared<answering>(document_reply("<old/>")));
  EXPECT_NE(f.post(request_text).body->find("old"), std::string::npos);
  f.gateway.replace(world_with(std::make_shared<answering>(document_reply("<new/>"))));
  EXPECT_NE(f.post(request_text).body->find("new"), std::string::npos);
}

adapters::reply spoilt(faults::kind what) {
  adapters::reply r = document_reply("<a>b</a>");
  r.injected = faults::injection{what, {}, {}, {}, faults::usual_time};
  return r;
}

std::string injected_in(const journal::entry& e) {
  const std::string& trace = e.completed->trace;
  const std::size_t at = trace.find("\"injectedFault\"");
  return at == std::string::npos ? std::string() : trace.substr(at, trace.find('}', at) - at + 1);
}

TEST(InjectedFaults, OfAMappingReachTheWireTheJournalAndTheMetrics) {
  struct expected {
    faults::kind what;
    http::delivery how;
    unsigned status;
    std::string outcome;
  };
  const expected cases[] = {{faults::kind::connection_reset, http::delivery::reset, 0, "http_error"},
                            {faults::kind::malformed_response_chunk, http::delivery::malformed_chunk, 200, "answered"},
                            {faults::kind::slow_drip, http::delivery::drip, 200, "answered"},
                            {faults::kind::http_429, http::delivery::complete, 429, "http_error"},
                            {faults::kind::must_understand, http::delivery::complete, 500, "fault"}};
  for (const expected& e : cases) {
    fixture f(std::make_shared<answering>(spoilt(e.what)));
    const auto answer = f.post(request_text);
    EXPECT_EQ(answer.how, e.how) << faults::name_of(e.what);
    EXPECT_EQ(answer.status, e.status) << faults::name_of(e.what);
    const auto entry = f.newest();
    EXPECT_EQ(entry.completed->outcome, e.outcome) << faults::name_of(e.what);
    EXPECT_EQ(entry.completed->http_status, static_cast<int>(e.status));
    EXPECT_EQ(*entry.completed->response, *answer.body) << "the journal keeps what left";
    const std::string told = injected_in(entry);
    EXPECT_NE(told.find("\"name\":\"" + std::string(faults::name_of(e.what)) + "\""), std::string::npos) << told;
    EXPECT_NE(told.find("\"askedBy\":\"mapping\",\"applied\":true"), std::string::npos) << told;
    std::string metrics;
    f.counted.write(metrics);
    EXPECT_NE(metrics.find("shepsim_faults_injected_total{kind=\"" + std::string(faults::name_of(e.what)) + "\"} 1\n"), std::string::npos);
  }
}

TEST(InjectedFaults, WithNothingToSpoilAreNotCounted) {
  for (const auto what : {faults::kind::signature_missing, faults::kind::cert_expired, faults::kind::signature_wrapped,
                          faults::kind::inner_signature_missing}) {
    fixture f(std::make_shared<answering>(spoilt(what)));
    const auto answer = f.post(request_text);
    EXPECT_EQ(answer.status, 200U) << "an unsigned request is answered without a signature";
    const std::string told = injected_in(f.newest());
    EXPECT_NE(told.find("\"applied\":false,\"why\":\""), std::string::npos) << told;
    std::string metrics;
    f.counted.write(metrics);
    EXPECT_EQ(metrics.find("shepsim_faults_injected_total{"), std::string::npos);
  }
}

TEST(InjectedFaults, AHeaderIsNothingFromASenderWhoIsNoTester) {
  fixture f(std::make_shared<answering>(document_reply("<a/>")));
  const auto answer = f.post(request_text, "EMPTY_RESPONSE");
  EXPECT_EQ(answer.how, http::delivery::complete);
  EXPECT_EQ(injected_in(f.newest()), "");
}

TEST(HttpAnswers, OfAMappingKeepTheirStatusAndHeaders) {
  adapters::reply r = document_reply("not an envelope");
  r.http = adapters::reply::http_answer{202, {{"X-A", "1"}, {"content-type", "text/plain"}}, true};
  fixture f(std::make_shared<answering>(std::move(r)));
  const auto answer = f.post(request_text);
  EXPECT_EQ(answer.status, 202U);
  EXPECT_EQ(*answer.body, "not an envelope");
  EXPECT_EQ(answer.content_type, "text/plain");
  ASSERT_EQ(answer.headers.size(), 1u);
  EXPECT_EQ(answer.headers[0].name, "X-A");
  EXPECT_EQ(f.newest().completed->http_status, 202);
}

}  // namespace
}  // namespace shep::pipeline
