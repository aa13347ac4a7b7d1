#include "app/mapping_checks.hpp"

#include "app/mapping_places.hpp"
#include "app/population_names.hpp"
#include "mocks/engine/template_text.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <boost/json.hpp>

namespace shep::app {
namespace {

namespace json = boost::json;

const json::object* object_at(const json::object* in, std::string_view key) {
  const json::value* found = in != nullptr ? in->if_contains(key) : nullptr;
  return found != nullptr ? found->if_object() : nullptr;
}

class checks {
 public:
  checks(const config::settings& s, root_findings& out) : settings_(s), places_(s.root), out_(out) {
    for (const auto& from : s.senders) senders_.insert(from.id);
  }

  void look_at(const mocks::mapping& m) {
    if (m.source.find("\"registry\"") != std::string::npos || m.source.find("\"senderId\"") != std::string::npos) request(m);
    const auto& r = m.response;
    for (const mocks::text_part* text : {&r.body, &r.status_code, &r.status_message}) look_at(m, *text);
    if (r.fault)
      for (const mocks::text_part* text : {&r.fault->code, &r.fault->message, &r.fault->data}) look_at(m, *text);
    delay(m);
  }

 private:
  void request(const mocks::mapping& m) {
    boost::system::error_code failed;
    const json::value source = json::parse(m.source, failed);
    if (failed) return;
    const json::object* shep = object_at(object_at(source.if_object(), "request"), "shep");
    if (shep == nullptr) return;
    if (const json::value* record = shep->if_contains("record")) {
      if (record->is_array())
        for (const json::value& one : record->get_array()) register_of(m, one);
      else register_of(m, *record);
    }
    if (const json::value* sender = shep->if_contains("senderId")) sender_of(m, *sender);
  }

  void register_of(const mocks::mapping& m, const json::value& record) {
    const json::value* name = record.is_object() ? record.get_object().if_contains("registry") : nullptr;
    if (name != nullptr && name->is_string()) known(m, mocks::template_lookup::kind::registry, std::string(name->get_string()), {});
  }

  void sender_of(const mocks::mapping& m, const json::value& wanted) {
    const json::value* id = &wanted;
    if (const auto* operators = wanted.if_object()) id = operators->size() == 1 ? operators->if_contains("equalTo") : nullptr;
    if (id == nullptr || !id->is_string() || senders_.contains(std::string(id->get_string()))) return;
    out_.errors.push_back({problems::usage,
                           "mapping '" + m.name + "' answers the sender '" + std::string(id->get_string()) +
                               "' only, which is not configured and is refused before",
                           places_.of(m), "add a [[sender]] to shepsim.toml, or name one that is there"});
  }

  void known(const mocks::mapping& m, mocks::template_lookup::kind of, const std::string& name, const std::string& where) {
    const std::string wrong = names_.why_unknown(of, name);
    if (wrong.empty()) return;
    const std::string place = where.empty() ? "" : " (template " + where + ")";
    out_.errors.push_back({problems::usage, "mapping '" + m.name + "': " + wrong + place, places_.of(m), names_.hint(of, name)});
  }

  void look_at(const mocks::mapping& m, const mocks::text_part& part) {
    if (const auto* written = std::get_if<std::shared_ptr<const mocks::template_text>>(&part)) {
      if (!*written || !seen_.insert(written->get()).second) return;
      for (const mocks::template_lookup& l : (*written)->lookups()) known(m, l.of, l.name, l.where);
      return;
    }
    const auto& plain = std::get<std::shared_ptr<const std::string>>(part);
    if (!plain || !seen_.insert(plain.get()).second) return;
    const std::size_t opened = plain->find("{{");
    if (opened == std::string::npos || plain->find("}}", opened) == std::string::npos) return;
    out_.warnings.push_back({problems::usage, "mapping '" + m.name + "' sends {{…}} as it stands", places_.of(m),
                             "if it is a template, write \"transformers\": [\"response-template\"]"});
  }

  void delay(const mocks::mapping& m) {
    const auto* fixed = std::get_if<mocks::fixed_delay>(&m.response.delay);
    const auto* uniform = std::get_if<mocks::uniform_delay>(&m.response.delay);
    const auto least = fixed != nullptr ? fixed->time : uniform != nullptr ? uniform->lower : std::chrono::milliseconds(0);
    if (least <= settings_.gateway.adapter_timeout) return;
    out_.warnings.push_back({problems::usage,
                             "mapping '" + m.name + "' waits " + std::to_string(least.count()) + " ms, and the gateway gives up after " +
                                 std::to_string(settings_.gateway.adapter_timeout.count()) + " ms",
                             places_.of(m), "if its answer is to arrive, wait less or raise gateway.adapter_timeout"});
  }

  const config::settings& settings_;
  mapping_places places_;
  root_findings& out_;
  population_names names_;
  std::set<std::string> senders_;
  std::unordered_set<const void*> seen_;
};

}  // namespace

void check_mappings(const config::settings& s, std::span<const std::shared_ptr<const mocks::mapping>> mappings, root_findings& out) {
  checks all(s, out);
  for (const auto& m : mappings) all.look_at(*m);
}

}  // namespace shep::app
