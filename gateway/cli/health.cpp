#include "cli/output.hpp"
#include "http/client.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

int health(const std::string& admin) {
  const auto to = http::parse_url(admin + "/__admin/health");
  if (!to) return complain(problem(problems::usage, to.error().detail, "--admin"));
  if (to->secure) return complain(problem(problems::usage, "the admin port speaks plain HTTP", "--admin"));
  http::outgoing_request request;
  request.method = "GET";
  request.to = *to;
  request.within = {std::chrono::seconds(2), std::chrono::seconds(5), std::chrono::seconds(5)};
  const auto response = http::send_blocking(std::move(request));
  if (!response) return complain(response.error());
  const auto written = emit(*response->body + "\n");
  if (!written) return complain(written.error());
  return response->status == 200 ? passed : failed;
}

}  // namespace

void add_health(CLI::App& program, action& chosen) {
  auto admin = std::make_shared<std::string>("http://127.0.0.1:8081");
  CLI::App* command = program.add_subcommand("health", "ask a running gateway whether it is well");
  command->add_option("--admin", *admin, "address of its admin port")->capture_default_str();
  command->callback([admin, &chosen] { chosen = [admin] { return health(*admin); }; });
}

void add_version(CLI::App& program, action& chosen) {
  CLI::App* command = program.add_subcommand("version", "print the version");
  command->callback([&chosen] {
    chosen = [] {
      std::printf("shepsim %s\n", SHEPSIM_VERSION);
      return static_cast<int>(passed);
    };
  });
}

}  // namespace shep::cli
