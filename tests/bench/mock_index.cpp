// Performance goal B5: 100 000 mappings over 1 000 serviceIds cost a request at most 1.2 times the CPU of ten, and load within 3 s.
#include "mocks/engine/engine.hpp"
#include "mocks/engine/mapping_loader.hpp"
#include "xml/document.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace shep;

double cpu_seconds() {
  timespec t{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string iin_of(std::size_t number) { return std::to_string(900'101'000'000 + number); }
std::string service_of(std::size_t number) { return "service-" + std::to_string(number); }

/// One file for each service: answers for single numbers, and one for everybody else.
std::vector<mocks::mapping_text> files(std::size_t services, std::size_t each) {
  std::vector<mocks::mapping_text> made;
  for (std::size_t s = 0; s < services; ++s) {
    std::string json = R"({"mappings": [)";
    for (std::size_t i = 0; i < each; ++i) {
      json += i ? ",\n" : "\n";
      json += R"({"name": "m)" + std::to_string(i) + R"(", "priority": )" + (i ? "5" : "9") +
              R"(, "request": {"shep": {"channel": "sync", )" + R"("serviceId": {"equalTo": ")" + service_of(s) +
              R"("}, "senderId": {"matches": "PORTAL_.*"}})";
      if (i) json += R"~(, "bodyPatterns": [{"matchesXPath": {"expression": "//iin/text()", "equalTo": ")~" + iin_of(i) + R"("}}])";
      json += R"(}, "response": {"body": "<answer><number>)" + std::to_string(i) + R"(</number></answer>"}})";
    }
    made.push_back({"mappings/" + service_of(s) + ".json", json + "]}"});
  }
  return made;
}

struct loaded {
  std::shared_ptr<const mocks::engine> engine;
  double cpu = 0;
};

loaded load(const std::vector<mocks::mapping_text>& texts, ids& identifiers) {
  const double from = cpu_seconds();
  mocks::memory_bodies none({});
  auto read = mocks::load_mappings(texts, none);
  if (!read.problems.empty()) {
    std::fprintf(stderr, "%s\n", describe(read.problems.front()).c_str());
    std::exit(1);
  }
  auto store = mocks::mapping_store::create(std::move(read.mappings)).value();
  mocks::surroundings around;
  around.identifiers = &identifiers;
  return {std::make_shared<const mocks::engine>(std::move(store), around), cpu_seconds() - from};
}

/// Microseconds of CPU for one request, over requests of all services and numbers.
double cost(const mocks::engine& engine, const std::vector<xml::document>& documents, std::size_t services, std::size_t requests) {
  std::vector<std::string> names;
  for (std::size_t s = 0; s < services; ++s) names.push_back(service_of(s));
  std::size_t answered = 0;
  const double from = cpu_seconds();
  for (std::size_t i = 0; i < requests; ++i) {
    mocks::request_view view;
    view.channel = "sync";
    view.service_id = names[i * 7919 % services];
    view.sender_id = "PORTAL_1";
    view.envelope = view.business_data = documents[i % documents.size()].root();
    const auto decided = engine.decide(view);
    if (decided && std::holds_alternative<mocks::response_definition>(*decided)) ++answered;
  }
  const double spent = cpu_seconds() - from;
  if (answered != requests) {
    std::fprintf(stderr, "only %zu of %zu requests were answered\n", answered, requests);
    std::exit(1);
  }
  return spent / static_cast<double>(requests) * 1e6;
}

std::vector<xml::document> documents(std::size_t each) {
  std::vector<xml::document> made;
  for (std::size_t i = 0; i < each; ++i)
    made.push_back(
        xml::admit(share("<request><head><purpose>demo</purpose></head><iin>" + iin_of(i + 1) + "</iin><lang>kk</lang></request>"))
            .value());
  return made;
}

}  // namespace

int main() {
  constexpr std::size_t services = 1000, each = 100, few = 10, requests = 200'000, runs = 5;
  ids identifiers(1);
  const auto small = load(files(1, few), identifiers);
  const auto large = load(files(services, each), identifiers);
  std::printf("load 100000 mappings: %.2f s of CPU (goal: 3)\n", large.cpu);
  const auto small_documents = documents(few), large_documents = documents(each);
  std::vector<double> ratios;
  for (std::size_t run = 0; run < runs; ++run) {
    const double with_few = cost(*small.engine, small_documents, 1, requests);
    const double with_many = cost(*large.engine, large_documents, services, requests);
    std::printf("run %zu: %.2f us with 10, %.2f us with 100000, ratio %.3f\n", run + 1, with_few, with_many, with_many / with_few);
    ratios.push_back(with_many / with_few);
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("median ratio %.3f (goal: 1.2)\n", ratios[runs / 2]);
  return 0;
}
