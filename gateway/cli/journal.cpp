#include "app/files.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"
#include "core/date_time.hpp"
#include "journal/sqlite_store.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

namespace shep::cli {
namespace {

namespace json = boost::json;

struct journal_options {
  root_options root;
  std::string id;
  std::string service, sender, outcome;
  std::size_t limit = 20;
  bool as_json = false;
};

result<std::shared_ptr<journal::sqlite_store>> open(const journal_options& o) {
  const config::load_outcome loaded = o.root.load();
  if (!loaded.problems.empty()) return loaded.problems.front();
  const config::settings& s = loaded.value.settings;
  return journal::sqlite_store::open_for_reading(app::resolved(s.root, s.journal.file));
}

json::object to_value(const journal::entry& e) {
  json::object out{{"id", e.arrived.id},
                   {"receivedAt", format_utc(e.arrived.received_at)},
                   {"channel", e.arrived.channel},
                   {"remote", e.arrived.remote},
                   {"target", as_utf8(e.arrived.target)},
                   {"requestSize", e.raw_size}};
  if (!e.completed) return out;
  const journal::completion& c = *e.completed;
  const std::pair<const char*, const std::string&> texts[] = {{"outcome", c.outcome},
                                                              {"serviceId", c.service_id},
                                                              {"senderId", c.sender_id},
                                                              {"messageId", c.message_id},
                                                              {"correlationId", c.correlation_id},
                                                              {"sessionId", c.session_id},
                                                              {"route", c.route},
                                                              {"adapter", c.adapter},
                                                              {"mappingId", c.mapping_id},
                                                              {"indication", c.indication},
                                                              {"subIndication", c.sub_indication},
                                                              {"problemCode", c.problem_code},
                                                              {"problemDetail", c.problem_detail},
                                                              {"faultCode", c.fault_code}};
  for (const auto& [name, value] : texts)
    if (!value.empty()) out[name] = as_utf8(value);
  out["httpStatus"] = c.http_status;
  out["durationMs"] = static_cast<double>(c.duration.count()) / 1000;
  out["responseSize"] = e.response_size;
  return out;
}

std::string line_of(const journal::entry& e) {
  std::string out = e.arrived.id + "  " + format_utc(e.arrived.received_at) + "  ";
  if (!e.completed) return out + "not completed\n";
  const journal::completion& c = *e.completed;
  out += c.outcome + "  " + (c.service_id.empty() ? "-" : c.service_id) + "  " + (c.sender_id.empty() ? "-" : c.sender_id) + "  " +
         (c.indication.empty() ? "-" : c.indication);
  if (!c.fault_code.empty()) out += "  " + c.fault_code;
  if (!c.problem_code.empty()) out += "  " + c.problem_code;
  return out + "\n";
}

void put_body(json::object& into, const std::string& name, const shared_bytes& body) {
  if (!body) return;
  if (is_utf8(*body)) into[name] = *body;
  else into[name + "AsBase64"] = to_base64(*body);
}

int list(const journal_options& o) {
  const auto store = open(o);
  if (!store) return complain(store.error());
  journal::filter f;
  if (!o.service.empty()) f.service_id = o.service;
  if (!o.sender.empty()) f.sender_id = o.sender;
  if (!o.outcome.empty()) f.outcome = o.outcome;
  const auto found = (*store)->find(f, o.limit);
  if (!found) return complain(found.error());
  std::string out;
  for (const journal::entry& e : *found) out += o.as_json ? json::serialize(to_value(e)) + "\n" : line_of(e);
  const auto written = emit(out);
  return written ? passed : complain(written.error());
}

int show(const journal_options& o) {
  const auto store = open(o);
  if (!store) return complain(store.error());
  const auto entry = (*store)->get(o.id);
  if (!entry) return complain(entry.error());
  json::object out = to_value(*entry);
  boost::system::error_code broken;
  if (entry->completed) {
    json::value trace = json::parse(entry->completed->trace, broken);
    if (!broken) out["trace"] = std::move(trace);
    put_body(out, "response", entry->completed->response);
  }
  put_body(out, "request", entry->arrived.raw);
  const auto written = emit(json::serialize(out) + "\n");
  return written ? passed : complain(written.error());
}

}  // namespace

void add_journal(CLI::App& program, action& chosen) {
  auto options = std::make_shared<journal_options>();
  CLI::App* command = program.add_subcommand("journal", "look into the journal of a root, also while the gateway runs");
  command->require_subcommand(1);
  CLI::App* list_command = command->add_subcommand("list", "newest exchanges first, one a line");
  list_command->add_option("--root", options->root.root, "folder with shepsim.toml")->capture_default_str();
  list_command->add_option("--service", options->service, "only this serviceId");
  list_command->add_option("--sender", options->sender, "only this senderId");
  list_command->add_option("--outcome", options->outcome, "answered, fault, http_error or aborted");
  list_command->add_option("--limit", options->limit, "at most this many")->capture_default_str();
  list_command->add_flag("--json", options->as_json, "one JSON object a line");
  list_command->callback([options, &chosen] { chosen = [options] { return list(*options); }; });
  CLI::App* show_command = command->add_subcommand("show", "one exchange whole: bodies, verdicts, trace (JSON)");
  show_command->add_option("ID", options->id, "the exchange's id (the 'report' of a fault)")->required();
  show_command->add_option("--root", options->root.root, "folder with shepsim.toml")->capture_default_str();
  show_command->add_flag("--json", options->as_json, "JSON (always)");
  show_command->callback([options, &chosen] { chosen = [options] { return show(*options); }; });
}

}  // namespace shep::cli
