#include "core/date_time.hpp"
#include "eds/problems.hpp"
#include "journal/memory_store.hpp"
#include "pipeline/gateway.hpp"
#include "revocation/problems.hpp"
#include "support/gost_pki.hpp"
#include "support/messages.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

/// Revocation and the rules for signers on the way of an exchange: what the client, the adapter and the journal see of them.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // g++ 12 and Asio's coroutine frames, see http/client.cpp
#endif

namespace shep::pipeline {
namespace {

using namespace test;
namespace asio = boost::asio;
using revocation::state;

revocation::finding found(state what) {
  revocation::finding f;
  f.by = revocation::evidence::crl;
  f.what = what;
  if (what != state::good) f.revoked_at = test_now - 1h;
  f.this_update = test_now - 1min;
  f.next_update = test_now + 1h;
  f.source = "a list";
  return f;
}

/// Answers what it was told to about the leaf of a path, good about the rest; on another turn of the loop, as the network would.
class told final : public revocation_source {
 public:
  using answers = std::map<std::string, result<revocation::finding>>;  ///< by the leaf's common name
  explicit told(answers a) : answers_(std::move(a)) {}

  asio::awaitable<revocation::chain_status> gather(std::vector<crypto::certificate> path, revocation::mode, time_point) const override {
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    ++asked;
    revocation::chain_status out;
    const auto known = answers_.find(path.front().info().common_name);
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
      out.push_back(i == 0 && known != answers_.end() ? known->second : result<revocation::finding>(found(state::good)));
    co_return out;
  }
  mutable int asked = 0;

