#include "core/date_time.hpp"
#include "journal/memory_store.hpp"
#include "pipeline/gateway.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // g++ 12 and Asio's coroutine frames, see http/client.cpp
#endif

namespace shep::pipeline {
namespace {

namespace asio = boost::asio;
using routing::contract_check;

/// Answers with a document, and counts how often it was asked.
class answering_document final : public adapters::adapter {
 public:
  explicit answering_document(std::string document) : document_(std::move(document)) {}
  asio::awaitable<result<adapters::reply>> handle(const adapters::call&) const override {
    ++asked;
    adapters::reply r;
    r.document = document_;
    co_return r;
  }
  mutable int asked = 0;

 private:
  std::string document_;
};

const std::string good_answer =
    "<m:CheckApplicationRequest xmlns:m='http://schemas.letograf.kz/iiscon/bus/v1'><applicationId>97900000000201</applicationId>"
    "</m:CheckApplicationRequest>";
const std::string bad_document =
    "<m:CheckApplicationRequest xmlns:m='http://schemas.letograf.kz/iiscon/bus/v1'><wrong>850315090015</wrong></m:CheckApplicationRequest>";

struct contract_fixture {
  contract_fixture(contract_check mode, std::string answer) : adapter(std::make_shared<answering_document>(std::move(answer))) {
    auto world = std::make_shared<snapshot>();
    world->trust = std::make_shared<crypto::trust_store>(crypto::trust_store::contents{});
    world->success_code = "SCSS001";
    routing::route r;
    r.service_id = "S";
    r.adapter = "fake";
    r.signature_required = false;
    r.contract = mode;
    r.contract_name = "S";
    world->routes = routing::route_table::create({r}).value();
    routing::sender s;
    s.id = "x";
    s.services = {"*"};
    world->senders = routing::sender_registry::create({s}).value();
    world->adapters.emplace("fake", adapter);
    const auto schema =
        std::make_shared<const contract::schema>(contract::schema::compile(contract::schema_files::shipped(), "iiscon/v1/bus.xsd").value());
    world->contracts.emplace("S", contract::service_contract(schema, schema, std::nullopt));
    gateway.emplace(pipeline::gateway::parts{time, identifiers, journal, counted}, world);
  }

  http::response post(const std::string& data) {
    const std::string text =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><t:SendMessage "
        "xmlns:t=\"http://bip.bee.kz/SyncChannel/v10/Types\"><request><requestInfo><messageId>m-1</messageId><serviceId>S</serviceId>"
        "<messageDate>2030-01-02T03:04:05Z</messageDate><sender><senderId>x</senderId></sender></requestInfo><requestData><data>" +
        data + "</data></requestData></request></t:SendMessage></s:Body></s:Envelope>";
    asio::io_context context;
    auto answer = asio::co_spawn(context, gateway->serve(http::make_request("POST", "/bip-sync/", {{"Content-Type", "text/xml"}}, text)),
                                 asio::use_future);
    const auto work = asio::make_work_guard(context);
    while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
    return answer.get();
  }
  journal::completion newest() {
    journal.drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
    const auto page = store->list({}, 1);
    return *store->get(page->entries.at(0).arrived.id).value().completed;
  }

  manual_clock time{parse_date_time("2030-01-02T03:04:05Z").value().utc};
  ids identifiers{1};
  metrics counted;
  std::shared_ptr<journal::memory_store> store = std::make_shared<journal::memory_store>();
  journal::journal journal{store};
  std::shared_ptr<answering_document> adapter;
  std::optional<pipeline::gateway> gateway;
};

TEST(ContractCheck, EnforceRefusesARequestBySce001BeforeTheAdapter) {
  for (const std::string& data : {bad_document, "<![CDATA[" + bad_document + "]]>"}) {
    contract_fixture f(contract_check::enforce, good_answer);
    const auto answer = f.post(data);
    EXPECT_EQ(answer.status, 500U);
    EXPECT_NE(answer.body->find("<faultcode>SCE001</faultcode>"), std::string::npos) << *answer.body;
    EXPECT_EQ(f.adapter->asked, 0);
    const auto told = f.newest();
    EXPECT_EQ(told.problem_code, "protocol.contract_violation");
    EXPECT_NE(told.problem_detail.find("cvc-complex-type.2.4"), std::string::npos) << told.problem_detail;
    EXPECT_EQ(told.problem_detail.find("850315090015"), std::string::npos) << "values stay out of what is logged";
    for (const char* part : {"\"requestContract\"", "\"schema\":\"iiscon/v1/bus.xsd\"", "\"layer\":\"business\"", "/wrong[1]",
                             "\"rule\":\"cvc-complex-type.2.4\"", "\"value\":\"850315090015\"", "\"line\":1"})
      EXPECT_NE(told.trace.find(part), std::string::npos) << part << " in " << told.trace;
  }
}

TEST(ContractCheck, WarnAnswersAndNotesInTheTrace) {
  contract_fixture f(contract_check::warn, bad_document);
  EXPECT_EQ(f.post(bad_document).status, 200U);
  const auto told = f.newest();
  EXPECT_NE(told.trace.find("\"requestContract\""), std::string::npos) << told.trace;
  EXPECT_NE(told.trace.find("\"answerContract\""), std::string::npos) << told.trace;
}

TEST(ContractCheck, WhatFollowsTheSchemaLeavesNoTrace) {
  contract_fixture f(contract_check::enforce, good_answer);
  EXPECT_EQ(f.post(good_answer).status, 200U);
  EXPECT_EQ(f.newest().trace.find("Contract"), std::string::npos) << f.newest().trace;
}

TEST(ContractCheck, OffLooksAtNothing) {
  contract_fixture f(contract_check::off, bad_document);
  EXPECT_EQ(f.post(bad_document).status, 200U);
  EXPECT_EQ(f.newest().trace.find("Contract"), std::string::npos);
}

TEST(ContractCheck, AnAnswerThatEnforceRefusesIsOurErrorAndSaysNothingOutside) {
  contract_fixture f(contract_check::enforce, bad_document);
  const auto answer = f.post(good_answer);
  EXPECT_NE(answer.body->find("<faultcode>SCE909</faultcode>"), std::string::npos) << *answer.body;
  EXPECT_EQ(answer.body->find("wrong"), std::string::npos);
  EXPECT_EQ(f.newest().problem_code, "protocol.answer_contract");
}

}  // namespace
}  // namespace shep::pipeline
