#include "config/decoder.hpp"
#include "config/nearest.hpp"

#include <algorithm>

namespace shep::config {
namespace {

/// Decodes the entries of one section into `value`; `name` is how the section is called in messages: "sender[2]".
template <class Owner>
void decode_entries(const file_section& section, const std::string& name, std::span<const key_row<Owner>> rows, Owner& value,
                    decoding_run& run) {
  std::vector<std::string> known;
  for (const auto& row : rows) known.emplace_back(row.key);
  for (const file_entry& entry : section.entries) {
    const std::string key = name + "." + entry.key;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.key == entry.key; });
    if (row == rows.end()) {
      run.refuse(key + ": no such key", where(entry.key_at), suggestion(entry.key, known));
      continue;
    }
    const slot member = row->member(value);
    if (const auto refused = decode(entry.value, member, row->obeys))
      run.refuse(sentence(key, *refused), where(entry.value_at), refused->hint);
    else run.origins.push_back({key, toml_literal(member, row->obeys), "shepsim.toml:" + std::to_string(entry.key_at.line)});
  }
}

bool mentions(const file_section& section, std::string_view key) {
  return std::any_of(section.entries.begin(), section.entries.end(), [&](const file_entry& e) { return e.key == key; });
}

void require(const file_section& section, const std::string& name, std::string_view key, decoding_run& run) {
  if (!mentions(section, key))
    run.refuse(name + "." + std::string(key) + ": expected text that is not empty, found nothing", where(section.at));
}

/// Remembers what was seen where, and refuses the second.
class seen_before {
 public:
  void note(const std::string& identity, const std::string& sentence, const place& at, decoding_run& run) {
    const auto [first, fresh] = first_.emplace(identity, at);
    if (!fresh) run.refuse(sentence, where(at), "the first is at " + where(first->second));
  }

 private:
  std::map<std::string, place> first_;
};

class section_decoder {
 public:
  explicit section_decoder(decoding_run& run) : run_(run) {}

  void sender(const file_section& section) {
    const std::string name = "sender[" + std::to_string(run_.out.senders.size() + 1) + "]";
    sender_settings value;
    decode_entries(section, name, sender_keys(), value, run_);
    require(section, name, "id", run_);
    if (!value.id.empty()) senders_.note(value.id, name + ".id: a second sender " + in_quotes(value.id), section.at, run_);
    if (value.id.find_first_of(" \t\r\n") != std::string::npos)
      run_.refuse(name + ".id: white space in " + in_quotes(value.id), where(section.at), "messages name a sender without");
    if (mentions(section, "password") && mentions(section, "password_file"))
      run_.refuse(name + ": password and password_file exclude each other", where(section.at), "keep password_file");
    run_.out.senders.push_back(std::move(value));
  }

  void route(const file_section& section) {
    const std::string name = "route[" + std::to_string(run_.out.routes.size() + 1) + "]";
    route_settings value;
    decode_entries(section, name, route_keys(), value, run_);
    require(section, name, "service", run_);
    // Quoting keeps ("a", "b c") and ("a b", "c") apart.
    if (!value.service.empty())
      routes_.note(in_quotes(value.service) + in_quotes(value.route_id) + in_quotes(value.sender),
                   name + ": a second route for the same service, route_id and sender", section.at, run_);
    if (!value.password_file.empty() && value.key.empty())
      run_.refuse(name + ".password_file: there is no key it could open", where(section.at), "name the PKCS#12 file in " + name + ".key");
    if (!value.target_password_file.empty() && value.target_key.empty())
      run_.refuse(name + ".target_password_file: there is no key it could open", where(section.at),
                  "name the PKCS#12 file in " + name + ".target_key");
    if (value.target.empty() && !value.target_key.empty())
      run_.refuse(name + ".target_key: there is no target to sign for", where(section.at), "name the address in " + name + ".target");
    if (!value.target_certificates.empty() && value.answer_signature == "ignored")
      run_.refuse(name + ".target_certificates: nobody looks at who signed the answer", where(section.at),
                  "write answer_signature = \"required\"");
    if (!value.target_certificates.empty() && value.answer_signature == "optional")
      run_.refuse(name + ".target_certificates: an answer without any signature would be believed", where(section.at),
                  "write answer_signature = \"required\"");
    run_.out.routes.push_back(std::move(value));
  }

  void fault(const file_section& section) {
    const std::string name = "faults." + section.name;
    fault_settings value;
    value.event = section.name;
    if (value.event.empty()) run_.refuse("faults: expected the name of an event, found an empty key", where(section.at));
    decode_entries(section, name, fault_keys(), value, run_);
    if (section.entries.empty()) run_.refuse(name + ": expected code or message, found nothing", where(section.at));
    run_.out.faults.push_back(std::move(value));
  }

 private:
  decoding_run& run_;
  seen_before senders_, routes_;
};

}  // namespace

void decode_sections(const file_content& file, decoding_run& run) {
  section_decoder decoder(run);
  for (const file_section& section : file.repeated) {
    if (section.name == "sender") decoder.sender(section);
    else if (section.name == "route") decoder.route(section);
    else run.refuse("[[" + section.name + "]]: no such section", where(section.at), suggestion(section.name, known_names()));
  }
  for (const file_section& section : file.faults) decoder.fault(section);
}

}  // namespace shep::config