 private:
  answers answers_;
};

class counting final : public adapters::adapter {
 public:
  asio::awaitable<result<adapters::reply>> handle(const adapters::call& c) const override {
    ++calls;
    business = c.business_indication;
    adapters::reply r;
    r.document = "<answer/>";
    r.sign_transport = false;
    co_return r;
  }
  mutable int calls = 0;
  mutable std::string business;
};

struct setting {
  revocation::mode mode = revocation::mode::none;
  std::shared_ptr<const revocation_source> source;
  routing::route route;
  setting() {
    route.service_id = "DEMO_SERVICE";
    route.adapter = "fake";
  }
};

struct answered {
  unsigned status;
  std::string body, problem, trace, sub_indication;
  int calls;
};

std::shared_ptr<snapshot> world_of(const setting& s, std::shared_ptr<counting> adapter) {
  auto world = std::make_shared<snapshot>();
  world->trust = std::make_shared<crypto::trust_store>(trust_of_every_kind());
  world->signatures.detailed = false;
  world->signatures.compat = true;
  world->signatures.revocation = s.mode;
  world->revocation = s.source;
  world->success_code = "SCSS001";
  world->routes = routing::route_table::create({s.route}).value();
  routing::sender demo;
  demo.id = "demo-sender";
  demo.services = {"*"};
  world->senders = routing::sender_registry::create({demo}).value();
  world->adapters.emplace("fake", std::move(adapter));
  return world;
}

answered exchange_of(const setting& s, const std::string& message) {
  const auto adapter = std::make_shared<counting>();
  manual_clock time{test_now};
  ids identifiers{1};
  metrics counted;
  auto store = std::make_shared<journal::memory_store>();
  journal::journal journal(store);
  gateway g({time, identifiers, journal, counted}, world_of(s, adapter));
  asio::io_context context;
  auto answer =
      asio::co_spawn(context, g.serve(http::make_request("POST", "/bip-sync/", {{"Content-Type", "text/xml"}}, message)), asio::use_future);
  const auto work = asio::make_work_guard(context);
  while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
  const auto response = answer.get();
  journal.drain(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  const auto entry = store->get(store->list({}, 1)->entries.at(0).arrived.id).value();
  return {response.status, *response.body, entry.completed->problem_code, entry.completed->trace, entry.completed->sub_indication,
          adapter->calls};
}

std::string transport_signed(const std::string& data, const crypto::identity& who) {
  request_parts parts;
  parts.data = data;
  static ids fresh(5);
  eds::message_signing how;
  how.profile = eds::transport_profile::key_identifier;
  return eds::sign_message(share(unsigned_message(parts.wrapper())), who, how, fresh).value();
}

const std::string plain_data = "<data>plain</data>";
const crypto::identity& sender() { return signer_of(key_kind::gost2015_512); }

setting asking(told::answers a) {
  setting s;
  s.mode = revocation::mode::best_effort;
  s.source = std::make_shared<told>(std::move(a));
  return s;
}

void expect_fault(const answered& a, const std::string& code, std::string_view problem) {
  EXPECT_EQ(a.status, 500U) << a.body;
  EXPECT_NE(a.body.find("<faultcode>" + code + "</faultcode>"), std::string::npos) << a.body;
  EXPECT_EQ(a.problem, problem);
  EXPECT_EQ(a.calls, 0) << "the adapter must not see the message";
}

TEST(Revocation, WithoutAskingNobodyIsAsked) {
  setting s;
  const auto source = std::make_shared<told>(told::answers{});
  s.source = source;
  const auto a = exchange_of(s, transport_signed(plain_data, sender()));
  EXPECT_EQ(a.status, 200U) << a.body;
  EXPECT_EQ(source->asked, 0);
  EXPECT_EQ(a.trace.find("revocation"), std::string::npos);
}

TEST(Revocation, C08_GoodPassesAndTheEvidenceStandsInTheJournal) {
  const auto a = exchange_of(asking({}), transport_signed(plain_data, sender()));
  EXPECT_EQ(a.status, 200U) << a.body;
  EXPECT_EQ(a.calls, 1);
  EXPECT_NE(a.trace.find("\"revocation\":[{"), std::string::npos) << a.trace;
  EXPECT_NE(a.trace.find("a list"), std::string::npos) << a.trace;
  EXPECT_NE(a.trace.find("2030-01-02T04:04:05"), std::string::npos) << "nextUpdate of the evidence\n" << a.trace;
}

TEST(Revocation, C06_ARevokedSenderIsSce005) {
  const std::string name = sender().certificate.info().common_name;
  for (const state what : {state::revoked, state::on_hold}) {
    const auto a = exchange_of(asking({{name, found(what)}}), transport_signed(plain_data, sender()));
    expect_fault(a, "SCE005", "eds.certificate_revoked");
    EXPECT_EQ(a.sub_indication, "REVOKED");
    EXPECT_NE(a.trace.find("\"subIndication\":\"REVOKED\""), std::string::npos) << a.trace;
  }
}

TEST(Revocation, C09_WhatIsNotKnownIsATemporaryFaultOfItsOwn) {
  const std::string name = sender().certificate.info().common_name;
  const result<revocation::finding> undecided[] = {found(state::unknown), problem(problems::revocation_unavailable, "unreachable")};
  for (const auto& answer : undecided) {
    const auto a = exchange_of(asking({{name, answer}}), transport_signed(plain_data, sender()));
    expect_fault(a, "SIM110", "eds.revocation_undecided");
    EXPECT_EQ(a.sub_indication, "TRY_LATER");
    EXPECT_EQ(a.body.find("unreachable"), std::string::npos) << "why it is not known stays in the journal";
  }
  setting nobody = asking({});
  nobody.source = nullptr;
  expect_fault(exchange_of(nobody, transport_signed(plain_data, sender())), "SIM110", "eds.revocation_undecided");
}

TEST(Revocation, C06_ARevokedSignerOfTheBusinessDataIsSce015) {
  const auto& inner = signer_of(key_kind::gost2004);
  const std::string data = "<data>" + eds::sign_business(share("<r><iin>1</iin></r>"), inner).value() + "</data>";
  const auto good = exchange_of(asking({}), transport_signed(data, sender()));
  EXPECT_EQ(good.status, 200U) << good.body;
  const std::string name = inner.certificate.info().common_name;
  expect_fault(exchange_of(asking({{name, found(state::revoked)}}), transport_signed(data, sender())), "SCE015", "eds.certificate_revoked");
  expect_fault(exchange_of(asking({{name, found(state::unknown)}}), transport_signed(data, sender())), "SIM110",
               "eds.revocation_undecided");
}

// --- who signed the business data

const std::string one = "990101300019", other = "990101300020";

crypto::identity head_of(const std::string& bin, const std::string& iin = one) {
  return identity_of({.kind = key_kind::gost2015_512,
                      .number = 2,
                      .by = nullptr,
                      .common_name = "TEST HEAD",
                      .iin = iin,
                      .bin = bin,
                      .purposes = {"1.2.398.3.3.4.1.2.1"}});
}

std::string signed_data(const std::string& document, const crypto::identity& who) {
  return "<data>" + eds::sign_business(share(document), who).value() + "</data>";
}

std::shared_ptr<const xml::xpath> path(const std::string& text) {
  return std::make_shared<const xml::xpath>(xml::xpath::compile(text).value());
}

setting of_heads() {
  setting s;
  s.route.business = routing::business_signature::required;
  s.route.signer.roles = {"CEO"};
  s.route.signer_bin = path("/r/bin");
  return s;
}

TEST(Signers, TheHeadOfTheNamedOrganizationPasses) {
  const auto a = exchange_of(of_heads(), transport_signed(signed_data("<r><bin> " + other + "\n</bin></r>", head_of(other)), sender()));
  EXPECT_EQ(a.status, 200U) << a.body;
  EXPECT_EQ(a.calls, 1);
}

TEST(Signers, C04_AnotherRoleIsSim108) {
  const std::string data = signed_data("<r><bin>000000000000</bin></r>", sender());
  const auto a = exchange_of(of_heads(), transport_signed(data, sender()));
  expect_fault(a, "SIM108", "eds.certificate_role");
  EXPECT_NE(a.trace.find("\"code\":\"eds.certificate_role\""), std::string::npos) << a.trace;
  EXPECT_NE(a.trace.find("\"layer\":\"business\""), std::string::npos);
}

TEST(Signers, C11_AnotherNumberThanTheDataNameIsSim109) {
  const std::string wrong[] = {one,
                               "99\xD0\x9E"
                               "101300019",
                               "12", ""};
  for (const std::string& named : wrong) {
    const auto a = exchange_of(of_heads(), transport_signed(signed_data("<r><bin>" + named + "</bin></r>", head_of(other)), sender()));
    expect_fault(a, "SIM109", "eds.certificate_identity");
    EXPECT_NE(a.trace.find("CHAIN_CONSTRAINTS_FAILURE"), std::string::npos) << a.trace;
  }
}

TEST(Signers, C11_DataThatNameNobodyOrSeveralAreSim109) {
  expect_fault(exchange_of(of_heads(), transport_signed(signed_data("<r><x>1</x></r>", head_of(other)), sender())), "SIM109",
               "eds.certificate_identity");
  const std::string two = "<r><bin>" + other + "</bin><bin>" + one + "</bin></r>";
  expect_fault(exchange_of(of_heads(), transport_signed(signed_data(two, head_of(other)), sender())), "SIM109", "eds.certificate_identity");
  const std::string same = "<r><bin>" + other + "</bin><bin>" + other + "</bin></r>";
  EXPECT_EQ(exchange_of(of_heads(), transport_signed(signed_data(same, head_of(other)), sender())).status, 200U);
}

TEST(Signers, C04_AnAuthCertificateInsideIsSce015UnlessTheRouteTakesAny) {
  const auto login = identity_of({.kind = key_kind::gost2015_512, .number = 3, .role = crypto::key_usage_role::auth});
  setting s;
  s.route.business = routing::business_signature::required;
  const std::string message = transport_signed(signed_data("<r/>", login), sender());
  expect_fault(exchange_of(s, message), "SCE015", "eds.certificate_usage");
  s.route.signer.signing_key = false;
  EXPECT_EQ(exchange_of(s, message).status, 200U);
}

TEST(Signers, ASecondSignerBesideTheHeadDoesNoHarm) {
  const std::string once = eds::sign_business(share("<r><bin>" + other + "</bin></r>"), head_of(other)).value();
  const std::string twice = eds::sign_business(share(once), sender(), {.earlier = eds::earlier_signatures::keep, .id = {}}).value();
  const auto a = exchange_of(of_heads(), transport_signed("<data>" + twice + "</data>", sender()));
  EXPECT_EQ(a.status, 200U) << a.body;
}

TEST(Signers, WithoutASignatureARouteThatRequiresOneRefuses) {
  expect_fault(exchange_of(of_heads(), transport_signed("<data><r><bin>" + other + "</bin></r></data>", sender())), "SCE017",
               "eds.signature_missing");
}

}  // namespace
}  // namespace shep::pipeline
