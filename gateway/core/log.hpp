#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

/// The program's own log, on standard error: text for a terminal, else one JSON object a line. Any thread.
/// Values are made safe (one event is one line; 4 KiB a value at most); callers never pass passwords or whole messages.
namespace shep::log {

enum class level { debug, info, warning, error };

struct field {
  std::string_view key;
  std::string_view value;
};

/// "text", "json", or "auto" (by whether standard error is a terminal); to be called once, before threads start.
void configure(std::string_view format, level least);

void write(level, std::string_view message, std::initializer_list<field> fields = {});

/// IIN, BIN and other long runs of digits with all but the last four hidden.
std::string masked(std::string_view text);

}  // namespace shep::log
