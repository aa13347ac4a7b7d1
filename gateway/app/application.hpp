#pragma once

#include "config/load.hpp"
#include "core/result.hpp"
#include "http/server.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shep::app {

/// The running program: journal, gateway, admin API and their listeners, put together once. Functions may be called from any thread but
/// the io threads.
class application {
 public:
  struct options {
    config::settings settings;
    std::function<config::load_outcome()> reread;  ///< reads the configuration again, for `reload`
    std::string admin_token;
  };
  /// Every problem that keeps it from starting.
  struct outcome {
    std::unique_ptr<application> running;
    std::vector<problem> problems;
  };
  static outcome start(options);
  ~application();

  http::endpoint shep() const;
  http::endpoint admin() const;
  std::optional<http::endpoint> ncanode() const;  ///< empty when the NCANode-shaped service is off

  /// Mappings and configuration anew, all or nothing: on problems the old set stays in force. Listeners and the journal stay as they are,
  /// and so do mappings added over the admin API and states of scenarios (decision 0010).
  std::vector<problem> reload();

  /// Stops accepting, lets running exchanges finish, records what is queued. True when nothing was cut off and everything is recorded.
  bool stop(std::chrono::milliseconds limit);

 private:
  struct state;
  explicit application(std::unique_ptr<state>);
  std::unique_ptr<state> state_;
};

}  // namespace shep::app
