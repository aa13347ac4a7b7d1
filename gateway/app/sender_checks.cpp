#include "app/sender_checks.hpp"

#include "app/files.hpp"
#include "core/date_time.hpp"
#include "crypto/trust.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/population/identifiers.hpp"

#include <algorithm>

namespace shep::app {
namespace {

class sender_checks {
 public:
  sender_checks(const config::settings& s, const config::sender_settings& from, time_point now, root_findings& out)
      : settings_(s), from_(from), now_(now), out_(out) {}

  void services() {
    if (from_.services.empty()) doubtful("services", "the sender may call no service", "name services, or \"*\" for all");
    std::vector<std::string_view> known;
    for (const auto& r : settings_.routes) known.push_back(r.service);
    for (const std::string& service : from_.services) {
      if (service == "*" || std::find(known.begin(), known.end(), service) != known.end()) continue;
      const std::string_view near = mocks::nearest_word(service, known);
      wrong("services", "the sender may call the service '" + service + "', which has no route",
            near.empty() ? "write a [[route]] for it, or take it away" : "did you mean '" + std::string(near) + "'?");
    }
  }

  void numbers() {
    const std::string hint = "twelve digits, the last one a check digit";
    if (!from_.iin.empty() && !population::is_valid_iin(from_.iin)) wrong("iin", "'" + from_.iin + "' is no IIN", hint);
    if (!from_.bin.empty() && !population::is_valid_bin(from_.bin)) wrong("bin", "'" + from_.bin + "' is no BIN", hint);
  }

  /// One good certificate is enough to call; the others are worth a word.
  void certificates() {
    std::vector<std::pair<std::string, std::string>> bad;
    std::size_t all = 0;
    for (const std::string& file : from_.certificates) {
      const auto found = crypto::load_certificates(resolved(settings_.root, file));
      if (!found) return;  // told by whoever loads it to use it
      for (const crypto::certificate& c : *found) {
        ++all;
        if (std::string why = unusable(c.info()); !why.empty()) bad.emplace_back(file, std::move(why));
      }
    }
    for (const auto& [file, why] : bad) {
      const std::string hint = "name a certificate of the sender that is in force, or correct its iin and bin";
      if (bad.size() == all) wrong("certificates: " + file, why, hint);
      else doubtful("certificates: " + file, why, hint);
    }
  }

 private:
  std::string unusable(const crypto::certificate::fields& c) const {
    if (now_ > c.not_after) return "the sender's certificate ended at " + format_utc(c.not_after);
    if (!from_.iin.empty() && c.iin != from_.iin) return "the sender's certificate does not name its IIN " + from_.iin;
    if (!from_.bin.empty() && c.bin != from_.bin) return "the sender's certificate does not name its BIN " + from_.bin;
    return {};
  }

  problem told(const std::string& key, std::string what, std::string hint) const {
    return {problems::usage, std::move(what), "sender." + from_.id + "." + key, std::move(hint)};
  }
  void wrong(const std::string& key, std::string what, std::string hint) {
    out_.errors.push_back(told(key, std::move(what), std::move(hint)));
  }
  void doubtful(const std::string& key, std::string what, std::string hint) {
    out_.warnings.push_back(told(key, std::move(what), std::move(hint)));
  }

  const config::settings& settings_;
  const config::sender_settings& from_;
  time_point now_;
  root_findings& out_;
};

}  // namespace

void check_senders(const config::settings& s, time_point now, root_findings& out) {
  for (const auto& from : s.senders) {
    sender_checks checks(s, from, now, out);
    checks.services();
    checks.numbers();
    checks.certificates();
  }
}

}  // namespace shep::app
