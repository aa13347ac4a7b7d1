#include "cli/contract_reports.hpp"

#include "xml/escape.hpp"

#include <algorithm>
#include <cstdio>

#include <boost/json.hpp>

namespace shep::cli {
namespace {

namespace json = boost::json;

std::string line_of(const contract::violation& v) {
  std::string text = std::string(contract::name_of(v.layer)) + ": " + contract::describe(v);
  if (!v.value.empty()) text += " Found: '" + v.value + "'.";
  return text;
}

void add_lines(std::vector<std::string>& out, const contract::findings& found) {
  for (const contract::violation& v : found.violations) out.push_back(line_of(v));
  if (found.total > found.violations.size()) out.push_back("and " + std::to_string(found.total - found.violations.size()) + " more");
}

/// Everything that is wrong with an answer, a line each.
std::vector<std::string> mistakes_of(const tried_answer& a) {
  std::vector<std::string> out;
  if (!a.failure.empty()) return {a.failure};
  if (a.fault) return {"fault " + a.code + ": " + a.message};
  if (a.http_status != 200) out.push_back("HTTP " + std::to_string(a.http_status) + ", expected 200");
  out.insert(out.end(), a.mismatches.begin(), a.mismatches.end());
  if (a.signature.verdict != eds::indication::total_passed)
    out.push_back("signature: " + std::string(eds::name_of(a.signature.verdict)) + " " + std::string(eds::name_of(a.signature.reason)));
  if (!a.channel.unchecked.empty()) out.push_back("channel: not checked: " + a.channel.unchecked);
  add_lines(out, a.channel);
  add_lines(out, a.business);
  return out;
}

std::string word_for(const contract::findings& f) {
  if (!f.unchecked.empty() || f.schema.empty()) return "-";
  return f.clean() ? "ok" : std::to_string(f.total) + " wrong";
}

std::string row(const std::string& file, const std::string& service, const std::string& code, const std::string& signature,
                const std::string& channel, const std::string& schema, const std::string& verdict) {
  char text[512];
  std::snprintf(text, sizeof text, "%-44s %-32s %-9s %-14s %-9s %-9s %s\n", file.c_str(), service.c_str(), code.c_str(), signature.c_str(),
                channel.c_str(), schema.c_str(), verdict.c_str());
  return text;
}

std::size_t passed_of(const trial_outcome& t) {
  return static_cast<std::size_t>(std::count_if(t.answers.begin(), t.answers.end(), [](const tried_answer& a) { return a.passed(); }));
}

std::string milliseconds(const tried_answer& a) { return std::to_string(a.took.count() / 1000); }

}  // namespace

std::string to_text(const lint_outcome& l) {
  std::string out;
  std::size_t checked = 0, wrong = 0, unchecked = 0, faults = 0;
  for (const linted_answer& a : l.answers) {
    const std::string place = a.request + " -> " + (a.mapping.empty() ? "no mapping" : a.mapping) + ": ";
    if (!a.failure.empty()) out += place + a.failure + "\n";
    std::vector<std::string> lines;
    add_lines(lines, a.found);
    for (const std::string& line : lines) out += place + line + "\n";
    if (a.fault) ++faults;
    else if (!a.found.unchecked.empty()) {
      ++unchecked;
      if (a.failure.empty()) out += place + "not checked: " + a.found.unchecked + "\n";
    } else if (a.failure.empty()) ++checked;
    wrong += a.failure.empty() ? a.found.total : 1;
  }
  for (const std::string& name : l.unreached) out += "no demo request leads to mapping " + name + "\n";
  return out + "lint: " + std::to_string(checked) + " answers checked, " + std::to_string(wrong) + " violations, " +
         std::to_string(faults) + " faults, " + std::to_string(unchecked) + " not checked, " + std::to_string(l.unreached.size()) +
         " mappings not reached\n";
}

std::string to_text(const trial_outcome& t) {
  std::string out = row("request", "serviceId", "status", "signature", "channel", "schema", "verdict");
  for (const tried_answer& a : t.answers) {
    const bool judged = a.failure.empty() && !a.fault;
    out += row(a.request, a.service, a.code.empty() ? "-" : a.code, judged ? std::string(eds::name_of(a.signature.verdict)) : "-",
               word_for(a.channel), word_for(a.business), a.passed() ? "passed" : "FAILED");
    for (const std::string& line : mistakes_of(a)) out += "    " + line + "\n";
  }
  return out + "contract test: " + std::to_string(passed_of(t)) + " passed, " + std::to_string(t.answers.size() - passed_of(t)) +
         " failed\n";
}

std::string to_json(const trial_outcome& t) {
  json::array rows;
  for (const tried_answer& a : t.answers) {
    json::array mistakes;
    for (const std::string& line : mistakes_of(a)) mistakes.emplace_back(line);
    rows.push_back({{"request", a.request},
                    {"serviceId", a.service},
                    {"persona", a.persona},
                    {"passed", a.passed()},
                    {"httpStatus", a.http_status},
                    {"fault", a.fault},
                    {"code", a.code},
                    {"indication", a.failure.empty() && !a.fault ? eds::name_of(a.signature.verdict) : std::string_view()},
                    {"channel", word_for(a.channel)},
                    {"schema", word_for(a.business)},
                    {"milliseconds", a.took.count() / 1000},
                    {"mistakes", std::move(mistakes)}});
  }
  return json::serialize(
             json::object{{"passed", passed_of(t)}, {"failed", t.answers.size() - passed_of(t)}, {"answers", std::move(rows)}}) +
         "\n";
}

std::string to_junit(const trial_outcome& t) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"shepsim contract test\" tests=\"" +
                    std::to_string(t.answers.size()) + "\" failures=\"" + std::to_string(t.answers.size() - passed_of(t)) + "\">\n";
  for (const tried_answer& a : t.answers) {
    out += "<testcase classname=\"" + xml::escaped(a.service) + "\" name=\"" + xml::escaped(a.request) + "\" time=\"" + milliseconds(a) +
           "e-3\">";
    if (!a.passed()) {
      std::string text;
      for (const std::string& line : mistakes_of(a)) text += line + "\n";
      out += "<failure>" + xml::escaped(text) + "</failure>";
    }
    out += "</testcase>\n";
  }
  return out + "</testsuite>\n";
}

}  // namespace shep::cli
