#include "pipeline/metrics.hpp"

#include "pipeline/exposition.hpp"

#include <cstdio>
#include <map>

namespace shep::pipeline {
namespace {

using exposition::head;
using exposition::label;
using exposition::line;
using exposition::single;

constexpr std::string_view layers[] = {"transport", "business"};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

}  // namespace

std::string_view name_of(outcome o) {
  switch (o) {
    case outcome::answered: return "answered";
    case outcome::fault: return "fault";
    case outcome::http_error: break;
  }
  return "http_error";
}

metrics::metrics() { know({}, {}); }

void metrics::know(const std::vector<std::string>& names, const std::vector<std::string>& modes) {
  calls_.know(names, modes);
  auto grown = std::make_shared<services_map>();
  if (const auto before = services_.load()) *grown = *before;
  for (const std::string& name : names) grown->try_emplace(name, std::make_shared<service_counters>());
  grown->try_emplace("other", std::make_shared<service_counters>());
  services_ = std::move(grown);
}

void metrics::exchange(std::string_view service, outcome o, std::chrono::microseconds duration) {
  const auto services = services_.load();
  auto found = services->find(service);
  if (found == services->end()) found = services->find("other");
  service_counters& c = *found->second;
  ++c.outcomes[static_cast<std::size_t>(o)];
  const double seconds = static_cast<double>(duration.count()) / 1e6;
  std::size_t bucket = 0;
  while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
  ++c.buckets[bucket];
  c.microseconds += static_cast<std::uint64_t>(duration.count());
}

void metrics::verification(std::string_view layer, eds::sub_indication reason) {
  ++verdicts_[layer == layers[0] ? 0 : 1][static_cast<std::size_t>(reason)];
}

std::uint64_t metrics::total(outcome o) const {
  std::uint64_t sum = 0;
  for (const auto& [name, c] : *services_.load()) sum += c->outcomes[static_cast<std::size_t>(o)];
  return sum;
}

void metrics::write(std::string& out) const {
  const auto known = services_.load();
  const std::map<std::string_view, std::shared_ptr<const service_counters>> by_name(known->begin(), known->end());
  head(out, "shepsim_requests_total", "counter", "Exchanges by service and outcome.");
  for (const auto& [name, c] : by_name)
    for (const outcome o : {outcome::answered, outcome::fault, outcome::http_error})
      line(out, "shepsim_requests_total",
           "channel=\"sync\",operation=\"SendMessage\"," + label("service", name) + "," + label("outcome", name_of(o)),
           std::to_string(c->outcomes[static_cast<std::size_t>(o)].load()));
  head(out, "shepsim_request_duration_seconds", "histogram", "Time from the complete request to the complete answer.");
  for (const auto& [name, c] : by_name) {
    const std::string service = "channel=\"sync\"," + label("service", name);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      sum += c->buckets[i];
      line(out, "shepsim_request_duration_seconds_bucket", service + ",le=\"" + number(bounds[i]) + "\"", std::to_string(sum));
    }
    sum += c->buckets[bounds.size()];
    line(out, "shepsim_request_duration_seconds_bucket", service + ",le=\"+Inf\"", std::to_string(sum));
    line(out, "shepsim_request_duration_seconds_sum", service, number(static_cast<double>(c->microseconds.load()) / 1e6));
    line(out, "shepsim_request_duration_seconds_count", service, std::to_string(sum));
  }
  head(out, "shepsim_signature_verifications_total", "counter", "Verified signatures by verdict.");
  for (std::size_t layer = 0; layer < verdicts_.size(); ++layer)
    for (std::size_t i = 0; i < sub_indications; ++i) {
      const auto reason = static_cast<eds::sub_indication>(i);
      if (const auto count = verdicts_[layer][i].load(); count != 0)
        line(out, "shepsim_signature_verifications_total",
             label("layer", layers[layer]) + "," + label("indication", eds::name_of(eds::indication_for(reason))) + "," +
                 label("sub_indication", eds::name_of(reason)),
             std::to_string(count));
    }
  calls_.write(out);
  single(out, "shepsim_unmatched_requests_total", "counter", "Requests that no mapping matched.", std::to_string(unmatched_.load()));
  single(out, "shepsim_recordings_lost_total", "counter", "Exchanges that should have been recorded and were not.",
         std::to_string(recordings_lost_.load()));
  head(out, "shepsim_reloads_total", "counter", "Reloads of the configuration by whether it was taken.");
  line(out, "shepsim_reloads_total", label("outcome", "applied"), std::to_string(reloads_[1].load()));
  line(out, "shepsim_reloads_total", label("outcome", "refused"), std::to_string(reloads_[0].load()));
  head(out, "shepsim_faults_injected_total", "counter", "Faults done to answers on purpose.");
  for (const faults::row& r : faults::catalogue())
    if (const auto count = injected_[static_cast<std::size_t>(r.what)].load(); count != 0)
      line(out, "shepsim_faults_injected_total", label("kind", r.name), std::to_string(count));
}

}  // namespace shep::pipeline
