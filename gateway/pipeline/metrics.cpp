#include "pipeline/metrics.hpp"

#include <cstdio>
#include <map>

namespace shep::pipeline {
namespace {

constexpr std::string_view layers[] = {"transport", "business"};

std::string verdict_labels(std::string_view layer, std::string_view indication, std::string_view sub) {
  return "layer=\"" + std::string(layer) + "\",indication=\"" + std::string(indication) + "\",sub_indication=\"" + std::string(sub) + "\"";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

void line(std::string& out, std::string_view name, std::string_view labels, const std::string& value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
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

metrics::metrics() { know({}); }

void metrics::know(const std::vector<std::string>& names) {
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
           "channel=\"sync\",operation=\"SendMessage\",service=\"" + std::string(name) + "\",outcome=\"" + std::string(name_of(o)) + "\"",
           std::to_string(c->outcomes[static_cast<std::size_t>(o)].load()));
  head(out, "shepsim_request_duration_seconds", "histogram", "Time from the complete request to the complete answer.");
  for (const auto& [name, c] : by_name) {
    const std::string service = "channel=\"sync\",service=\"" + std::string(name) + "\"";
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
             verdict_labels(layers[layer], eds::name_of(eds::indication_for(reason)), eds::name_of(reason)), std::to_string(count));
    }
  head(out, "shepsim_unmatched_requests_total", "counter", "Requests that no mapping matched.");
  line(out, "shepsim_unmatched_requests_total", "", std::to_string(unmatched_.load()));
  head(out, "shepsim_faults_injected_total", "counter", "Faults done to answers on purpose.");
  for (const faults::row& r : faults::catalogue())
    if (const auto count = injected_[static_cast<std::size_t>(r.what)].load(); count != 0)
      line(out, "shepsim_faults_injected_total", "kind=\"" + std::string(r.name) + "\"", std::to_string(count));
}

}  // namespace shep::pipeline
