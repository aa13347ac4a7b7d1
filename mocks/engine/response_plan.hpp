#pragma once

#include "mocks/engine/response_definition.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace shep::mocks {

class template_text;

/// Text as it stands, or a template; shared by the mappings that name the same file.
using text_part = std::variant<std::shared_ptr<const std::string>, std::shared_ptr<const template_text>>;

struct no_delay {};
struct fixed_delay {
  std::chrono::milliseconds time;
};
struct uniform_delay {
  std::chrono::milliseconds lower, upper;  ///< both included
};
struct lognormal_delay {
  double median;  ///< milliseconds
  double sigma;
};
using delay_plan = std::variant<no_delay, fixed_delay, uniform_delay, lognormal_delay>;

/// No delay is longer, whatever the distribution says.
inline constexpr std::chrono::milliseconds longest_delay{600'000};

struct fault_plan {
  text_part code, message, data;
};

/// A fault of the catalogue.
struct injection_plan {
  faults::kind what;
  fault_plan texts;
  std::chrono::milliseconds time = faults::usual_time;
};

/// A response as its author wrote it, decoded and with templates read.
struct response_plan {
  text_part status_code, status_message, body;
  std::optional<protocol::carrier> carrier;
  std::optional<data_type> type;
  std::optional<signing> sign;
  std::optional<fault_plan> fault;
  std::optional<injection_plan> injected;
  std::optional<http_answer> http;  ///< header values as they stand: no templates
  delay_plan delay;
};

}  // namespace shep::mocks
