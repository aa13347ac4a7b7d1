#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/template_helpers.hpp"
#include "mocks/engine/template_scope.hpp"

#include <array>
#include <utility>

namespace shep::mocks {
namespace {

// The whole body is not among them: it holds the sender's password.
constexpr std::array<std::pair<std::string_view, std::string_view request_view::*>, 7> request_values = {{
    {"serviceId", &request_view::service_id},
    {"senderId", &request_view::sender_id},
    {"messageId", &request_view::message_id},
    {"correlationId", &request_view::correlation_id},
    {"sessionId", &request_view::session_id},
    {"channel", &request_view::channel},
    {"routeId", &request_view::route_id},
}};

/// "a.b.[0].[odd name]" → steps; nothing when a step is empty or a bracket stays open.
std::optional<std::vector<std::string>> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  while (!path.empty()) {
    std::size_t end;
    if (path.front() == '[') {
      end = path.find(']');
      if (end == std::string_view::npos) return std::nullopt;
      steps.emplace_back(path.substr(1, end - 1));
      ++end;
    } else {
      end = std::min(path.find_first_of("./["), path.size());
      steps.emplace_back(path.substr(0, end));
    }
    if (steps.back().empty()) return std::nullopt;
    path.remove_prefix(end);
    if (path.empty()) break;
    if (path.front() == '[') continue;
    path.remove_prefix(1);
    if (path.empty()) return std::nullopt;
  }
  return steps;
}

result<expression> resolve_request(const std::vector<std::string>& steps, std::size_t offset) {
  if (steps.size() == 2)
    for (const auto& [name, member] : request_values)
      if (name == steps[1]) return expression{offset, request_value{member}};
  const std::string_view asked = steps.size() < 2 ? std::string_view() : std::string_view(steps[1]);
  return template_error(offset, "request has no '" + std::string(asked) + "'", known_words_hint(asked, request_value_names()));
}

std::optional<frame_path::part> loop_part(std::string_view name) {
  if (name == "@index") return frame_path::part::index;
  if (name == "@first") return frame_path::part::first;
  if (name == "@last") return frame_path::part::last;
  if (name == "@key") return frame_path::part::key;
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> request_value_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, member] : request_values) names.push_back(name);
  return names;
}

result<expression> resolve_path(std::string_view path, std::size_t offset, const reading_scope& scope) {
  const std::string whole(path);
  std::size_t up = 0;
  while (path.starts_with("../")) {
    path.remove_prefix(3);
    ++up;
  }
  if (path == "..") {
    path = {};
    ++up;
  }
  if (path.starts_with("this/") || path.starts_with("this.") || path == "this") path.remove_prefix(std::min<std::size_t>(5, path.size()));
  if (path == ".") path = {};
  const auto steps = steps_of(path);
  if (!steps) return template_error(offset, "'" + whole + "' is not a path");
  if (up == 0 && !steps->empty() && steps->front() == "request") return resolve_request(*steps, offset);

  if (up == 0 && !steps->empty())
    for (std::size_t i = scope.frames.size(); i-- > 0;) {
      const auto& frame = scope.frames[i];
      if (frame.item == steps->front())
        return expression{offset, frame_path{i, frame_path::part::item, {steps->begin() + 1, steps->end()}}};
      if (frame.index == steps->front() && steps->size() == 1) return expression{offset, frame_path{i, frame_path::part::index, {}}};
    }
  if (scope.frames.size() <= up) {
    if (up > 0) return template_error(offset, "'" + whole + "' leads out of the outermost #with or #each");
    const auto known = helper_names();
    const auto near = nearest_word(steps->empty() ? whole : steps->front(), known);
    return template_error(
        offset, "'" + whole + "' is neither a helper nor a value",
        near.empty() ? "outside #with and #each there is request.serviceId and its like" : "did you mean '" + std::string(near) + "'?");
  }
  std::size_t frame = scope.frames.size() - 1 - up;
  if (steps->size() == 1 && steps->front().starts_with('@')) {
    // A #with between the loop and the name does not hide the loop.
    while (up == 0 && frame > 0 && !scope.frames[frame].loop) --frame;
    const auto part = loop_part(steps->front());
    if (!part || !scope.frames[frame].loop)
      return template_error(offset, "'" + whole + "' is not known here", "#each gives @index, @first, @last and @key");
    return expression{offset, frame_path{frame, *part, {}}};
  }
  return expression{offset, frame_path{frame, frame_path::part::item, *steps}};
}

problem template_error(std::size_t offset, std::string what, std::string hint) {
  return {problems::template_syntax, std::move(what), std::to_string(offset), std::move(hint)};
}

}  // namespace shep::mocks
