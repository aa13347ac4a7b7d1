#include "unit/journal/support.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace shep::journal::test {

temporary_folder::temporary_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "shepsim-journal-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

temporary_folder::~temporary_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& octets) { std::ofstream(path, std::ios::binary | std::ios::trunc) << octets; }

std::string id(std::int64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012lld", static_cast<long long>(number));
  return text;
}

arrival arrival_of(std::int64_t number) {
  const std::string n = std::to_string(number);
  return {id(number),
          at(number),
          "sync",
          "192.0.2.1:" + n,
          "/bip-sync/?n=" + n,
          share("<request>" + n + std::string("\0\xFF</request>", 12)),
          "POST /bip-sync/?n=" + n + " HTTP/1.1\r\nhost: example.test\r\n"};
}

completion completion_of(std::int64_t number) {
  const std::string n = std::to_string(number);
  completion c;
  c.id = id(number);
  c.completed_at = at(number) + std::chrono::microseconds(1234);
  c.duration = std::chrono::microseconds(1234);
  c.http_status = 200;
  c.outcome = "answered";
  c.service_id = "service";
  c.sender_id = "sender";
  c.message_id = "message-" + n;
  c.correlation_id = "correlation-" + n;
  c.session_id = "{session-" + n + "}";
  c.route = "route";
  c.adapter = "mock";
  c.mapping_id = "mapping";
  c.indication = "TOTAL_PASSED";
  c.sub_indication = "none";
  c.problem_code = "code";
  c.problem_detail = std::string("detail with \xC3\x28 and \0 in it", 27);
  c.fault_code = "soap:Server";
  c.response = share("<response>" + n + "</response>");
  c.trace = "{\"n\":" + n + "}";
  return c;
}

std::vector<record> exchanges(std::int64_t first, std::int64_t last) {
  std::vector<record> made;
  for (; first <= last; ++first) {
    made.emplace_back(arrival_of(first));
    made.emplace_back(completion_of(first));
  }
  return made;
}

namespace {
bool equal(const shared_bytes& a, const shared_bytes& b) { return !a == !b && (!a || *a == *b); }
}  // namespace

bool equal(const arrival& a, const arrival& b) {
  return a.id == b.id && a.received_at == b.received_at && a.channel == b.channel && a.remote == b.remote && a.target == b.target &&
         equal(a.raw, b.raw) && a.head == b.head;
}

bool equal(const completion& a, const completion& b) {
  return a.id == b.id && a.completed_at == b.completed_at && a.duration == b.duration && a.http_status == b.http_status &&
         a.outcome == b.outcome && a.service_id == b.service_id && a.sender_id == b.sender_id && a.message_id == b.message_id &&
         a.correlation_id == b.correlation_id && a.session_id == b.session_id && a.route == b.route && a.adapter == b.adapter &&
         a.mapping_id == b.mapping_id && a.indication == b.indication && a.sub_indication == b.sub_indication &&
         a.problem_code == b.problem_code && a.problem_detail == b.problem_detail && a.fault_code == b.fault_code &&
         a.unmatched == b.unmatched && equal(a.response, b.response) && a.trace == b.trace;
}

std::vector<std::string> ids_of(const std::vector<entry>& entries) {
  std::vector<std::string> ids;
  for (const entry& e : entries) ids.push_back(e.arrived.id);
  return ids;
}

std::vector<entry> everything(const store& s, const filter& f) { return s.find(f, 1'000'000).value(); }

}  // namespace shep::journal::test
