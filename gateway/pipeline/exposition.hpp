#pragma once

#include <string>
#include <string_view>

/// Prometheus' text exposition format, version 0.0.4.
namespace shep::pipeline::exposition {

/// The two lines before the samples of a metric; `type` is counter, gauge or histogram.
void head(std::string& out, std::string_view name, std::string_view type, std::string_view help);

/// name="value", the value escaped.
std::string label(std::string_view name, std::string_view value);

/// One sample. `labels` without braces, in the words of `label`, commas between; may be empty.
void line(std::string& out, std::string_view name, std::string_view labels, std::string_view value);

/// A metric of one sample without labels.
void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, std::string_view value);

}  // namespace shep::pipeline::exposition
