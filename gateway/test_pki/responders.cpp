#include "test_pki/responders.hpp"

#include "core/ids.hpp"
#include "core/log.hpp"
#include "test_pki/list_answer.hpp"
#include "test_pki/ocsp_answer.hpp"
#include "test_pki/problems.hpp"
#include "test_pki/set_status.hpp"
#include "test_pki/time_stamp_answer.hpp"

#include <mutex>
#include <sys/stat.h>

namespace shep::test_pki {
namespace {

/// What tells one state of a file or folder from another without reading it.
std::string signature_of(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return "-";
  return std::to_string(facts.st_ino) + "," + std::to_string(facts.st_size) + "," + std::to_string(facts.st_mtim.tv_sec) + "." +
         std::to_string(facts.st_mtim.tv_nsec);
}

answer not_there(std::string_view file) {
  return {404, "text/plain; charset=utf-8", "this test PKI has no " + as_utf8(clipped(file)) + "\n", {}};
}

answer broken(const problem& why) {
  log::write(log::level::error, "the test PKI cannot answer: " + describe(why));
  return {500, "text/plain; charset=utf-8", "the test PKI cannot answer; its log says why\n", {}};
}

bool take_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

}  // namespace

struct responders::state {
  responders::settings settings;
  const clock& time;
  std::vector<family_keys> keys;
  std::vector<authority> authorities;
  ids identifiers;

  std::mutex guard;
  std::string seen;  // signatures of the files that `now_known` was made from
  std::shared_ptr<const view> now_known;
  lists lists_made;

  state(responders::settings s, const clock& c, std::vector<family_keys> k)
      : settings(std::move(s)), time(c), keys(std::move(k)), authorities(authorities_of(keys)) {}

  std::string signature() const {
    std::string all = signature_of(settings.folder + "/status");
    for (const family_keys& f : keys) all += ";" + signature_of(settings.folder + "/" + f.prefix + "known");
    return all;
  }

  /// Under the lock. The files are described before they are read: a change meanwhile is seen next time.
  result<std::shared_ptr<const view>> look() {
    std::string now = signature();
    if (now_known && now == seen) return now_known;
    auto certificates = inventory::load(settings.folder);
    if (!certificates) return certificates.error();
    auto states = read_statuses(settings.folder);
    if (!states) return states.error();
    now_known = std::make_shared<const view>(view{std::move(*certificates), std::move(*states)});
    seen = std::move(now);
    lists_made.forget();
    return now_known;
  }

  result<std::shared_ptr<const view>> look_alone() {
    const std::lock_guard lock(guard);
    return look();
  }
};

responders::responders(std::unique_ptr<state> s) : state_(std::move(s)) {}
responders::~responders() = default;

result<std::unique_ptr<responders>> responders::open(settings s, const clock& c) {
  auto keys = load_authorities(s.folder);
  if (!keys) return keys.error();
  auto made = std::make_unique<state>(std::move(s), c, std::move(*keys));
  if (const auto known = made->look_alone(); !known) return known.error();
  return std::unique_ptr<responders>(new responders(std::move(made)));
}

answer responders::ocsp(std::string_view request) {
  const auto known = state_->look_alone();
  if (!known) return broken(known.error());
  return answer_ocsp(request, state_->authorities, **known, state_->time.now(), state_->settings.answer_lifetime);
}

answer responders::list(std::string_view file) {
  std::string_view name = file;
  if (!take_end(name, ".crl")) return not_there(file);
  const bool delta = take_end(name, "_delta");
  for (const authority& a : state_->authorities) {
    if (a.name != name) continue;
    const std::lock_guard lock(state_->guard);
    const auto known = state_->look();
    if (!known) return broken(known.error());
    const told& manner = (*known)->states.of(responder::crl);
    if (manner.what == behaviour::try_later) return {503, "text/plain; charset=utf-8", "try later\n", {}};
    auto octets = state_->lists_made.get(a, delta, **known, state_->time.now(), state_->settings.list_lifetime);
    if (!octets) return broken(octets.error());
    return {200, "application/pkix-crl", std::move(*octets), manner.delay.value_or(std::chrono::milliseconds(0))};
  }
  return not_there(file);
}

answer responders::certificate(std::string_view file) {
  std::string_view name = file;
  if (!take_end(name, ".cer") && !take_end(name, ".crt")) return not_there(file);
  const auto known = state_->look_alone();
  if (!known) return broken(known.error());
  for (const issued& one : (*known)->certificates.all())
    if (one.name == name) return {200, "application/pkix-cert", one.certificate.der(), {}};
  return not_there(file);
}

answer responders::time_stamp(std::string_view request, std::string_view family) {
  const auto known = state_->look_alone();
  if (!known) return broken(known.error());
  // The leading octet keeps the number positive and its length the same.
  const auto serial = from_hex("01" + state_->identifiers.hex());
  if (!serial) return broken(serial.error());
  return answer_time_stamp(request, family, state_->keys, **known, state_->time.now(), *serial);
}

result<std::vector<responders::standing>> responders::standings() {
  const auto known = state_->look_alone();
  if (!known) return known.error();
  std::vector<standing> all;
  for (const issued& one : (*known)->certificates.all()) {
    const auto found = (*known)->states.certificates.find(one.certificate.info().serial_hex);
    all.push_back({one, found == (*known)->states.certificates.end() ? told() : found->second});
  }
  return all;
}

result<responders::standing> responders::standing_of(std::string_view name_or_serial) {
  const auto known = state_->look_alone();
  if (!known) return known.error();
  const issued* one = (*known)->certificates.find(name_or_serial);
  if (one == nullptr)
    return problem(problems::pki_unknown_certificate,
                   "no certificate has the name or serial number '" + as_utf8(clipped(name_or_serial)) + "'");
  const auto found = (*known)->states.certificates.find(one->certificate.info().serial_hex);
  return standing{*one, found == (*known)->states.certificates.end() ? told() : found->second};
}

result<responders::standing> responders::set(std::string_view name_or_serial, told t) {
  const auto who = standing_of(name_or_serial);
  if (!who) return who.error();
  if (auto done = set_status(state_->settings.folder, who->who, std::move(t), state_->time.now()); !done) return done.error();
  return standing_of(who->who.certificate.info().serial_hex);
}

result<statuses> responders::all_statuses() {
  const auto known = state_->look_alone();
  if (!known) return known.error();
  return (*known)->states;
}

result<told> responders::set(responder r, told t) {
  if (auto done = set_status(state_->settings.folder, r, std::move(t), state_->time.now()); !done) return done.error();
  const auto all = all_statuses();
  if (!all) return all.error();
  return all->of(r);
}

}  // namespace shep::test_pki
