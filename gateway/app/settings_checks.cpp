#include "app/settings_checks.hpp"

#include "app/collector.hpp"
#include "app/files.hpp"
#include "app/trust_world.hpp"
#include "core/date_time.hpp"
#include "mocks/population/identifiers.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace shep::app {
namespace {

namespace fs = std::filesystem;

class settings_checker {
 public:
  settings_checker(const config::settings& s, time_point now, std::vector<problem>& out) : settings_(s), now_(now), told_(out) {}

  void check_all() {
    for (const auto& sender : settings_.senders) check_sender(sender);
    for (const auto& route : settings_.routes)
      if (!route.sender.empty() && !is_sender(route.sender))
        tell("there is no sender '" + route.sender + "'", "route." + route.service + ".sender", "configure it as [[sender]], or name one");
    check_trust();
    check_listeners();
    check_files();
  }

 private:
  void tell(std::string what, std::string where, std::string hint) {
    told_.push_back({problems::usage, std::move(what), std::move(where), std::move(hint)});
  }

  bool is_sender(const std::string& id) const {
    return std::any_of(settings_.senders.begin(), settings_.senders.end(), [&](const auto& s) { return s.id == id; });
  }
  bool is_service(const std::string& id) const {
    return id == "*" || std::any_of(settings_.routes.begin(), settings_.routes.end(), [&](const auto& r) { return r.service == id; });
  }

  void check_sender(const config::sender_settings& s) {
    const std::string name = "sender." + s.id;
    if (s.services.empty()) tell("the sender may ask no service", name + ".services", "list services, or \"*\" for all");
    for (const std::string& service : s.services)
      if (!is_service(service)) tell("the service '" + service + "' has no route", name + ".services", "add a [[route]], or name another");
    if (!s.iin.empty() && !population::is_valid_iin(s.iin))
      tell("'" + s.iin + "' is no IIN: 12 digits, the last a check digit", name + ".iin", "correct it");
    if (!s.bin.empty() && !population::is_valid_bin(s.bin))
      tell("'" + s.bin + "' is no BIN: 12 digits, the last a check digit", name + ".bin", "correct it");
    std::vector<problem> told_elsewhere;
    collector c(told_elsewhere);
    for (const auto& certificate : load_all(settings_.root, s.certificates, name + ".certificates", c))
      check_certificate(s, certificate.info());
  }

  void check_certificate(const config::sender_settings& s, const crypto::certificate::fields& of) {
    const std::string where = "sender." + s.id + ".certificates";
    if (now_ > of.not_after)
      tell("the certificate of '" + of.subject + "' ended at " + format_utc(of.not_after), where, "name a newer one");
    const std::string hint = "a signature by this certificate is refused: name another, or correct the number";
    if (!s.iin.empty() && of.iin != s.iin) tell("the certificate of '" + of.subject + "' does not carry the sender's IIN", where, hint);
    if (!s.bin.empty() && of.bin != s.bin) tell("the certificate of '" + of.subject + "' does not carry the sender's BIN", where, hint);
  }

  void check_trust() {
    std::vector<problem> told_elsewhere;
    collector c(told_elsewhere);
    const auto anchors = load_all(settings_.root, settings_.trust.anchors, "trust.anchors", c);
    const bool asked =
        std::any_of(settings_.routes.begin(), settings_.routes.end(), [](const auto& r) { return r.signature == "required"; });
    if (anchors.empty() && told_elsewhere.empty() && asked)
      tell("signatures are required and no certificate is trusted", "trust.anchors", "name the certificates of authorities: certs/trusted");
    for (const auto& anchor : anchors)
      if (!anchor.info().is_ca)
        tell("the certificate of '" + anchor.info().subject + "' is no authority's", "trust.anchors", "name its issuer's certificate");
  }

  void check_listeners() {
    const config::listen_settings& l = settings_.listen;
    const auto clash = [&](const std::string& address, std::uint16_t port, const char* setting) {
      if (port != 0 && port == l.port && address == l.address)
        tell("port " + std::to_string(port) + " is the gateway's own", setting, "choose another; 0 lets the system choose");
    };
    clash(l.admin_address, l.admin_port, "listen.admin_port");
    clash(l.ncanode_address, l.ncanode_port, "listen.ncanode_port");
  }

  void check_files() {
    std::error_code unreadable;
    const fs::path recordings = resolved(settings_.root, settings_.forward.record_folder);
    if (fs::exists(recordings, unreadable) && !fs::is_directory(recordings, unreadable))
      tell("it is a file, and recordings need a folder", "forward.record_folder", "name a folder; it is made when it is not there");
    const fs::path journal = resolved(settings_.root, settings_.journal.file);
    if (settings_.journal.file.empty() || !fs::exists(journal, unreadable)) return;
    char head[16] = {};
    std::ifstream file(journal, std::ios::binary);
    file.read(head, sizeof head);
    const bool fresh = fs::is_regular_file(journal, unreadable) && file.gcount() == 0;
    if (!fresh && std::string_view(head, sizeof head) != std::string_view("SQLite format 3\0", sizeof head))
      tell("the file is there and is no journal", "journal.file", "name a file of its own; it is made when it is not there");
  }

  const config::settings& settings_;
  time_point now_;
  std::vector<problem>& told_;
};

}  // namespace

std::vector<problem> check_settings(const config::settings& s, time_point now) {
  std::vector<problem> out;
  settings_checker(s, now, out).check_all();
  return out;
}

}  // namespace shep::app
