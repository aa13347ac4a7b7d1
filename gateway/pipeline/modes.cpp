#include "pipeline/modes.hpp"

#include "adapters/kinds/kind.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::pipeline {

std::vector<std::string_view> modes_of(const routing::route& r) {
  std::vector<std::string_view> out;
  for (const adapters::kind* k : adapters::catalogue())
    if (!k->needs_target || !r.target.empty()) out.push_back(k->name);
  return out;
}

result<std::shared_ptr<const snapshot>> with_mode(const snapshot& world, std::string_view service_id, std::string_view mode) {
  if (!world.routes.knows(service_id)) return world.routes.choose(service_id, {}, {}).error();
  const auto kinds = adapters::catalogue();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const adapters::kind* k) { return k->name == mode; });
  if (kind == kinds.end()) {
    std::string names;
    for (const adapters::kind* k : kinds) names.append(names.empty() ? "" : ", ").append(k->name);
    return problem(problems::usage, "there is no mode '" + clipped(mode) + "'", "/mode", "one of: " + names);
  }
  for (const routing::route* r : world.routes.all())
    if (r->service_id == service_id && (*kind)->needs_target && r->target.empty())
      return problem(problems::usage, "the route '" + r->name() + "' has no target that '" + std::string(mode) + "' could ask", "/mode",
                     "add target = \"http://host:port/path\" to the [[route]] in shepsim.toml and reload");
  auto next = std::make_shared<snapshot>(world);
  next->routes = world.routes.with_adapter(service_id, mode);
  return std::shared_ptr<const snapshot>(std::move(next));
}

}  // namespace shep::pipeline
