#include "admin/answer.hpp"
#include "admin/routes.hpp"
#include "core/date_time.hpp"
#include "pipeline/exposition.hpp"

#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

namespace shep::admin {
namespace {

const std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

std::int64_t uptime_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started).count();
}

std::uint64_t resident_octets() {
  std::FILE* statm = std::fopen("/proc/self/statm", "r");
  if (statm == nullptr) return 0;
  unsigned long size = 0;
  unsigned long resident = 0;
  const int read = std::fscanf(statm, "%lu %lu", &size, &resident);
  std::fclose(statm);
  return read == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

std::string cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const double seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", seconds);
  return text;
}

}  // namespace

http::response health(const call& c) {
  const bool draining = c.of.draining();
  const auto journal = c.of.journal.count();
  const boost::json::object out{
      {"status", draining ? "draining" : "healthy"},
      {"message", draining ? "the gateway is stopping" : "the gateway accepts requests"},
      {"version", SHEPSIM_VERSION},
      {"uptimeInSeconds", uptime_seconds()},
      {"timestamp", format_utc(c.of.messages.now())},
      {"mappings", c.of.mocks()->store()->mappings().size()},
      {"journal", {{"entries", journal.entries}, {"dropped", journal.dropped}, {"queueDepth", journal.queue_depth}}}};
  return json_answer(draining ? 503 : 200, out);
}

http::response live(const call&) { return http::text_response(200, "live\n"); }

http::response ready(const call& c) {
  return c.of.draining() ? http::text_response(503, "draining\n") : http::text_response(200, "ready\n");
}

http::response version(const call&) { return json_answer(200, {{"name", "shepsim"}, {"version", SHEPSIM_VERSION}}); }

http::response metrics_text(const call& c) {
  using namespace pipeline::exposition;
  std::string out;
  c.of.metrics.write(out);
  const auto journal = c.of.journal.count();
  single(out, "shepsim_journal_entries", "gauge", "Exchanges in the journal.", std::to_string(journal.entries));
  single(out, "shepsim_journal_dropped_total", "counter", "Records that were not written.", std::to_string(journal.dropped));
  single(out, "shepsim_journal_queue_depth", "gauge", "Records waiting to be written.", std::to_string(journal.queue_depth));
  const auto http = c.of.connections();
  single(out, "shepsim_connections_open", "gauge", "Open connections.", std::to_string(http.connections_open));
  single(out, "shepsim_connections_refused_total", "counter", "Connections over a limit.", std::to_string(http.connections_refused));
  head(out, "shepsim_framing_refusals_total", "counter", "Requests refused before the handler.");
  for (const auto& r : http.refusals) line(out, "shepsim_framing_refusals_total", label("code", r.code), std::to_string(r.count));
  head(out, "shepsim_build_info", "gauge", "Version.");
  line(out, "shepsim_build_info", label("version", SHEPSIM_VERSION), "1");
  single(out, "process_resident_memory_bytes", "gauge", "Resident memory.", std::to_string(resident_octets()));
  single(out, "process_cpu_seconds_total", "counter", "User and system CPU time.", cpu_seconds());
  http::response r;
  r.content_type = "text/plain; version=0.0.4; charset=utf-8";
  r.body = share(std::move(out));
  return r;
}

}  // namespace shep::admin
