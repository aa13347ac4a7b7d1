#include "calling.hpp"

#include "http/io_threads.hpp"
#include "http/server.hpp"
#include "mocks/engine/mapping_loader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

namespace shep::adapters::testing {

namespace {

namespace asio = boost::asio;

/// Answers ECHO and BRIEF at once and SLOW after `never`, as the mappings do.
asio::awaitable<http::response> answer(http::request r) {
  if (r.path == "/SLOW") {
    asio::steady_timer timer(co_await asio::this_coro::executor, never);
    boost::system::error_code cut_off;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cut_off));
  }
  http::response out;
  out.content_type = "text/xml";
  out.body = share(
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessageResponse "
      "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><response><responseInfo><status><code>SCSS001</code></status></responseInfo>"
      "<responseData><data><real/></data></responseData></response></t:SendMessageResponse></s:Body></s:Envelope>");
  co_return out;
}

/// The recipient of all tests of this program: one server, for as long as the program runs.
std::string recipient_address() {
  static http::io_threads threads(1);
  static http::server server(threads);
  static const http::endpoint at = [] {
    http::listener_options o;
    o.connections_per_address = 0;
    o.handler = answer;
    return server.listen(std::move(o)).value();
  }();
  return "http://" + at.address + ":" + std::to_string(at.port);
}

/// Endpoints for the services that the mappings know, and for no other.
std::shared_ptr<const forwarding::grounds> grounds_with(const std::string& address, ids& identifiers) {
  auto g = std::make_shared<forwarding::grounds>();
  for (const std::string service : {"ECHO", "SLOW", "BRIEF"}) {
    forwarding::endpoint_settings e;
    e.text = address + "/" + service;
    e.to = http::parse_url(e.text).value();
    e.request = forwarding::endpoint_settings::request_form::as_received;
    e.signature = forwarding::endpoint_settings::answer_signature::ignored;
    e.breaking = {0, std::chrono::seconds(1)};
    e.room = {16, 1000};
    g->endpoints.emplace(service, std::make_shared<forwarding::endpoint>(std::move(e), nullptr));
  }
  g->identifiers = &identifiers;
  g->instance = "test";
  return g;
}

}  // namespace

parts parts_with(std::string mappings_json) {
  static ids identifiers(7);
  const mocks::mapping_text file{"mappings/test.json", std::move(mappings_json)};
  mocks::memory_bodies none({});
  auto loaded = mocks::load_mappings(std::span(&file, 1), none);
  for (const problem& p : loaded.problems) ADD_FAILURE() << describe(p);
  mocks::surroundings around;
  around.identifiers = &identifiers;
  auto engine = std::make_shared<const mocks::engine>(mocks::stub_store::create(std::move(loaded.mappings)).value(), around);
  return {std::move(engine), grounds_with(recipient_address(), identifiers)};
}

std::string usual_mappings() {
  return R"({"mappings": [
    {"name": "echo", "request": {"shep": {"serviceId": "ECHO"}},
     "response": {"body": "<echo id='{{request.messageId}}'>{{request.senderId}}</echo>", "transformers": ["response-template"],
                  "shep": {"statusCode": "SCSS001", "statusMessage": "{{request.correlationId}}"}}},
    {"name": "slow", "request": {"shep": {"serviceId": "SLOW"}},
     "response": {"fixedDelayMilliseconds": 600000, "shep": {"statusCode": "SCSS001"}}},
    {"name": "brief", "request": {"shep": {"serviceId": "BRIEF"}},
     "response": {"fixedDelayMilliseconds": 1, "shep": {"statusCode": "SCSS001"}}}
  ]})";
}

question::question(std::string service_id, std::string business_data) {
  std::string text =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessage "
      "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestData><data>" +
      business_data + "</data></requestData></request></t:SendMessage></s:Body></s:Envelope>";
  envelope_ = xml::admit(share(std::move(text))).value();
  route.service_id = service_id;
  route.adapter = "any";
  request.service_id = std::move(service_id);
  request.message_id = "m-1";
  request.correlation_id = "c-1";
  request.sender_id = "portal";
  request.session_id = "{00000000-0000-4000-8000-000000000001}";
  request.data.form = protocol::carrier::child_element;
  for (xml::element e = envelope_.root(); e; e = e.next_in_document(envelope_.root()))
    if (e.local_name() == "data") request.data.data = e;
}

call question::until(std::chrono::steady_clock::time_point deadline) const {
  return {request, route, envelope_.root().first_child(), "TOTAL_PASSED", "", test_now, deadline, envelope_.source(), "", "", "id-1"};
}

ending ask(const adapter& asked, const call& c) {
  boost::asio::io_context io;
  ending out;
  boost::asio::co_spawn(io, asked.handle(c), [&](std::exception_ptr thrown, result<reply> answer) {
    out.thrown = thrown;
    if (!thrown) out.answer = std::move(answer);
  });
  io.run_for(std::chrono::minutes(1));
  return out;
}

std::string told(const ending& e) {
  if (e.thrown) return "threw";
  if (!e.answer) return "unfinished";
  return *e.answer ? "reply: " + (*e.answer)->status_code : std::string(e.answer->error().code.name);
}

}  // namespace shep::adapters::testing
